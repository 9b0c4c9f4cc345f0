import type {
  Change,
  ChangedFinding,
  Comparison,
  Readiness,
  Side,
  ToldVerdict,
  Turn,
  VerdictStatus,
} from '../../model/index.ts';
import { categoryName, percent, points, SEVERITY_ORDER } from '../words.ts';
import { saysWhere } from './findings.ts';
import type { PageChange, PageChangedFinding, PageComparison, PageTurned } from './model.ts';

const STATUS: Readonly<Record<VerdictStatus, string>> = {
  pass: 'passes',
  fail: 'fails',
  unknown: 'not decided',
  waived: 'accepted',
  'not-applicable': 'not applicable',
};

/** What is different from an earlier assessment; `known`: the findings that stand on the page. */
export function pageComparison(
  comparison: Comparison,
  known: ReadonlySet<string>,
  readinessWords: (readiness: Readiness) => string,
): PageComparison {
  const { before, after, readiness, overall, coverage, categories, verdicts, appeared, gone } = comparison;
  const share = (value: number | 'none'): string => (value === 'none' ? '–' : percent(value));
  return {
    before: sideWords(before),
    after: sideWords(after),
    rows: [
      {
        name: 'Readiness',
        before: readinessWords(before.readiness),
        after: readinessWords(after.readiness),
        by: '',
        turned: readiness,
      },
      changeOf('Score', overall, points),
      changeOf('Could be decided', coverage, share),
      ...SEVERITY_ORDER.map(severity =>
        countOf(severity, before.findings[severity], after.findings[severity]),
      ),
    ],
    categories: categories.map(({ category, points: own }) => changeOf(categoryName(category), own, points)),
    turned: verdicts.map(turnedOf),
    appeared: worstFirst(appeared).map(each => findingOf(each, known)),
    gone: worstFirst(gone).map(each => findingOf(each, known)),
    stayed: comparison.stayed,
    notices: comparison.notices,
  };
}

const worstFirst = (findings: readonly ChangedFinding[]): readonly ChangedFinding[] =>
  SEVERITY_ORDER.flatMap(severity => findings.filter(each => each.severity === severity));

const sideWords = ({ label, commit, dirty }: Side): string => {
  const id = commit.slice(0, 10);
  if (id === '' || label.startsWith(id)) return label;
  return `${label} (${id}${dirty ? ', with uncommitted changes' : ''})`;
};

/** More is better. */
function changeOf(
  name: string,
  { before, after, by }: Change,
  words: (value: number | 'none') => string,
): PageChange {
  const turned: Turn = by === 'none' || by === 0 ? 'same' : by > 0 ? 'better' : 'worse';
  const sign = by !== 'none' && by > 0 ? '+' : '−';
  return {
    name,
    before: words(before),
    after: words(after),
    by: by === 'none' || by === 0 ? '' : `${sign}${words(Math.abs(by))}`,
    turned,
  };
}

/** Fewer is better. */
const countOf = (severity: string, before: number, after: number): PageChange => ({
  name: `Findings, ${severity}`,
  before: String(before),
  after: String(after),
  by: after === before ? '' : after > before ? `+${after - before}` : `−${before - after}`,
  turned: after === before ? 'same' : after < before ? 'better' : 'worse',
});

const turnedOf = ({
  control,
  title,
  severity,
  service,
  before,
  after,
  turned,
}: Comparison['verdicts'][number]): PageTurned => ({
  control,
  title,
  severity,
  service,
  before: verdictWords(before),
  after: verdictWords(after),
  turned,
});

const verdictWords = ({ status, lines: [first] }: ToldVerdict): string =>
  first?.at ? `${STATUS[status]}, ${saysWhere(first.at)}` : STATUS[status];

const findingOf = (
  { id, control, severity, message, at }: ChangedFinding,
  known: ReadonlySet<string>,
): PageChangedFinding => ({
  control,
  severity,
  message,
  where: at ? saysWhere(at) : '',
  id: known.has(id) ? id : '',
});
