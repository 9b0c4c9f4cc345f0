import type {
  CategoryChange,
  Change,
  ChangedFinding,
  Comparison,
  OtherSide,
  Side,
  TurnedVerdict,
  VerdictStatus,
} from '../../model/index.ts';
import { percent, plural, points } from '../words.ts';

export const STATUS: Readonly<Record<VerdictStatus, string>> = {
  pass: 'passes',
  fail: 'fails',
  unknown: 'unknown',
  waived: 'accepted',
  'not-applicable': 'does not apply',
};

/** `main (commit 0123456789)`, as it was asked for. */
export function sideWords({ label, commit, dirty }: Side): string {
  if (commit === '') return label;
  return `${label} (commit ${commit.slice(0, 10)}${dirty ? ', with uncommitted changes' : ''})`;
}

/** `+1.9`, `−0.4`, `0`, or a dash where one side has no number. */
export const signed = (by: number | 'none', digits: number): string => {
  if (by === 'none') return '–';
  const text = Math.abs(by).toFixed(digits);
  if (Number(text) === 0) return '0';
  return `${by > 0 ? '+' : '−'}${text}`;
};

export const percentOf = ({ percent: value }: Change): string =>
  value === 'none' ? '' : value === 0 ? '0 %' : `${value > 0 ? '+' : '−'}${Math.abs(value)} %`;

export const pointsOf = ({ before, after }: Change): readonly [string, string] => [
  points(before),
  points(after),
];

export const coverageOf = ({ before, after }: Change): readonly [string, string] => {
  const words = (share: number | 'none') => (share === 'none' ? '–' : percent(share));
  return [words(before), words(after)];
};

/** Whether anything is to be said of a category. */
export const isShown = ({ points: own, failed, unknown }: CategoryChange): boolean =>
  own.before !== 'none' ||
  own.after !== 'none' ||
  [failed, unknown].some(({ before, after }) => before !== after);

export const isChanged = ({ points: own, coverage, failed, unknown }: CategoryChange): boolean =>
  [own, coverage, failed, unknown].some(({ before, after }) => before !== after);

/** Of a finding that is there after and was not before. */
export const APPEARED: Readonly<Record<OtherSide, string>> = {
  'not there': '',
  accepted: 'was accepted before',
  unknown: 'could not be told before',
  'not-applicable': 'did not apply before',
  'not asked': 'was not asked before',
};

/** Of a finding that was there before and is not after. */
export const GONE: Readonly<Record<OtherSide, string>> = {
  'not there': '',
  accepted: 'accepted now, not mended',
  unknown: 'cannot be told any more',
  'not-applicable': 'does not apply any more',
  'not asked': 'is not asked any more',
};

export const placeWords = (at: ChangedFinding['at']): string => (at ? `${at.path}:${at.startLine}` : '');

export interface Section {
  readonly title: string;
  readonly findings: readonly ChangedFinding[];
}

/** New and mended ones, and those that count no longer, or again, for another reason. */
export function findingSections({ appeared, gone }: Comparison): readonly Section[] {
  const isPlain = ({ other }: ChangedFinding) => other === 'not there';
  const sections = [
    { title: 'New findings', findings: appeared.filter(isPlain) },
    { title: 'Findings that count now', findings: appeared.filter(each => !isPlain(each)) },
    { title: 'Mended findings', findings: gone.filter(isPlain) },
    {
      title: 'Findings that count no longer, and are not mended',
      findings: gone.filter(each => !isPlain(each)),
    },
  ];
  return sections.filter(({ findings }) => findings.length > 0);
}

export const TURNED: Readonly<Record<TurnedVerdict['turned'], string>> = {
  worse: 'Worse',
  better: 'Better',
  other: 'Otherwise changed',
};

export const isEmpty = ({ verdicts, appeared, gone, moved, services, readiness }: Comparison): boolean =>
  verdicts.length + appeared.length + gone.length + moved.length === 0 &&
  services.added.length + services.gone.length === 0 &&
  readiness === 'same';

/** `3 new, 5 mended, 2 moved, 40 as before`. */
export function countWords({ appeared, gone, moved, stayed }: Comparison): string {
  const isPlain = ({ other }: ChangedFinding) => other === 'not there';
  const parts: readonly (readonly [number, string])[] = [
    [appeared.filter(isPlain).length, 'new'],
    [appeared.filter(each => !isPlain(each)).length, 'that count now'],
    [gone.filter(isPlain).length, 'mended'],
    [gone.filter(each => !isPlain(each)).length, 'that count no longer'],
    [moved.length, 'moved'],
    [stayed - moved.length, 'as before'],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, says]) => `${count} ${says}`);
  return told.length === 0 ? 'no findings on either side' : `findings: ${told.join(', ')}`;
}

export const readinessWords = ({ before, after, readiness }: Comparison): string => {
  if (before.readiness === after.readiness) return `${after.readiness}, as before`;
  const turn = readiness === 'same' ? '' : ` (${readiness})`;
  return `${before.readiness} → ${after.readiness}${turn}`;
};

export const servicesWords = ({ services }: Comparison): readonly string[] => [
  ...(services.added.length > 0
    ? [`${plural(services.added.length, 'service')} more: ${services.added.join(', ')}`]
    : []),
  ...(services.gone.length > 0
    ? [`${plural(services.gone.length, 'service')} less: ${services.gone.join(', ')}`]
    : []),
];

/** Whether both sides have services, so that names of them are needed. */
export const hasSeveral = ({ verdicts, appeared, gone }: Comparison): boolean =>
  new Set([...verdicts, ...appeared, ...gone].map(({ service }) => service)).size > 1;
