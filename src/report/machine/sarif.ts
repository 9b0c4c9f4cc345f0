import type {
  AssessedFinding,
  Assessment,
  Control,
  Location,
  Severity,
  WaivedFinding,
} from '../../model/index.ts';
import { findingsOf, waivedOf, type FlatFinding } from '../words.ts';
import { placeOrRoot } from './place.ts';

/** GitHub reads no more than this many results of a run, and shows the first 5,000 by severity. */
const MOST_RESULTS = 25_000;

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** The bands of GitHub code scanning: critical above 9, high from 7, medium from 4, low above 0. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

/** Categories whose findings are about attacks and leaks; the others are about staying up. */
const SECURITY = new Set(['access', 'web', 'config', 'container', 'compose', 'supply', 'privacy']);

/**
 * SARIF 2.1.0 (OASIS, 2020), as GitHub code scanning reads it. Trial controls are left out; a finding without a
 * place stands at the file that comes nearest, since every result needs one.
 */
export function sarifReport(assessment: Assessment, controls: readonly Control[]): string {
  const all = findingsOf(assessment, 'stable');
  const accepted = waivedOf(assessment)
    .filter(({ judgement }) => judgement.stage === 'stable')
    .map(each => ({ ...each, finding: each.waived.finding }));
  const used = new Set([...all, ...accepted].map(({ judgement }) => judgement.control));
  const rules = controls.filter(({ id }) => used.has(id));
  const index = new Map<string, number>(rules.map(({ id }, position) => [id, position]));
  const indexOf = ({ judgement }: FlatFinding) => index.get(judgement.control) ?? -1;
  const { commit } = assessment.repository;
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'seaworthy',
              semanticVersion: assessment.tool.version,
              rules: rules.map(ruleOf),
            },
          },
          automationDetails: { id: `seaworthy/${assessment.repository.name}` },
          ...(commit.state === 'known' && { properties: { commit: commit.id, dirty: commit.dirty } }),
          invocations: [
            {
              executionSuccessful: true,
              toolExecutionNotifications: assessment.problems.map(({ where, what }) => ({
                level: 'warning',
                message: { text: `${where}: ${what}` },
              })),
            },
          ],
          columnKind: 'utf16CodeUnits',
          results: [
            ...all.map(each => resultOf(assessment, each, indexOf(each))),
            ...accepted.map(each => ({
              ...resultOf(assessment, each, indexOf(each)),
              suppressions: [suppressionOf(each.waived)],
            })),
          ].slice(0, MOST_RESULTS),
        },
      ],
    },
    undefined,
    2,
  )}\n`;
}

const ruleOf = ({ id, title, asks, why, remedy, sources, severity }: Control) => ({
  id,
  name: id,
  shortDescription: { text: title },
  fullDescription: { text: asks },
  help: {
    text: [asks, why, remedy, `Sources: ${sources.join('; ')}`].join('\n\n'),
    markdown: [
      `**What it asks.** ${asks}`,
      `**Why it matters.** ${why}`,
      `**What to do.** ${remedy}`,
      `Sources: ${sources.join('; ')}`,
    ].join('\n\n'),
  },
  defaultConfiguration: { level: LEVEL[severity] },
  properties: {
    'security-severity': SECURITY_SEVERITY[severity],
    precision: 'high',
    tags: ['production-readiness', categoryOf(id), ...(SECURITY.has(categoryOf(id)) ? ['security'] : [])],
  },
});

const suppressionOf = ({ waiver }: WaivedFinding) => ({
  kind: waiver.by === 'comment' ? 'inSource' : 'external',
  status: 'accepted',
  justification: waiver.reason,
});

/** As SARIF calls what a baseline knows. */
const BASELINE_STATE = { new: 'new', known: 'unchanged' } as const;

const categoryOf = (id: string): string => id.split('/')[0] ?? '';

function resultOf(assessment: Assessment, { service, judgement, finding }: FlatFinding, ruleIndex: number) {
  const at = placeOrRoot(assessment, service, finding);
  const [, ...way] = finding.places;
  return {
    ruleId: judgement.control,
    ruleIndex,
    level: LEVEL[finding.severity],
    message: { text: messageOf(finding) },
    locations: [locationOf(at)],
    ...(way.length > 0 && {
      codeFlows: [
        {
          message: { text: 'The way that was followed' },
          threadFlows: [
            {
              locations: finding.places.map(place => ({
                location: { ...locationOf(place.at), message: { text: place.says } },
              })),
            },
          ],
        },
      ],
    }),
    ...(finding.since !== 'none' && { baselineState: BASELINE_STATE[finding.since] }),
    partialFingerprints: { 'seaworthyFinding/v1': finding.id },
    properties: { service, severity: finding.severity, ...(finding.lowered && { lowered: finding.lowered }) },
  };
}

const messageOf = ({ message, lowered, remedy, impact }: AssessedFinding): string =>
  [message, lowered && `Lowered: ${lowered}.`, impact, remedy].filter(part => part !== '').join('\n');

const locationOf = ({ path, startLine, endLine }: Location) => ({
  physicalLocation: {
    artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
    region: { startLine, endLine },
  },
});
