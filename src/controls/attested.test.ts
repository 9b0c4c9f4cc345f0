import { expect, test } from 'vitest';
import type { Attested, Verdict } from '../model/index.ts';
import { withStatements } from './attested.ts';

const stated: Attested = {
  at: { path: 'seaworthy.yaml', startLine: 3, endLine: 3 },
  control: 'recovery/verified',
  who: 'Jane Doe',
  when: '2026-05-01',
  until: '2027-05-01',
  evidence: '',
  frameworks: [],
};
const open: Verdict = { status: 'unknown', because: 'nobody can tell' };
const on = (today: string, verdict: Verdict = open, attestation = stated) =>
  withStatements('recovery/verified', verdict, { attestations: [attestation], today });

test.each(['2026-05-01', '2026-12-24', '2027-05-01'])('decides what is open on %s', today => {
  expect(on(today)).toMatchObject({ status: 'pass', evidence: [{ kind: 'statement', at: stated.at }] });
});

test.each([
  ['2026-04-30', 'nobody can tell; what Jane Doe said begins on 2026-05-01 (seaworthy.yaml:3)'],
  ['2027-05-02', 'nobody can tell; what Jane Doe said ended on 2027-05-01 (seaworthy.yaml:3)'],
])('does not on %s, and says why', (today, because) => {
  expect(on(today)).toEqual({ status: 'unknown', because });
});

test.each<Verdict>([
  { status: 'fail', findings: [{ kind: 'absence', of: 'restore that was tried', searched: [] }] },
  { status: 'pass', evidence: [{ kind: 'place', at: stated.at, says: 'seen' }], exhaustive: false },
  { status: 'not-applicable', because: 'keeps nothing' },
])('leaves what reading has decided: $status', verdict => {
  expect(on('2026-12-24', verdict)).toBe(verdict);
});

test('is about its own control only', () => {
  expect(on('2026-12-24', open, { ...stated, control: 'recovery/plan' })).toBe(open);
});
