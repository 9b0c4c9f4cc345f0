import type {
  ChangedFinding,
  Comparison,
  MovedFinding,
  ToldVerdict,
  TurnedVerdict,
} from '../../model/index.ts';
import { codeSpan, forMarkdown } from '../escape.ts';
import { categoryName, plural, RULE } from '../words.ts';
import {
  APPEARED,
  countWords,
  coverageOf,
  findingSections,
  GONE,
  hasSeveral,
  isEmpty,
  isShown,
  percentOf,
  placeWords,
  pointsOf,
  servicesWords,
  sideWords,
  signed,
  STATUS,
  TURNED,
} from './words.ts';

/** The comparison as a document: the table of before and after that people write by hand, computed. */
export function compareMarkdown(comparison: Comparison): string {
  const parts = [
    head(comparison),
    table(comparison),
    ...(['worse', 'better', 'other'] as const).map(turned => verdicts(comparison, turned)),
    ...findingParts(comparison),
    moved(comparison),
    isEmpty(comparison) ? 'Nothing has turned, and no finding is new or gone.' : '',
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function head(comparison: Comparison): string {
  const { before, after, readiness, overall, coverage, notices } = comparison;
  const [was, is] = pointsOf(overall);
  const [told, tells] = coverageOf(coverage);
  const turn = readiness === 'same' ? 'the same' : `**${readiness}**`;
  return [
    `# Before and after: ${forMarkdown(after.repository)}`,
    '',
    '| | Before | After | Change |',
    '| --- | --- | --- | --- |',
    `| Code | ${forMarkdown(sideWords(before))} | ${forMarkdown(sideWords(after))} | |`,
    `| Readiness | **${before.readiness}** | **${after.readiness}** | ${turn} |`,
    `| Score | ${was} of 10 | ${is} of 10 | ${[signed(overall.by, 1), percentOf(overall)].filter(each => each !== '').join(', ')} |`,
    `| Decided | ${told} | ${tells} | ${coverage.by === 'none' ? '–' : `${signed(coverage.by * 100, 1)} points`} |`,
    ...(['critical', 'high', 'medium', 'low'] as const).map(
      severity =>
        `| Findings of severity ${severity} | ${before.findings[severity]} | ${after.findings[severity]} | ${signed(after.findings[severity] - before.findings[severity], 0)} |`,
    ),
    '',
    `${after.readiness}: ${RULE[after.readiness]}. ${countWords(comparison).replace(/^./, first => first.toUpperCase())}.`,
    ...servicesWords(comparison).flatMap(line => ['', `${forMarkdown(line)}.`]),
    ...notices.flatMap(line => ['', `> ${forMarkdown(line)}.`]),
  ].join('\n');
}

function table({ categories }: Comparison): string {
  const shown = categories.filter(isShown);
  if (shown.length === 0) return '';
  return [
    '## Score',
    '',
    '| Category | Before | After | Change | | Fails before | After | Decided before | After |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...shown.map(each => {
      const [was, is] = pointsOf(each.points);
      const [told, tells] = coverageOf(each.coverage);
      const fails = [each.failed.before, each.failed.after].map(count => (count === 'none' ? '–' : count));
      const cells = [was, is, signed(each.points.by, 1), percentOf(each.points), ...fails, told, tells];
      return `| ${forMarkdown(categoryName(each.category))} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

function verdicts(comparison: Comparison, turned: TurnedVerdict['turned']): string {
  const own = comparison.verdicts.filter(each => each.turned === turned);
  if (own.length === 0) return '';
  const several = hasSeveral(comparison);
  return [
    `## ${TURNED[turned]}: ${plural(own.length, 'verdict')}`,
    '',
    ...own.flatMap(each => [
      `- **${forMarkdown(each.title)}** (${codeSpan(each.control)}, ${each.severity}${several ? `, service ${forMarkdown(each.service)}` : ''}): ${STATUS[each.before.status]} → ${STATUS[each.after.status]}`,
      ...lines('before', each.before),
      ...lines('after', each.after),
    ]),
  ].join('\n');
}

const lines = (side: string, verdict: ToldVerdict): readonly string[] =>
  verdict.lines.map(({ at, says }) => {
    const where = placeWords(at);
    return `  - ${side}: ${where ? `${codeSpan(where)} ` : ''}${forMarkdown(says)}`;
  });

function findingParts(comparison: Comparison): readonly string[] {
  const several = hasSeveral(comparison);
  return findingSections(comparison).map(({ title, findings }) => {
    const words = findings.some(each => comparison.appeared.includes(each)) ? APPEARED : GONE;
    return [
      `## ${title}: ${findings.length}`,
      '',
      ...findings.map(each => `- ${findingWords(each, words, several)}`),
    ].join('\n');
  });
}

function findingWords(
  { control, severity, service, at, message, other }: ChangedFinding,
  words: typeof APPEARED,
  several: boolean,
): string {
  const where = placeWords(at);
  const why = words[other];
  const of = several ? `, service ${forMarkdown(service)}` : '';
  return `${codeSpan(control)} (${severity}${of}${why ? `; ${why}` : ''})${where ? ` ${codeSpan(where)}` : ''}: ${forMarkdown(message)}`;
}

function moved({ moved: own }: Comparison): string {
  if (own.length === 0) return '';
  return [
    `## Moved, or of another weight: ${own.length}`,
    '',
    ...own.map(each => `- ${movedWords(each)}`),
  ].join('\n');
}

function movedWords({ control, before, after }: MovedFinding): string {
  const [was, is] = [before.at, after.at].map(at => (at ? codeSpan(placeWords(at)) : 'nowhere'));
  const weight = before.severity === after.severity ? '' : ` (${before.severity} → ${after.severity})`;
  return `${codeSpan(control)} ${was === is ? (is ?? '') : `${was ?? ''} → ${is ?? ''}`}${weight}`;
}
