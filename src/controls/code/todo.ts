import { defineControl, fail, passEvery, place } from '../define.ts';

/** More than these are no longer a list that somebody works off. By the catalog. */
const MOST = 10;

export default defineControl({
  id: 'code/todo',
  title: 'Few notes of unfinished work stand in the code, none about security',
  severity: 'low',
  stage: 'stable',
  asks: 'Counts comments that begin with TODO, FIXME, HACK or XXX; fails over ten, and for each that speaks of security.',
  why: 'A note that says "check the password here" tells everybody that nobody does.',
  remedy: 'Do what they say, or make issues of them; begin with those about security.',
  sources: ['CATALOG code/todo', 'CWE-546'],
  fix: 'advice',
  drill: 'none',
  needs: ['openTask'],

  applies: () => true,

  judge: ({ facts }) => {
    const tasks = facts.all('openTask');
    const shown = tasks.length > MOST ? tasks : tasks.filter(({ aboutSecurity }) => aboutSecurity);
    return shown.length > 0
      ? fail(shown.map(({ at, text }) => place(at, text.slice(0, 80))))
      : passEvery(
          tasks.length > 0
            ? tasks.map(({ at, word }) => place(at, word))
            : [{ kind: 'absence', of: 'note of unfinished work', searched: facts.searched('openTask') }],
        );
  },
});
