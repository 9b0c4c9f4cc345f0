import type { Runtime } from '../../model/index.ts';
import { defineControl, failOr, lowered, pass, place, unknown } from '../define.ts';

const ONLY_BUILD = 'only a stage of the build uses it; it is not shipped';

function finding(runtime: Runtime) {
  const found = place(
    runtime.at,
    `${runtime.name} gets no corrections since ${runtime.ends} (${runtime.source})`,
  );
  return runtime.from === 'build' ? lowered(found, ONLY_BUILD) : found;
}

const proof = ({ at, name, ends, source }: Runtime) =>
  place(
    at,
    ends === ''
      ? `${name} gets corrections (${source})`
      : `${name} gets corrections until ${ends} (${source})`,
  );

export default defineControl({
  id: 'supply/runtime-supported',
  title: 'Language and base image still get security corrections',
  severity: 'high',
  stage: 'stable',
  asks: 'Compares the releases of Python, Node.js and Linux that images, platform files, version files and manifests name with their ends of life, on the day of the run.',
  why: 'Holes that are found after the end of life stay open, and everybody can read about them.',
  remedy:
    'Move to a release that is supported for at least another year, and let a bot propose the next one.',
  sources: ['CATALOG supply/runtime-supported', 'endoflife.date', 'OWASP Top 10 A06:2021'],
  fix: 'auto',
  drill: 'none',
  needs: ['runtime'],

  applies: ({ facts }) => facts.has('runtime') || 'no file states a release of a language or system',

  judge: ({ facts }) => {
    const runtimes = facts.all('runtime');
    const open = runtimes.find(({ supported }) => supported === 'unclear');
    return failOr(
      runtimes.filter(({ supported }) => supported === 'no').map(finding),
      open
        ? unknown(
            `${open.at.path}:${open.at.startLine} until when ${open.name} gets corrections is not known`,
          )
        : pass(runtimes.map(proof)),
    );
  },
});
