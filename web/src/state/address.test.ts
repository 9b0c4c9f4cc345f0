import type { FindingGroup } from 'seaworthy';
import { expect, test } from 'vitest';
import { targetOf } from './address.ts';

const groups = [
  { id: 'web-cors-high', findings: [{ ids: ['aaa', 'bbb'] }, { ids: ['ccc'] }] },
] as unknown as readonly FindingGroup[];

test.each([
  ['#finding-ccc', { group: 'web-cors-high', element: 'finding-ccc' }],
  ['#finding-bbb', { group: 'web-cors-high', element: 'finding-aaa' }],
  ['#control-web-cors-high', { group: 'web-cors-high', element: 'control-web-cors-high' }],
  ['#findings', undefined],
  ['#finding-zzz', undefined],
  ['#%E0%A4%A', undefined],
  ['', undefined],
])('%s', (hash, target) => {
  expect(targetOf(hash, groups)).toEqual(target);
});
