import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Control } from '../src/model/index.ts';

/** One verdict of seaworthy on a real repository, and what a person who opened the code says of it. */
export const CorpusRow = z.strictObject({
  service: z.string(),
  control: z.string(),
  verdict: z.enum(['pass', 'fail']),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  /** `path:line`; empty for an absence without a place. */
  at: z.string(),
  judged: z.enum(['right', 'wrong', 'unchecked']),
  why: z.string().optional(),
});

export const Corpus = z.strictObject({
  repository: z.string(),
  commit: z.string(),
  readiness: z.string(),
  judgements: z.array(CorpusRow),
});

/** Why a control is stable of which no verdict was judged yet. */
const Reasons = z.record(z.string(), z.string());

export interface Measured {
  readonly findings: { readonly right: number; readonly wrong: number };
  readonly passes: { readonly right: number; readonly wrong: number };
  readonly repositories: number;
}

export const corpora = (): readonly z.infer<typeof Corpus>[] =>
  readdirSync('corpus')
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => Corpus.parse(JSON.parse(readFileSync(`corpus/${name}`, 'utf8'))));

export const reasons = (): Readonly<Record<string, string>> =>
  Reasons.parse(JSON.parse(readFileSync('docs/decisions/stable-without-corpus.json', 'utf8')));

/** What was judged of one control over all repositories. */
export function measured(id: string, all = corpora()): Measured {
  const rows = all.flatMap(({ repository, judgements }) =>
    judgements
      .filter(row => row.control === id && row.judged !== 'unchecked')
      .map(row => ({ ...row, repository })),
  );
  const count = (verdict: string, judged: string) =>
    rows.filter(row => row.verdict === verdict && row.judged === judged).length;
  return {
    findings: { right: count('fail', 'right'), wrong: count('fail', 'wrong') },
    passes: { right: count('pass', 'right'), wrong: count('pass', 'wrong') },
    repositories: new Set(rows.map(row => row.repository)).size,
  };
}

/** At least nine of ten findings must be right. */
const LEAST_PRECISION = 0.9;
/** Below this count one wrong finding says nothing of a share: then one is allowed. */
const FEWEST = 10;

/** Whether what was judged allows a control to gate; else why it does not. */
export function mayGate(control: Control, { findings, passes, repositories }: Measured): true | string {
  if (control.id.startsWith('attest/')) return true;
  if (repositories === 0)
    return control.id in reasons() ? true : 'no verdict was judged on a real repository';
  const total = findings.right + findings.wrong;
  const isPrecise = total >= FEWEST ? findings.right / total >= LEAST_PRECISION : findings.wrong <= 1;
  if (!isPrecise) return `${findings.wrong} of ${total} findings were wrong`;
  return passes.wrong > Math.max(1, passes.right)
    ? `${passes.wrong} of ${passes.right + passes.wrong} passes were wrong`
    : true;
}

/** `docs/ledger.md`: why each control is on trial or stable. */
export function ledgerPage(controls: readonly Control[]): string {
  const all = corpora();
  const rows = controls.map(control => {
    const { findings, passes, repositories } = measured(control.id, all);
    const total = findings.right + findings.wrong;
    const precision = total === 0 ? '–' : `${Math.round((100 * findings.right) / total)} %`;
    const why = control.id.startsWith('attest/')
      ? 'a statement decides, nothing is guessed'
      : repositories === 0
        ? (reasons()[control.id] ?? 'not measured yet')
        : '';
    return `| [${control.id}](controls/${control.id}.md) | ${control.stage} | ${findings.right} | ${findings.wrong} | ${precision} | ${passes.right} | ${passes.wrong} | ${repositories} | ${why} |`;
  });
  return [
    '# The ledger',
    '',
    'Written by `npm run generate` from `corpus/`: verdicts on real repositories at a commit, each judged by somebody who opened the code. A control is stable, that is, it scores and gates, when at least nine of ten of its judged findings were right (with fewer than ten, when at most one was wrong) and its passes were rather right than wrong; one that rests on a name alone never is. Trial controls are shown apart.',
    '',
    `${all.length} repositories: ${all.map(({ repository }) => repository).join(', ')}.`,
    '',
    '| control | stage | findings right | wrong | precision | passes right | wrong | repositories | why without measure |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...rows,
    '',
  ].join('\n');
}
