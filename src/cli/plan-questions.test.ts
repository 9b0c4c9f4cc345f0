import { describe, expect, test } from 'vitest';
import { askForWishes, teamOf, type Wishes } from './plan-questions.ts';

/** Answers one after the other; gives what was asked as well. */
async function answering(answers: readonly string[], known: Wishes = {}) {
  const left = [...answers];
  const questions: string[] = [];
  const wishes = await askForWishes(question => {
    questions.push(question);
    const answer = left.shift();
    return answer === undefined
      ? Promise.reject(new Error(`no answer to ${question}`))
      : Promise.resolve(answer);
  }, known);
  expect(left).toEqual([]);
  return { wishes, questions };
}

const USUAL = { target: '', first: [], tier: 'recommended', until: '', team: 1 };

describe('the questions', () => {
  test('take what is usual for nothing', async () => {
    const { wishes, questions } = await answering(['', '', '', '', '']);
    expect(wishes).toEqual(USUAL);
    expect(questions[0]).toContain('2  Kubernetes');
  });

  test('take numbers and names', async () => {
    const { wishes } = await answering(['2', '3, observe', 'full', '2027-01-31', '4']);
    expect(wishes).toEqual({
      target: 'kubernetes',
      first: ['access', 'observe'],
      tier: 'full',
      until: '2027-01-31',
      team: 4,
    });
  });

  test.each([
    [['9', '0', 'mars', '1', '', '', '', ''], { target: 'docker' }],
    [['', '1,99', '1 1', '', '', ''], { first: ['start'] }],
    [['', '', '4', '1', '', ''], { tier: 'minimum' }],
    [['', '', '', 'tomorrow', '2027-02-30', '2027-02-28', ''], { until: '2027-02-28' }],
    [['', '', '', '', '0', '-1', '1.5', '1000', '2'], { team: 2 }],
  ])('ask again after %j', async (answers, changed) => {
    expect((await answering(answers)).wishes).toEqual({ ...USUAL, ...changed });
  });

  test('are asked for what was not said only', async () => {
    const known = { target: 'aws', first: [], tier: 'minimum', until: '' } as const;
    const { wishes, questions } = await answering(['3'], known);
    expect(wishes).toEqual({ ...known, team: 3 });
    expect(questions).toEqual(['How many people work on it? [1]: ']);
    expect((await answering([], { ...known, team: 5 })).wishes.team).toBe(5);
  });
});

test.each([
  ['1', 1],
  ['100', 100],
  ['0', undefined],
  ['101', undefined],
  ['2e1', undefined],
  ['٣', undefined],
])('a team of %j is %j', (text, team) => {
  expect(teamOf(text)).toBe(team);
});
