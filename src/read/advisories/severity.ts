import cvss from 'ae-cvss-calculator';
import type { KnownVulnerability } from '../../model/index.ts';
import type { OsvAffected, OsvRecord } from './record.ts';

type Severity = KnownVulnerability['severity'];

const WORDS: ReadonlyMap<string, Severity> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MODERATE', 'medium'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
]);

/** How bad it is: as the database says it, else by the score of CVSS. Hostile code is always critical. */
export function severityOf(record: OsvRecord, affected: readonly OsvAffected[]): Severity {
  if (record.id.startsWith('MAL-')) return 'critical';
  const said = WORDS.get(record.database_specific.severity.toUpperCase());
  if (said) return said;
  const scores = [...affected.flatMap(({ severity }) => severity), ...record.severity].map(({ score }) =>
    ofVector(score),
  );
  return (['critical', 'high', 'medium', 'low'] as const).find(each => scores.includes(each)) ?? 'unknown';
}

/** The bands of CVSS. */
function ofVector(vector: string): Severity {
  const score = scoreOf(vector);
  if (score === undefined) return 'unknown';
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
}

function scoreOf(vector: string): number | undefined {
  if (vector.length > 500) return undefined;
  try {
    return scores(vector).calculateScores().base;
  } catch {
    return undefined; // no vector of CVSS
  }
}

/** Version 2 has no head of its own. */
function scores(vector: string) {
  if (vector.startsWith('CVSS:4.0/')) return new cvss.Cvss4P0(vector);
  if (vector.startsWith('CVSS:3.1/')) return new cvss.Cvss3P1(vector);
  return vector.startsWith('CVSS:3.0/') ? new cvss.Cvss3P0(vector) : new cvss.Cvss2(vector);
}
