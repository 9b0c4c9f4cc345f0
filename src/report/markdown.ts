import type {
  AssessedClause,
  AssessedFramework,
  AssessedService,
  Assessment,
  ClauseAnswer,
  Evidence,
  Judgement,
  Severity,
} from '../model/index.ts';
import { claimsPart } from './claims-markdown.ts';
import { codeBlock, codeSpan, forMarkdown } from './escape.ts';
import {
  applies,
  categoryName,
  commitWords,
  groupBy,
  judgementsWith,
  MARK,
  openByReading,
  percent,
  plural,
  points,
  RULE,
  toldOnce,
  toState,
  waivedOf,
  SEVERITY_ORDER,
  whereOf,
  type FlatFinding,
} from './words.ts';

/** The whole report, to be read by people: what a careful reviewer would hand over. */
export function markdownReport(assessment: Assessment): string {
  const parts = [
    head(assessment),
    summary(assessment),
    services(assessment),
    ...SEVERITY_ORDER.map(severity => tier(assessment, severity)),
    trials(assessment),
    accepted(assessment),
    strengths(assessment),
    ...assessment.frameworks.map(frameworkSection),
    claimsPart(assessment.claims),
    checklist(assessment),
    undecided(assessment),
    plan(assessment),
    leftOut(assessment),
    hasServices(assessment) ? signOff() : '',
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

const severityName: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** Without one there is nothing to count and nothing to sign. */
const hasServices = ({ services: all }: Assessment): boolean => all.length > 0;

function head(assessment: Assessment): string {
  const { repository, tool } = assessment;
  return [
    `# Production readiness of ${forMarkdown(repository.name)}`,
    '',
    `| | |`,
    `| --- | --- |`,
    `| Verdict | **${assessment.readiness}**: ${RULE[assessment.readiness]} |`,
    ...(hasServices(assessment)
      ? [
          `| Score | ${points(assessment.score.overall)} of 10, ${percent(assessment.score.coverage)} of what applies could be decided |`,
        ]
      : []),
    `| Code | ${commitWords(assessment)} |`,
    `| Method | ${tool.name} ${tool.version}: code, images, deploy files and documents were read; nothing was run |`,
  ].join('\n');
}

function summary(assessment: Assessment): string {
  if (!hasServices(assessment)) return '';
  const all = toldOnce(assessment, 'stable');
  const count = (severity: Severity) => all.filter(({ finding }) => finding.severity === severity).length;
  const passed = judgementsWith(assessment, 'pass').length;
  const open = judgementsWith(assessment, 'unknown').length;
  const counts = SEVERITY_ORDER.map(severity => `${count(severity)} ${severity}`).join(', ');
  const steps = assessment.next.steps.slice(0, 3);
  return [
    '## Summary',
    '',
    `${plural(all.length, 'finding')}: ${counts}. ${plural(passed, 'control')} passed, ${open} could not be decided by reading.`,
    ...(steps.length > 0
      ? [
          '',
          'The three steps with most effect for least effort:',
          '',
          ...steps.map(
            (step, index) =>
              `${index + 1}. **${step.control}** (${step.severity}, ${plural(step.places, 'place')}): ${forMarkdown(step.remedy)}`,
          ),
        ]
      : []),
    ...(assessment.next.readiness
      ? [
          '',
          `${plural(assessment.next.stepsToIt, 'control')} to mend until **${assessment.next.readiness}**.`,
        ]
      : []),
    '',
    '| Category | Score | Decided | Passed | Failed | Unknown | Not applicable |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...assessment.score.categories.map(
      each =>
        `| ${categoryName(each.category)} | ${points(each.points)} | ${applies(each) ? percent(each.coverage) : '–'} | ${each.passed} | ${each.failed} | ${each.unknown} | ${each.notApplicable} |`,
    ),
  ].join('\n');
}

function services({ services: all }: Assessment): string {
  if (all.length === 0) return '';
  return ['## Services', '', ...all.map(serviceSection)].join('\n');
}

function serviceSection(service: AssessedService): string {
  const starts = service.startPaths.map(
    start =>
      `  - ${codeSpan(start.command)} at ${codeSpan(`${start.at.path}:${start.at.startLine}`)} runs ${forMarkdown(start.runs)}, ${codeSpan(start.target)}${start.production ? '' : ' (development)'}`,
  );
  return [
    `- **${forMarkdown(service.id)}** in ${codeSpan(service.path)}: ${forMarkdown(service.framework || service.language)}. ${service.readiness}, score ${points(service.score.overall)} of 10.`,
    ...(starts.length > 0
      ? starts
      : ['  - No start command was found; what makes an app object was taken for the start.']),
  ].join('\n');
}

function tier(assessment: Assessment, severity: Severity): string {
  const own = toldOnce(assessment, 'stable').filter(({ finding }) => finding.severity === severity);
  if (own.length === 0) return '';
  return [
    `## ${severityName[severity]}: ${plural(own.length, 'finding')}`,
    ...groupBy(own, each => each.judgement.control).map(([, group]) => controlSection(assessment, group)),
  ].join('\n\n');
}

function controlSection(assessment: Assessment, group: readonly FlatFinding[]): string {
  const [first] = group;
  if (!first) return '';
  const { judgement } = first;
  return [
    `### ${forMarkdown(judgement.title)}`,
    `Control ${codeSpan(judgement.control)}. ${plural(group.length, 'place')}.`,
    ...group.map(each => findingSection(assessment, each)),
    `**Impact.** ${forMarkdown(first.finding.impact)}`,
    `**Remedy.** ${forMarkdown(first.finding.remedy)}`,
  ].join('\n\n');
}

/** The language of a fence by the ending of the file. */
const languageOf = (path: string): string => /\.([a-z]+)$/i.exec(path)?.[1] ?? '';

function findingSection(assessment: Assessment, { finding, service }: FlatFinding): string {
  const where = whereOf(finding);
  const of = assessment.services.length > 1 ? ` (service ${forMarkdown(service)})` : '';
  const [own, ...way] = finding.places;
  return [
    `**${where ? codeSpan(where) : 'Nowhere'}**${of}: ${forMarkdown(finding.message)}${finding.lowered ? ` _Lowered: ${forMarkdown(finding.lowered)}._` : ''}`,
    ...(finding.excerpt && own ? [codeBlock(finding.excerpt, languageOf(own.at.path))] : []),
    ...(way.length > 0
      ? [
          way
            .map(({ at, says }) => `- via ${codeSpan(`${at.path}:${at.startLine}`)}: ${forMarkdown(says)}`)
            .join('\n'),
        ]
      : []),
    ...(finding.searched.length > 0 && !where ? [`Looked for in ${searchedWords(finding.searched)}.`] : []),
  ].join('\n\n');
}

const searchedWords = (paths: readonly string[]): string => {
  const shown = paths.slice(0, 5).map(codeSpan).join(', ');
  return paths.length > 5 ? `${shown} and ${plural(paths.length - 5, 'other file')}` : shown;
};

function trials(assessment: Assessment): string {
  const own = toldOnce(assessment, 'trial');
  if (own.length === 0) return '';
  return [
    '## On trial',
    'These controls are new: their precision is not yet measured. They are shown and count for nothing.',
    own
      .map(
        ({ judgement, finding }) =>
          `- ${codeSpan(judgement.control)} ${codeSpan(whereOf(finding) || '-')}: ${forMarkdown(finding.message)}`,
      )
      .join('\n'),
  ].join('\n\n');
}

const proofWords = (evidence: Evidence): string => {
  switch (evidence.kind) {
    case 'place':
    case 'statement':
      return `${codeSpan(`${evidence.at.path}:${evidence.at.startLine}`)} ${forMarkdown(evidence.says)}`;
    case 'absence':
      return `no ${forMarkdown(evidence.of)} in ${plural(evidence.searched.length, 'file')}`;
    case 'observation':
      return `${forMarkdown(evidence.did)}: ${forMarkdown(evidence.saw)}`;
  }
};

function strengths(assessment: Assessment): string {
  const passed = judgementsWith(assessment, 'pass').filter(({ judgement }) => judgement.severity !== 'low');
  if (passed.length === 0) return '';
  return [
    '## What is strong',
    passed
      .map(({ judgement }) => {
        const [proof] = judgement.evidence;
        return `- ${forMarkdown(judgement.title)}${proof ? `: ${proofWords(proof)}` : ''}`;
      })
      .join('\n'),
  ].join('\n\n');
}

function accepted(assessment: Assessment): string {
  const all = waivedOf(assessment);
  const rows = all.map(({ judgement, waived: { finding, waiver } }) => {
    const cells = [judgement.control, whereOf(finding), waiver.reason, waiver.owner, waiver.until];
    return `| ${cells.map(forMarkdown).join(' | ')} |`;
  });
  const notices = assessment.notices.map(
    ({ at, says }) => `- ${codeSpan(`${at.path}:${at.startLine}`)}: ${forMarkdown(says)}`,
  );
  return [
    ...(rows.length > 0
      ? [
          '## Accepted risks',
          'These fail. Somebody has accepted them until the day that is named; they count neither as fail nor as pass.',
          ['| Control | Place | Reason | Owner | Until |', '| --- | --- | --- | --- | --- |', ...rows].join(
            '\n',
          ),
        ]
      : []),
    ...(notices.length > 0 ? ['## Settings of the project that no longer fit', notices.join('\n')] : []),
  ].join('\n\n');
}

function checklist(assessment: Assessment): string {
  const rows = assessment.services.flatMap(service =>
    service.judgements
      .filter(({ stage, status }) => stage === 'stable' && (status === 'pass' || status === 'fail'))
      .map(judgement => ({ service: service.id, judgement })),
  );
  if (rows.length === 0) return '';
  const several = assessment.services.length > 1;
  return [
    '## Checklist',
    ...groupBy(rows, ({ judgement }) => judgement.category).map(([category, own]) =>
      [
        `### ${categoryName(category)}`,
        '',
        ...own.map(({ service, judgement }) => {
          const mark = judgement.status === 'pass' ? 'x' : ' ';
          const proof = judgement.evidence[0];
          const detail =
            judgement.status === 'pass'
              ? proof
                ? `: ${proofWords(proof)}`
                : ''
              : `: ${plural(judgement.findings.length, 'finding')}`;
          return `- [${mark}] ${several ? `${forMarkdown(service)}: ` : ''}${forMarkdown(judgement.title)} (${codeSpan(judgement.control)})${detail}`;
        }),
      ].join('\n'),
    ),
  ].join('\n\n');
}

function undecided(assessment: Assessment): string {
  const open = openByReading(assessment);
  const statements = toState(assessment);
  const apart = judgementsWith(assessment, 'not-applicable');
  const list = (rows: readonly Judgement[]) =>
    rows.map(({ control, because }) => `- ${codeSpan(control)}: ${forMarkdown(because)}`).join('\n');
  return [
    ...(open.length > 0 ? ['## What the repository cannot tell', list(open)] : []),
    ...(statements.length > 0
      ? [
          '## What only people can say',
          'State it in `seaworthy.yaml` with who says so, since when, until when and where the proof lies.',
          statements
            .map(({ control, title }) => `- [ ] ${forMarkdown(title)} (${codeSpan(control)})`)
            .join('\n'),
        ]
      : []),
    ...(apart.length > 0 ? ['## What does not apply', list(apart.map(({ judgement }) => judgement))] : []),
  ].join('\n\n');
}

function frameworkSection({ name, source, clauses, stated }: AssessedFramework): string {
  const row = ({ id, asks, status, answers }: AssessedClause) => {
    const cell = (kind: Judgement['status']) =>
      [...new Set(answers.filter(answer => answer.status === kind).map(saysOfAnswer))].join(', ') || '–';
    const open = [cell('unknown'), cell('waived')].filter(each => each !== '–').join(', ') || '–';
    return `| ${MARK[status]} | ${forMarkdown(id)}: ${forMarkdown(asks)} | ${cell('fail')} | ${open} | ${cell('pass')} |`;
  };
  return [
    `## ${forMarkdown(name)}`,
    `What was found, by the clauses of ${source}. A clause is more than its controls: ✓ says that nothing speaks against it and something for it, not that an auditor agrees.`,
    [
      '| | Clause | Fails | Open or accepted | Passes |',
      '| --- | --- | --- | --- | --- |',
      ...clauses.map(row),
    ].join('\n'),
    ...(stated.length > 0 ? [`Stated for it as well: ${stated.map(saysOfAnswer).join(', ')}.`] : []),
  ].join('\n\n');
}

const saysOfAnswer = ({ control, rank, status }: ClauseAnswer): string => {
  const note = status === 'waived' ? ' (accepted)' : rank === 'attested' ? ' (stated)' : '';
  return `${codeSpan(control)}${note}`;
};

function plan({ next }: Assessment): string {
  if (next.steps.length === 0) return '';
  const rows = (severities: readonly Severity[]) =>
    next.steps
      .filter(({ severity }) => severities.includes(severity))
      .map(
        step =>
          `- [ ] ${forMarkdown(step.title)} (${codeSpan(step.control)}, ${plural(step.places, 'place')}, about ${step.hours} h)`,
      );
  const section = (title: string, list: readonly string[]) =>
    list.length > 0 ? [`### ${title}`, list.join('\n')] : [];
  return [
    '## Plan',
    'Hours are the middle of a range, a guide for the order of work and no promise; `seaworthy plan` has the ranges, an order and dates.',
    ...section('Week 1: critical', rows(['critical'])),
    ...section('Month 1: high', rows(['high'])),
    ...section('Later: medium and low', rows(['medium', 'low'])),
  ].join('\n\n');
}

function leftOut({ skipped, problems }: Assessment): string {
  return [
    ...(skipped.length > 0
      ? [
          '## What was not looked at',
          skipped
            .slice(0, 50)
            .map(({ path, because }) => `- ${codeSpan(path)}: ${forMarkdown(because)}`)
            .join('\n'),
          ...(skipped.length > 50 ? [`and ${skipped.length - 50} more.`] : []),
        ]
      : []),
    ...(problems.length > 0
      ? [
          '## What seaworthy itself could not do',
          problems.map(({ where, what }) => `- ${codeSpan(where)}: ${forMarkdown(what)}`).join('\n'),
        ]
      : []),
  ].join('\n\n');
}

const signOff = (): string =>
  [
    '## Sign-off',
    '',
    '| Role | Name | Date | Decision |',
    '| --- | --- | --- | --- |',
    '| Engineering | | | |',
    '| Operations | | | |',
    '| Security | | | |',
  ].join('\n');
