import type {
  AssessedFinding,
  AssessedService,
  InlineIgnore,
  Judgement,
  Location,
  Notice,
  Waiver,
  WaivedFinding,
} from '../model/index.ts';
import { contentOfAll } from './fingerprint.ts';
import { readinessOf } from './readiness.ts';
import { scoreOf } from './score.ts';

/** What a project has accepted, and the day on which it is looked at. */
export interface Accepted {
  readonly waivers: readonly Waiver[];
  readonly ignores: readonly InlineIgnore[];
  /** As `2026-11-21`. */
  readonly today: string;
}

export interface Waived {
  readonly services: readonly AssessedService[];
  /** What is expired, unused or no longer fits. */
  readonly notices: readonly Notice[];
}

interface Found {
  readonly service: string;
  readonly judgement: Judgement;
  readonly finding: AssessedFinding;
}

/**
 * Takes accepted findings out of what counts; they stand apart, never as passes. A waiver whose findings say
 * something else than when it was written, or whose day is over, no longer holds.
 */
export function withWaivers(services: readonly AssessedService[], accepted: Accepted): Waived {
  const all = services.flatMap(({ id, judgements }) =>
    judgements.flatMap(judgement =>
      judgement.findings.map((finding): Found => ({ service: id, judgement, finding })),
    ),
  );
  const waived = new Map<AssessedFinding, WaivedFinding['waiver']>();
  const notices = [
    ...accepted.waivers.flatMap(waiver => applyWaiver(waiver, all, accepted.today, waived)),
    ...accepted.ignores.flatMap(each => applyIgnore(each, all, accepted.today, waived)),
  ];
  return { services: services.map(service => without(service, waived)), notices };
}

function applyWaiver(
  waiver: Waiver,
  all: readonly Found[],
  today: string,
  waived: Map<AssessedFinding, WaivedFinding['waiver']>,
): readonly Notice[] {
  const { at, control, until, owner, reason } = waiver;
  const covered = all.filter(found => covers(waiver, found)).map(({ finding }) => finding);
  if (covered.length === 0) return [noticeAt(at, `the waiver of ${control} covers nothing: take it out`)];
  if (until < today) return [noticeAt(at, `the waiver of ${control} ended on ${until}`)];
  const content = contentOfAll(covered);
  if (waiver.content !== content) {
    const why =
      waiver.content === ''
        ? 'is not bound to what it covers'
        : 'no longer holds: what it covers has changed';
    return [noticeAt(at, `the waiver of ${control} ${why}. Look again, then write \`content: ${content}\``)];
  }
  for (const finding of covered) waived.set(finding, { by: 'waiver', at, owner, reason, until });
  return [];
}

const covers = (waiver: Waiver, { service, judgement, finding }: Found): boolean =>
  judgement.control === waiver.control &&
  (waiver.finding === '' || waiver.finding === finding.id) &&
  (waiver.service === '' || waiver.service === service) &&
  (waiver.path === '' ||
    finding.places
      .slice(0, 1)
      .some(({ at }) => at.path === waiver.path || at.path.startsWith(`${waiver.path}/`)));

function applyIgnore(
  { at, line, controls, reason, until }: InlineIgnore,
  all: readonly Found[],
  today: string,
  waived: Map<AssessedFinding, WaivedFinding['waiver']>,
): readonly Notice[] {
  return controls.flatMap((control): readonly Notice[] => {
    const here = all.filter(
      ({ judgement, finding }) => judgement.control === control && stands(finding, at.path, line),
    );
    const covered = here.filter(({ finding }) => finding.searched.length === 0);
    if (here.length > covered.length)
      return [noticeAt(at, `${control} misses something here, which a comment cannot accept: waive it`)];
    if (covered.length === 0)
      return [noticeAt(at, `nothing of ${control} stands here: take the comment out`)];
    if (until !== '' && until < today)
      return [noticeAt(at, `the comment about ${control} ended on ${until}`)];
    for (const { finding } of covered) waived.set(finding, { by: 'comment', at, owner: '', reason, until });
    return [];
  });
}

const stands = ({ places }: AssessedFinding, path: string, line: number): boolean =>
  places.slice(0, 1).some(({ at }) => at.path === path && at.startLine <= line && line <= at.endLine);

const noticeAt = (at: Location, says: string): Notice => ({ at, says });

function without(
  service: AssessedService,
  waived: ReadonlyMap<AssessedFinding, WaivedFinding['waiver']>,
): AssessedService {
  const judgements = service.judgements.map((judgement): Judgement => {
    const taken = judgement.findings.flatMap((finding): WaivedFinding[] => {
      const waiver = waived.get(finding);
      return waiver ? [{ finding, waiver }] : [];
    });
    if (taken.length === 0) return judgement;
    const findings = judgement.findings.filter(finding => !waived.has(finding));
    return { ...judgement, findings, waived: taken, status: findings.length === 0 ? 'waived' : 'fail' };
  });
  return { ...service, judgements, readiness: readinessOf(judgements), score: scoreOf(judgements) };
}
