import type { FindingGroup, PageFinding } from 'seaworthy';

export type Severity = FindingGroup['severity'];

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** What a reader wants to see of the findings. Empty: everything. */
export interface Filter {
  readonly severities: readonly Severity[];
  readonly category: string;
  readonly service: string;
  readonly fixable: boolean;
  readonly fresh: boolean;
  readonly text: string;
}

export const EVERYTHING: Filter = {
  severities: [],
  category: '',
  service: '',
  fixable: false,
  fresh: false,
  text: '',
};

export const isEverything = ({ severities, category, service, fixable, fresh, text }: Filter): boolean =>
  severities.length === 0 && category === '' && service === '' && !fixable && !fresh && text.trim() === '';

/** The groups with those of their findings that fit; groups without any are left out. */
export function matching(groups: readonly FindingGroup[], filter: Filter): readonly FindingGroup[] {
  if (isEverything(filter)) return groups;
  const words = wordsOf(filter.text);
  return groups.flatMap(group => {
    if (!fitsGroup(group, filter)) return [];
    const findings = group.findings.filter(finding => fits(group, finding, filter, words));
    if (findings.length === 0) return [];
    return [findings.length === group.findings.length ? group : { ...group, findings }];
  });
}

/** What all findings of a group have in common. */
const fitsGroup = ({ severity, category }: FindingGroup, filter: Filter): boolean =>
  (filter.severities.length === 0 || filter.severities.includes(severity)) &&
  (filter.category === '' || filter.category === category);

const fits = (
  group: FindingGroup,
  finding: PageFinding,
  { service, fixable, fresh }: Filter,
  words: readonly string[],
): boolean =>
  (service === '' || finding.services.includes(service)) &&
  (!fixable || finding.fixable !== 'no') &&
  (!fresh || finding.since === 'new') &&
  words.every(word => textOf(group, finding).includes(word));

/** All of the words must be there, in any order; what stands in quotes is one word. */
const wordsOf = (text: string): readonly string[] =>
  [...text.toLowerCase().matchAll(/"([^"]+)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);

const texts = new WeakMap<PageFinding, string>();

/** Everything that stands on the page of a finding, in small letters; made once. */
function textOf(group: FindingGroup, finding: PageFinding): string {
  const known = texts.get(finding);
  if (known !== undefined) return known;
  const text = [
    group.title,
    group.control,
    group.categoryName,
    group.impact,
    group.remedy,
    finding.message,
    finding.where,
    finding.remedy,
    finding.lowered,
    ...finding.services,
    ...finding.way.flatMap(({ role, where, says, lines }) => [role, where, ...says, lines.text]),
    ...finding.searched.shown.map(({ where }) => where),
    ...finding.observed.flatMap(({ did, expected, saw }) => [did, expected, saw]),
  ]
    .join('\n')
    .toLowerCase();
  texts.set(finding, text);
  return text;
}

export const countOf = (groups: readonly FindingGroup[]): number =>
  groups.reduce((sum, { findings }) => sum + findings.length, 0);
