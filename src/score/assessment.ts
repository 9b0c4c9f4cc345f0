import type {
  AssessedFinding,
  AssessedPlace,
  AssessedService,
  AssessedStart,
  Control,
  Evidence,
  Excerpt,
  Finding,
  Judgement,
  Location,
  Place,
  PlaceRole,
  Service,
  Verdict,
} from '../model/index.ts';
import { contentOf, fingerprints } from './fingerprint.ts';
import { readinessOf } from './readiness.ts';
import { scoreOf } from './score.ts';
import { severityOf } from './severity.ts';
import { turnsOf } from './way.ts';

/** One service with its verdicts, before it becomes part of the document. */
export interface Answered {
  readonly service: Service;
  readonly startPaths: readonly AssessedStart[];
  readonly answers: readonly { readonly control: Control; readonly verdict: Verdict }[];
}

/** What turns places into what may be shown: the lines of a place, and text with secrets masked. */
export interface Shown {
  readonly excerpt: (at: Location) => string;
  readonly mask: (text: string) => string;
  readonly around: (at: Location) => Excerpt;
  readonly role: (path: string) => PlaceRole;
}

/** The part of the document about one service. */
export function assessedService({ service, startPaths, answers }: Answered, shown: Shown): AssessedService {
  const judgements = answers.map(({ control, verdict }) => judgementOf(service, control, verdict, shown));
  return {
    id: service.id,
    path: service.root === '' ? '.' : service.root,
    language: service.language,
    framework: service.framework,
    startPaths,
    readiness: readinessOf(judgements),
    score: scoreOf(judgements),
    judgements,
  };
}

function judgementOf(service: Service, control: Control, verdict: Verdict, shown: Shown): Judgement {
  return {
    control: control.id,
    category: control.id.slice(0, control.id.indexOf('/')),
    title: control.title,
    severity: control.severity,
    stage: control.stage,
    status: verdict.status,
    rank: rankOf(verdict),
    because: 'because' in verdict ? shown.mask(verdict.because) : '',
    evidence: verdict.status === 'pass' ? verdict.evidence.map(each => maskedEvidence(each, shown)) : [],
    findings: verdict.status === 'fail' ? findingsOf(service, control, verdict.findings, shown) : [],
    waived: [],
  };
}

/** Observed before static before attested: the strongest there is. */
function rankOf(verdict: Verdict): Judgement['rank'] {
  if (verdict.status === 'fail') return 'static';
  if (verdict.status !== 'pass') return 'none';
  return verdict.evidence.every(({ kind }) => kind === 'statement') ? 'attested' : 'static';
}

function findingsOf(
  service: Service,
  control: Control,
  findings: readonly Finding[],
  shown: Shown,
): readonly AssessedFinding[] {
  const excerpts = findings.map(finding => {
    const at = finding.kind === 'observation' ? undefined : finding.at;
    return { finding, excerpt: at ? shown.excerpt(at) : '' };
  });
  const ids = fingerprints(control.id, service.id, excerpts);
  return excerpts.map(({ finding, excerpt }, index) => ({
    id: ids[index] ?? '',
    content: contentOf(excerpt, messageOf(finding)),
    since: 'none',
    message: shown.mask(messageOf(finding)),
    severity: severityOf(control.severity, finding),
    lowered: finding.lowered ?? '',
    places: assessedPlaces(placesOf(finding), shown),
    searched: finding.kind === 'absence' ? finding.searched : [],
    excerpt,
    impact: control.why,
    remedy: finding.remedy ?? control.remedy,
    fixable: 'no',
    observed: finding.kind === 'observation' ? [stepOf(finding)] : [],
  }));
}

const stepOf = ({ did, expected, saw, held }: Extract<Evidence, { kind: 'observation' }>) => ({
  did,
  expected,
  saw,
  held,
});

const messageOf = (finding: Finding): string => {
  switch (finding.kind) {
    case 'place':
    case 'statement':
      return finding.says;
    case 'absence':
      return `There is no ${finding.of}`;
    case 'observation':
      return `${finding.did}: ${finding.saw}, expected ${finding.expected}`;
  }
};

/** First where it is, then the way that was followed. */
function placesOf(finding: Finding): readonly Place[] {
  const own: Place[] =
    finding.kind === 'place' || finding.kind === 'statement'
      ? [{ at: finding.at, says: finding.says }]
      : finding.kind === 'absence' && finding.at
        ? [{ at: finding.at, says: `no ${finding.of}` }]
        : [];
  return [...own, ...(finding.way ?? [])];
}

function assessedPlaces(places: readonly Place[], shown: Shown): readonly AssessedPlace[] {
  const told = places.map(({ at, says }) => ({ at, says: shown.mask(says), role: shown.role(at.path) }));
  const turns = turnsOf(told);
  return told.map((place, index) => ({ ...place, turn: turns[index] ?? 1, around: shown.around(place.at) }));
}

const maskedEvidence = (evidence: Evidence, { mask }: Shown): Evidence =>
  evidence.kind === 'place' || evidence.kind === 'statement'
    ? { ...evidence, says: mask(evidence.says) }
    : evidence;
