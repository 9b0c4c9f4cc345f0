import type {
  AssessedFinding,
  AssessedPlace,
  Assessment,
  Excerpt,
  Location,
  PlaceRole,
  Severity,
} from '../../model/index.ts';
import { categoryName, findingsOf, groupBy, whereOf, type FlatFinding } from '../words.ts';
import { listOf } from './list.ts';
import type { FindingGroup, PageFinding, WayStep } from './model.ts';

const ROLE: Readonly<Record<PlaceRole, string>> = {
  pipeline: 'Pipeline',
  platform: 'Platform',
  manifest: 'Manifest',
  proxy: 'Proxy',
  compose: 'Compose file',
  environment: 'Environment file',
  image: 'Image',
  dependencies: 'Dependencies',
  settings: 'Settings',
  code: 'Code',
  database: 'Database',
  document: 'Document',
  file: 'File',
};

/** Lines that a step of the way shows of itself; the place of the finding shows what stands around it too. */
const LINES_OF_STEP = 3;

/** Where one looked: a few names, and how many more. */
const MOST_SEARCHED = 8;

/** All findings by control and severity, worst first; those on trial come last. */
export const groupsOf = (assessment: Assessment): readonly FindingGroup[] =>
  (['stable', 'trial'] as const).flatMap(stage =>
    groupBy(
      findingsOf(assessment, stage),
      ({ judgement, finding }) => `${judgement.control} ${finding.severity}`,
    ).flatMap(([, [first, ...others]]) => (first ? [groupOf(first, [first, ...others])] : [])),
  );

export const groupId = (control: string, severity: Severity): string =>
  `${control.replace('/', '-')}-${severity}`;

function groupOf({ judgement, finding }: FlatFinding, own: readonly FlatFinding[]): FindingGroup {
  const { control, category, title, stage } = judgement;
  const { severity, impact } = finding;
  const remedy = commonest(own.map(each => each.finding.remedy));
  return {
    id: groupId(control, severity),
    control,
    category,
    categoryName: categoryName(category),
    title,
    severity,
    stage,
    impact,
    remedy,
    findings: toldOnce(own).map(same => findingOf(same, remedy)),
  };
}

function commonest(texts: readonly string[]): string {
  const [most] = [...groupBy(texts, text => text)].sort(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? '';
}

/** What lies beside several services concerns all of them, and is one finding to a reader. */
const toldOnce = (own: readonly FlatFinding[]): readonly (readonly FlatFinding[])[] =>
  groupBy(own, ({ finding }) => `${whereOf(finding)}\n${finding.message}`).map(([, same]) => same);

function findingOf(same: readonly FlatFinding[], remedyOfGroup: string): PageFinding {
  const [first] = same;
  if (!first) throw new Error('a finding without itself');
  const { finding } = first;
  const { message, lowered, fixable, remedy, observed } = finding;
  return {
    ids: same.map(each => each.finding.id),
    services: [...new Set(same.map(({ service }) => service))],
    where: whereOf(finding),
    message,
    lowered,
    since: sinceOf(same),
    fixable,
    remedy: remedy === remedyOfGroup ? '' : remedy,
    way: wayOf(finding),
    searched: listOf(
      finding.searched.map(path => ({ where: path, says: '' })),
      MOST_SEARCHED,
    ),
    observed,
  };
}

/** What is on trial stands in no baseline, and is not news. */
function sinceOf(same: readonly FlatFinding[]): PageFinding['since'] {
  const counted = same.filter(({ judgement }) => judgement.stage === 'stable');
  if (counted.some(({ finding }) => finding.since === 'new')) return 'new';
  return counted[0]?.finding.since ?? 'none';
}

/** The places in the order of their turns; what is said of one line stands in one step. */
function wayOf({ places }: AssessedFinding): readonly WayStep[] {
  const [own] = places;
  return groupBy(
    [...places].sort((a, b) => a.turn - b.turn),
    ({ turn }) => String(turn),
  ).flatMap(([, here]) => {
    const place = own && here.includes(own) ? own : here[0];
    return place ? [stepOf(place, place === own, here)] : [];
  });
}

function stepOf(place: AssessedPlace, own: boolean, here: readonly AssessedPlace[]): WayStep {
  const { at, role, around } = place;
  const lines = own ? withoutBlankEnds(around, at) : linesOf(at, around);
  return {
    role: ROLE[role],
    where: saysWhere(at),
    path: at.path,
    says: [...new Set(here.map(({ says }) => says))],
    own,
    lines,
    from: at.startLine,
    to: at.endLine,
  };
}

/** Blank lines around what is meant say nothing. */
function withoutBlankEnds({ startLine, text }: Excerpt, at: Location): Excerpt {
  const lines = text.split('\n');
  let from = 0;
  let to = lines.length;
  while (startLine + from < at.startLine && lines[from]?.trim() === '') from++;
  while (startLine + to - 1 > at.endLine && lines[to - 1]?.trim() === '') to--;
  return { startLine: startLine + from, text: lines.slice(from, to).join('\n') };
}

/** Only what is meant, without what stands around it. */
function linesOf({ startLine, endLine }: Location, around: Excerpt): Excerpt {
  if (startLine === 1 && endLine === 1) return { startLine, text: '' }; // the file as a whole
  const skip = startLine - around.startLine;
  const many = Math.min(LINES_OF_STEP, endLine - startLine + 1);
  return {
    startLine,
    text: around.text
      .split('\n')
      .slice(skip, skip + many)
      .join('\n'),
  };
}

export const saysWhere = ({ path, startLine, endLine }: Location): string =>
  startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
