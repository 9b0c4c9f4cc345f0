import { defineControl, failOr, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'container/healthcheck-works',
  title: 'The health check can succeed: its program, path and port exist',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows each health check: the program that it calls must be in the image, and the path that it asks must be one that the service serves.',
  why: 'A check that cannot succeed restarts a healthy service for ever, or keeps it out of traffic.',
  remedy:
    'Use a program that the image has, such as the one that runs the service, and a path and port that the service answers.',
  sources: ['CATALOG container/healthcheck-works', 'Docker documentation: HEALTHCHECK'],
  fix: 'auto',
  drill: 'none',
  needs: ['healthProbe'],

  applies: ({ facts }) => facts.has('healthProbe') || 'it has no health check',

  judge: ({ facts }) => {
    const probes = facts.all('healthProbe');
    const findings = probes.flatMap(probe => probe.flaws.map(flaw => place(probe.at, flaw)));
    const open = probes.find(probe => probe.works === 'unclear');
    if (findings.length === 0 && open)
      return unknown(`${open.at.path}:${open.at.startLine} cannot be followed: ${open.because}`);
    return failOr(findings, pass(probes.map(probe => place(probe.at, 'its program and path exist'))));
  },
});
