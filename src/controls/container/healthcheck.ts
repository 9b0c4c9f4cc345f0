import { absence, defineControl, fail, pass, place } from '../define.ts';

export default defineControl({
  id: 'container/healthcheck',
  title: 'The platform can see whether the container is healthy',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for a HEALTHCHECK in the image, a healthcheck in compose, or probes in Kubernetes.',
  why: 'A process that hangs looks alive: nothing restarts it, and requests keep going to it.',
  remedy: 'Add a health check that asks a cheap route of the service.',
  sources: ['CATALOG container/healthcheck', 'CIS Docker Benchmark 4.6'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'composeService', 'workload', 'platformFile'],

  applies: ({ facts }) =>
    facts.has('image') || facts.all('composeService').some(({ role }) => role === 'app') || 'it has no image',

  judge: ({ facts }) => {
    const proofs = [
      ...facts
        .all('image')
        .flatMap(({ healthcheck }) =>
          healthcheck && !healthcheck.disabled ? [place(healthcheck.at, 'HEALTHCHECK')] : [],
        ),
      ...facts
        .all('composeService')
        .flatMap(({ role, healthcheck }) =>
          role === 'app' && healthcheck && !healthcheck.disabled
            ? [place(healthcheck.at, 'healthcheck in compose')]
            : [],
        ),
      ...facts
        .all('workload')
        .flatMap(({ liveness, readiness }) =>
          [liveness, readiness].flatMap(probe => (probe ? [place(probe.at, 'a probe')] : [])),
        ),
      ...facts
        .all('platformFile')
        .flatMap(file =>
          file.healthAt ? [place(file.healthAt, `${file.platform} asks ${file.healthPath}`)] : [],
        ),
    ];
    const [image] = facts.all('image');
    const searched = [
      ...facts.all('image').map(({ path }) => path),
      ...facts.all('composeService').map(({ at }) => at.path),
    ];
    return proofs.length > 0
      ? pass(proofs)
      : fail([absence('health check for the container', [...new Set(searched)], image?.at)]);
  },
});
