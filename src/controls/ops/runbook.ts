import { absence, defineControl, fail, pass, place } from '../define.ts';

/** Shorter than a few sentences says nothing to somebody who was woken up. Characters of prose. */
const SHORTEST = 200;

export default defineControl({
  id: 'ops/runbook',
  title: 'A guide helps whoever operates the service',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for a part of the documents about operations or troubleshooting that is more than a heading.',
  why: 'At night nobody remembers which command shows the queue and which restart is safe.',
  remedy: 'Write what can go wrong, how it shows, and what to do, one short section for each.',
  sources: ['CATALOG ops/runbook', 'Google SRE: being on-call'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['guide'],

  applies: () => true,

  judge: ({ facts }) => {
    const guides = facts.all('guide').filter(({ topic }) => topic === 'operations');
    const useful = guides.filter(({ length, steps }) => length >= SHORTEST || steps >= 3);
    if (useful.length > 0) return pass(useful.map(({ at, title }) => place(at, title)));
    return guides.length > 0
      ? fail(guides.map(({ at, title }) => place(at, `${title} is hardly more than a heading`)))
      : fail([
          absence('guide to operating the service', [
            'README.md',
            'docs',
            'RUNBOOK.md',
            'TROUBLESHOOTING.md',
          ]),
        ]);
  },
});
