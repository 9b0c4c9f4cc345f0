import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textFilter } from './text-filter.ts';

test('never says of a word in the text that it is not there', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.string(),
      (before, word, after) => {
        expect(textFilter(before + word + after)(word)).toBe(true);
      },
    ),
  );
});

test('says of most other words that they are not', () => {
  const holds = textFilter('def total(self, rate):\n    return self.rates[rate]\n');
  expect(['password', 'SECRET', '://', 'environ['].filter(holds)).toEqual([]);
});
