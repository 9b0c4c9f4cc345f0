import type { Piece, Plan, Range, Skill, TargetId, Tier, TierTotal } from '../../model/index.ts';
import { plural } from '../words.ts';

export const TARGET_NAME: Readonly<Record<TargetId, string>> = {
  docker: 'Docker',
  kubernetes: 'Kubernetes',
  aws: 'AWS',
  vercel: 'Vercel',
  railway: 'Railway',
  vps: 'a server of your own',
};

/** What a tier takes in. */
export const TIER_SAYS: Readonly<Record<Tier, string>> = {
  minimum: 'critical',
  recommended: 'critical and high',
  full: 'everything',
};

export const SKILL_NAME: Readonly<Record<Skill, string>> = {
  code: 'application',
  platform: 'platform',
  people: 'organisation',
};

export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

/** `2–7 h`; small ones with their quarters. */
export const hours = ({ low, high }: Range): string =>
  low === high ? `${short(low)} h` : `${short(low)}–${short(high)} h`;

const short = (value: number): string => String(value >= 10 ? Math.round(value) : value);

/** For what the plan was made, as a sentence without its end. */
export function askedWords({ asked }: Plan): string {
  const target = asked.target === '' ? 'no target chosen' : `for ${TARGET_NAME[asked.target]}`;
  const wanted = asked.until === '' ? '' : `, wanted by ${asked.until}`;
  return `${target}, ${people(asked.team)}, from ${asked.start}${wanted}`;
}

export const IN_TIME: Readonly<Record<TierTotal['inTime'], string>> = {
  yes: 'in time',
  perhaps: 'in time if nothing takes long',
  no: 'too late',
  'not asked': '',
};

export const titleOf = ({ pieces }: Plan, id: string): string =>
  pieces.find(piece => piece.id === id)?.title ?? id;

/** What no larger team changes, in sentences. */
export function limitWords(plan: Plan): readonly string[] {
  const { asked, limits } = plan;
  const chain = limits.chain.map(id => titleOf(plan, id));
  return [
    ...(limits.busy < asked.team && plan.pieces.length > 0
      ? [`${people(limits.busy)} of ${asked.team} have something to do: more would not end sooner.`]
      : []),
    ...(chain.length > 1
      ? [
          `No team is likely done before ${limits.chainEnds}, for these wait for each other: ${chain.join(' → ')}.`,
        ]
      : []),
    ...deadlineWords(plan),
  ];
}

function deadlineWords({ asked, limits, tiers, pieces }: Plan): readonly string[] {
  const own = tiers.find(({ tier }) => tier === asked.tier);
  if (asked.until === '' || !own || pieces.length === 0) return [];
  if (own.inTime !== 'no') return [`${capital(asked.tier)} by ${asked.until}: ${IN_TIME[own.inTime]}.`];
  const reached = tiers.filter(({ inTime, pieces: some }) => some > 0 && inTime !== 'no').at(-1);
  const team =
    limits.teamInTime > asked.team
      ? `${people(limits.teamInTime)} would likely be in time.`
      : 'No larger team would likely be in time.';
  const instead = reached ? ` What is reached by then: ${reached.tier}.` : '';
  return [`${capital(asked.tier)} by ${asked.until}: too late. ${team}${instead}`];
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What was left out, in lines that can be counted. */
export function leftOutWords({ leftOut, asked }: Plan): readonly string[] {
  const { waived, attested, trial, later, notForTarget } = leftOut;
  const lines: readonly (readonly [number, string])[] = [
    [waived, `${plural(waived, 'finding')} that somebody has accepted`],
    [attested, `${plural(attested, 'control')} that a person answers for`],
    [trial, `${plural(trial, 'finding')} of controls on trial`],
    [later, `${plural(later, 'piece')} beyond the tier ${asked.tier}`],
    [
      notForTarget.length,
      `${plural(notForTarget.length, 'control')} that the target has no use for; \`seaworthy assess\` goes on asking`,
    ],
  ];
  return lines.filter(([count]) => count > 0).map(([, says]) => says);
}

/** `src/app.py:70`, or nothing for something that is missing. */
export const placeOf = (at: Piece['items'][number]['findings'][number]['at']): string =>
  at ? `${at.path}:${at.startLine}` : '';

export const dates = ({ start, end }: Piece): string => (start === end ? start : `${start} to ${end}`);
