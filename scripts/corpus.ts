import { readFileSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { assessPath, type Assessment } from '../src/index.ts';
import { Corpus, type CorpusRow } from './ledger.ts';

/**
 * Holds what seaworthy says today of a real repository against what people judged of it:
 *
 *     npx tsx scripts/corpus.ts <checkout> corpus/<name>.json
 *
 * Each critical and high finding and each critical pass is a row, and of every other control the first finding or
 * proof. A row whose service, control, verdict and place
 * stand already keeps its judgement, a new one is `unchecked`, one that is no longer said goes. Whoever judges opens
 * the code, writes `right` or `wrong`, and a short `why` where a wrong one is left or where it can be argued.
 */
const [checkout, file] = process.argv.slice(2);
if (!checkout || !file) throw new Error('usage: npx tsx scripts/corpus.ts <checkout> corpus/<name>.json');

type Row = z.infer<typeof CorpusRow>;

const keyOf = ({ service, control, verdict, at }: Row): string => [service, control, verdict, at].join(' ');

const placeOf = (at: { readonly path: string; readonly startLine: number } | undefined): string =>
  at ? `${at.path}:${at.startLine}` : '';

/** One row for each place: several findings of a control in one line are judged together. */
function rowsOf({ services }: Assessment): ReadonlyMap<string, Row> {
  const rows = services.flatMap(({ id: service, judgements }) =>
    judgements.flatMap(({ control, status, severity, findings, evidence }): readonly Row[] => {
      const unchecked = { service, control, judged: 'unchecked' } as const;
      if (status === 'pass') {
        const [first] = evidence;
        const at = first && first.kind !== 'observation' ? placeOf(first.at) : '';
        return [{ ...unchecked, verdict: 'pass', severity, at }];
      }
      if (status !== 'fail') return [];
      const grave = findings.filter(
        finding => finding.severity === 'critical' || finding.severity === 'high',
      );
      return (grave.length > 0 ? grave : findings.slice(0, 1)).map(finding => ({
        ...unchecked,
        verdict: 'fail',
        severity: finding.severity,
        at: placeOf(finding.places[0]?.at),
      }));
    }),
  );
  return new Map(rows.map(row => [keyOf(row), row]));
}

const before = Corpus.parse(JSON.parse(readFileSync(file, 'utf8')));
const result = await assessPath(checkout);
if (!result.ok) throw new Error(result.what);
const rows = rowsOf(result.assessment);
const judged = new Map(before.judgements.map(row => [keyOf(row), row]));
const judgements = [...rows].map(([key, row]): Row => {
  const { judged: is = 'unchecked', why } = judged.get(key) ?? {};
  const { service, control, verdict, severity, at } = row;
  return { service, control, verdict, severity, at, judged: is, ...(why !== undefined && { why }) };
});

for (const [key, row] of judged) if (!rows.has(key)) console.log(`gone: ${key} (${row.judged})`);
for (const key of rows.keys()) if (!judged.has(key)) console.log(`new: ${key}`);
const count = (is: Row['judged']): string => `${judgements.filter(row => row.judged === is).length} ${is}`;
const { readiness } = result.assessment;
console.log(
  `${before.repository}: ${readiness}, ${count('right')}, ${count('wrong')}, ${count('unchecked')}`,
);
writeFileSync(file, `${JSON.stringify({ ...before, readiness, judgements }, null, 2)}\n`);
