import type { PhaseId, TargetId, Tier } from '../model/index.ts';
import { TIERS } from '../model/index.ts';
import { PHASES } from '../plan/phases.ts';
import { TARGET_IDS } from '../plan/targets/index.ts';
import { TARGET_NAME, TIER_SAYS } from '../report/plan/words.ts';
import { dayOf } from './day.ts';
import type { Ask } from './prompt.ts';

/** What a plan is made for, as far as somebody has said. */
export interface Wishes {
  readonly target?: TargetId | '';
  readonly first?: readonly PhaseId[];
  readonly tier?: Tier;
  readonly team?: number;
  readonly until?: string;
}

interface Choice<Id extends string> {
  readonly id: Id;
  readonly says: string;
}

const TARGETS: readonly Choice<TargetId | ''>[] = [
  ...TARGET_IDS.map(id => ({ id, says: TARGET_NAME[id] })),
  { id: '', says: 'not decided' },
];

/** What can be wanted first; questions come first anyhow. */
export const FIRST: readonly Choice<PhaseId>[] = PHASES.filter(({ id }) => id !== 'questions').map(
  ({ id, title }) => ({ id, says: title }),
);

const TIER_CHOICES: readonly Choice<Tier>[] = TIERS.map(id => ({ id, says: `${id}: ${TIER_SAYS[id]}` }));

export const LARGEST_TEAM = 100;

/** A number of people, or `undefined` for what is none. */
export const teamOf = (text: string): number | undefined =>
  /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= LARGEST_TEAM ? Number(text) : undefined;

/** Asks for what was not said: where it is to run, what is wanted first, how far and by when, and by how many. */
export async function askForWishes(ask: Ask, known: Wishes): Promise<Required<Wishes>> {
  const target = known.target ?? (await one(ask, 'Where is it to run?', TARGETS, TARGETS.length));
  const first =
    known.first ?? (await several(ask, 'What is wanted first, within what is equally urgent?', FIRST));
  const tier = known.tier ?? (await one(ask, 'How far is the plan to go?', TIER_CHOICES, 2));
  const until = known.until ?? (await day(ask));
  const team = known.team ?? (await people(ask));
  return { target, first, tier, until, team };
}

const listed = (question: string, choices: readonly Choice<string>[]): string =>
  `${question}\n${choices.map(({ says }, index) => `  ${index + 1}  ${says}`).join('\n')}\n`;

/** By its number or its name; nothing takes the usual one. */
async function one<Id extends string>(
  ask: Ask,
  question: string,
  choices: readonly Choice<Id>[],
  usual: number,
): Promise<Id> {
  let text = `${listed(question, choices)}Number [${usual}]: `;
  for (;;) {
    const answer = await ask(text);
    const chosen = chosenFrom(choices, answer === '' ? String(usual) : answer);
    if (chosen) return chosen.id;
    text = `Give a number from 1 to ${choices.length}: `;
  }
}

async function several<Id extends string>(
  ask: Ask,
  question: string,
  choices: readonly Choice<Id>[],
): Promise<readonly Id[]> {
  let text = `${listed(question, choices)}Numbers, with commas [none]: `;
  for (;;) {
    const answer = await ask(text);
    const chosen = answer
      .split(/[\s,]+/)
      .filter(part => part !== '')
      .map(part => chosenFrom(choices, part));
    if (chosen.every(each => each !== undefined)) return [...new Set(chosen.map(({ id }) => id))];
    text = `Give numbers from 1 to ${choices.length}, with commas: `;
  }
}

const chosenFrom = <Id extends string>(
  choices: readonly Choice<Id>[],
  answer: string,
): Choice<Id> | undefined =>
  /^\d+$/.test(answer)
    ? choices[Number(answer) - 1]
    : choices.find(({ id }) => id !== '' && id === answer.toLowerCase());

async function day(ask: Ask): Promise<string> {
  let text = 'By which day is it wanted, as 2027-01-31? [none]: ';
  for (;;) {
    const answer = await ask(text);
    if (answer === '' || dayOf(answer) !== undefined) return answer;
    text = 'Give a day as 2027-01-31, or nothing: ';
  }
}

async function people(ask: Ask): Promise<number> {
  let text = 'How many people work on it? [1]: ';
  for (;;) {
    const answer = await ask(text);
    const team = teamOf(answer === '' ? '1' : answer);
    if (team !== undefined) return team;
    text = `Give a number from 1 to ${LARGEST_TEAM}: `;
  }
}
