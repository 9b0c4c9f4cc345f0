import { expect, test } from 'vitest';
import { corpora, mayGate, measured, reasons } from '../scripts/ledger.ts';
import { controls } from '../src/controls/index.ts';

const all = corpora();

test('the corpus and the reasons speak of controls that are there', () => {
  const ids = new Set<string>(controls.map(({ id }) => id));
  const named = [
    ...all.flatMap(({ judgements }) => judgements.map(({ control }) => control)),
    ...Object.keys(reasons()),
  ];
  expect([...new Set(named)].filter(id => !ids.has(id))).toEqual([]);
});

test('a judgement that a verdict is wrong says why', () => {
  const silent = all.flatMap(({ repository, judgements }) =>
    judgements
      .filter(({ judged, why }) => judged === 'wrong' && (why ?? '') === '')
      .map(({ control, at }) => `${repository} ${control} ${at}`),
  );
  expect(silent).toEqual([]);
});

test('what gates has been measured', () => {
  const unearned = controls
    .filter(({ stage }) => stage === 'stable')
    .flatMap(control => {
      const earned = mayGate(control, measured(control.id, all));
      return earned === true ? [] : [`${control.id}: ${earned}`];
    });
  expect(unearned).toEqual([]);
});
