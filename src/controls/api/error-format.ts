import type { ErrorAnswer } from '../../model/index.ts';
import { defineControl, fail, onProductionPath, passEvery, place, unknown } from '../define.ts';

/** The member that most answers have; of several equal ones the first. */
function commonest(answers: readonly ErrorAnswer[]): string {
  const counted = new Map<string, number>();
  for (const { members } of answers)
    for (const member of members) counted.set(member, (counted.get(member) ?? 0) + 1);
  return [...counted].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0])[0];
}

const words = (member: string): string => {
  if (member === 'page') return 'with the page of the framework';
  return member === 'text' ? 'as plain text' : `under "${member}"`;
};

export default defineControl({
  id: 'api/error-format',
  title: 'Errors are answered in one form',
  severity: 'medium',
  stage: 'stable',
  asks: 'Compares what routes that answer with JSON say when something goes wrong: the member that holds the reason is the same in all of them, or it is not.',
  why: 'A caller that has to look in three places for what went wrong shows its user nothing, or the wrong thing.',
  remedy:
    'Answer errors in one place, in the form of RFC 9457 (problem details) or one of your own, and let every route use it.',
  sources: ['CATALOG api/error-format', 'RFC 9457'],
  fix: 'auto',
  drill: 'malformed-body',
  needs: ['errorAnswer', 'errorHandler', 'jsonAnswer'],

  applies: ({ facts }) => facts.all('jsonAnswer').length > 0 || 'no route answers with JSON',

  judge: ({ facts }) => {
    const answers = onProductionPath(facts.all('errorAnswer'));
    const most = commonest(answers);
    const others = answers.filter(({ members }) => !members.includes(most));
    if (others.length > 0)
      return fail(
        others.map(({ at, route, members: [first = ''] }) =>
          place(at, `${route} says what went wrong ${words(first)}, most routes ${words(most)}`),
        ),
      );
    if (answers.length > 1)
      return passEvery(answers.map(({ at, route }) => place(at, `${route} says it ${words(most)}`)));
    const handlers = facts
      .all('errorHandler')
      .filter(({ wired, uniform, covers }) => wired === 'yes' && uniform === 'yes' && covers === 'app');
    // One handler of one error answers for no other.
    const isWhole = handlers.length > 1 || handlers.some(({ catches }) => catches === 'everything');
    return isWhole
      ? passEvery(handlers.map(({ at, name }) => place(at, `${name} answers for all routes`)))
      : unknown('too few answers about errors were seen to compare them');
  },
});
