import type {
  AssessedFinding,
  Assessment,
  CategoryScore,
  Judgement,
  Readiness,
  Severity,
  WaivedFinding,
} from '../model/index.ts';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Characters in a line. */
  readonly width: number;
}

/** The rule behind each readiness, as a sentence. */
export const RULE: Readonly<Record<Readiness, string>> = {
  'NOT READY': 'at least one critical control fails',
  'READY WITH RISKS': 'no critical control fails, at least one of high severity does',
  READY: 'no control of critical or high severity fails',
  PROVEN: 'ready, and every applicable drill passed on this commit',
  'NOTHING TO JUDGE': 'no service was found: nothing here is started or makes an app object',
};

export const SEVERITY_ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Names of categories for people; short, since they stand in a column. */
export const CATEGORY: Readonly<Record<string, string>> = {
  wiring: 'Wiring',
  config: 'Settings and secrets',
  server: 'Process and runtime',
  access: 'Access',
  web: 'HTTP surface',
  observe: 'Logs and monitoring',
  data: 'Databases',
  api: 'Interface',
  container: 'Images',
  compose: 'Compose',
  deploy: 'Deployment',
  k8s: 'Kubernetes',
  ci: 'Pipeline',
  supply: 'Dependencies',
  tests: 'Tests',
  code: 'Code health',
  recovery: 'Backup and recovery',
  ops: 'Operation documents',
  perf: 'Performance',
  privacy: 'Privacy',
  attest: 'Statements of people',
};

/** Whether any control of a category makes sense here. */
export const applies = ({ passed, failed, unknown, waived }: CategoryScore): boolean =>
  passed + failed + unknown + waived > 0;

export const categoryName = (id: string): string => CATEGORY[id] ?? id;

/** `src/app.py:70`, `src/app.py:70-74`, or nothing for an absence without a place. */
export function whereOf(finding: AssessedFinding): string {
  const at = finding.places[0]?.at;
  if (!at) return '';
  return at.startLine === at.endLine
    ? `${at.path}:${at.startLine}`
    : `${at.path}:${at.startLine}-${at.endLine}`;
}

export interface FlatFinding {
  readonly service: string;
  readonly judgement: Judgement;
  readonly finding: AssessedFinding;
}

/** All findings, worst first, then by control and place; trial controls apart. */
export function findingsOf(assessment: Assessment, stage: 'stable' | 'trial'): readonly FlatFinding[] {
  const all = assessment.services.flatMap(({ id, judgements }) =>
    judgements
      .filter(judgement => judgement.stage === stage)
      .flatMap(judgement =>
        judgement.findings.map((finding): FlatFinding => ({ service: id, judgement, finding })),
      ),
  );
  const rank = ({ finding }: FlatFinding) => SEVERITY_ORDER.indexOf(finding.severity);
  return all.sort((a, b) => rank(a) - rank(b));
}

/** The same finding of several services is told once: what lies beside them concerns them all. */
export function toldOnce(assessment: Assessment, stage: 'stable' | 'trial'): readonly FlatFinding[] {
  const all = findingsOf(assessment, stage);
  const groups = groupBy(all, ({ judgement, finding }) =>
    [judgement.control, finding.severity, whereOf(finding), finding.message].join('\n'),
  );
  return groups.flatMap(([, [first, ...others]]) => {
    if (!first) return [];
    const names = [...new Set([first, ...others].map(({ service }) => service))];
    const isAll = names.length > 1 && names.length === assessment.services.length;
    return [{ ...first, service: isAll ? 'all services' : names.join(', ') }];
  });
}

/** Findings that somebody has accepted, in the order of services and controls. */
export const waivedOf = (
  assessment: Assessment,
): readonly (FlatJudgement & { readonly waived: WaivedFinding })[] =>
  assessment.services.flatMap(({ id, judgements }) =>
    judgements.flatMap(judgement => judgement.waived.map(waived => ({ service: id, judgement, waived }))),
  );

export const judgementsWith = (
  assessment: Assessment,
  status: Judgement['status'],
): readonly FlatJudgement[] =>
  assessment.services.flatMap(({ id, judgements }) =>
    judgements
      .filter(judgement => judgement.status === status && judgement.stage === 'stable')
      .map(judgement => ({ service: id, judgement })),
  );

/** Open questions that only people can answer; the same for all services, so each of them once. */
export const toState = (assessment: Assessment): readonly Judgement[] => {
  const open = judgementsWith(assessment, 'unknown').map(({ judgement }) => judgement);
  return [...new Map(open.filter(isStatement).map(each => [each.control, each] as const)).values()];
};

/** Open questions that reading could not decide; what is the same for several services once. */
export const openByReading = (assessment: Assessment): readonly Judgement[] => {
  const open = judgementsWith(assessment, 'unknown').map(({ judgement }) => judgement);
  const byReading = open.filter(each => !isStatement(each));
  return [...new Map(byReading.map(each => [`${each.control} ${each.because}`, each] as const)).values()];
};

const isStatement = ({ category }: Judgement): boolean => category === 'attest';

/** A mark for each answer, as wide as one letter. */
export const MARK: Readonly<Record<Judgement['status'], string>> = {
  pass: '✓',
  fail: '✗',
  unknown: '?',
  waived: '~',
  'not-applicable': '–',
};

export interface FlatJudgement {
  readonly service: string;
  readonly judgement: Judgement;
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
export const points = (value: number | 'none'): string => (value === 'none' ? '–' : value.toFixed(1));

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export function commitWords({ repository }: Assessment): string {
  const { commit } = repository;
  if (commit.state === 'none') return 'not under git';
  return `commit ${commit.id.slice(0, 10)}${commit.dirty ? ', with uncommitted changes' : ''}`;
}

/** Groups in the order of first appearance. */
export function groupBy<T>(
  list: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups];
}
