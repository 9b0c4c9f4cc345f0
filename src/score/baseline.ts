import type { AssessedFinding, AssessedService, Judgement } from '../model/index.ts';
import { FINGERPRINT_VERSION } from './fingerprint.ts';

/** Findings that were there when a team began to gate: they are shown and fail nothing. */
export interface Baseline {
  readonly schema: 1;
  /** The way in which ids are made; ids of another one cannot be compared. */
  readonly algorithm: number;
  readonly findings: readonly BaselineFinding[];
}

export interface BaselineFinding {
  readonly id: string;
  readonly control: string;
  readonly service: string;
  readonly path: string;
}

/** All findings of stable controls that count today. */
export function baselineOf(services: readonly AssessedService[]): Baseline {
  const findings = services.flatMap(({ id: service, judgements }) =>
    judgements
      .filter(({ stage }) => stage === 'stable')
      .flatMap(({ control, findings: own }) =>
        own.map(({ id, places }) => ({ id, control, service, path: places[0]?.at.path ?? '' })),
      ),
  );
  return { schema: 1, algorithm: FINGERPRINT_VERSION, findings: findings.sort(byId) };
}

const byId = (left: BaselineFinding, right: BaselineFinding): number =>
  left.id < right.id ? -1 : left.id > right.id ? 1 : 0;

/** The old baseline without what is gone. Nothing is added: a baseline only shrinks. */
export function pruned(before: Baseline, services: readonly AssessedService[]): Baseline {
  const there = idsOf(services);
  return { ...before, findings: before.findings.filter(({ id }) => there.has(id)) };
}

/** How many findings of a baseline are gone. */
export const goneFrom = (baseline: Baseline, services: readonly AssessedService[]): number =>
  baseline.findings.length - pruned(baseline, services).findings.length;

const idsOf = (services: readonly AssessedService[]): ReadonlySet<string> =>
  new Set(
    services.flatMap(({ judgements }) =>
      judgements.flatMap(({ findings, waived }) => [
        ...findings.map(({ id }) => id),
        ...waived.map(({ finding }) => finding.id),
      ]),
    ),
  );

/** Says of each finding whether the baseline knows it. */
export function withBaseline(
  services: readonly AssessedService[],
  baseline: Baseline,
): readonly AssessedService[] {
  const known = new Set(baseline.findings.map(({ id }) => id));
  const marked = (finding: AssessedFinding): AssessedFinding => ({
    ...finding,
    since: known.has(finding.id) ? 'known' : 'new',
  });
  return services.map(service => ({
    ...service,
    judgements: service.judgements.map((judgement): Judgement => ({
      ...judgement,
      findings: judgement.findings.map(marked),
    })),
  }));
}
