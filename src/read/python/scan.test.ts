import { expect, test } from 'vitest';
import { scan } from './scan.ts';

const TEXT = `from .shop import cart as basket
import os.path as p, sys

class Order(Base):
    def total(self, rate=1):
        import json
        return self.sum(rate) + json.dumps(rate)
`;

const placesOf = (word: string): readonly (readonly [string, boolean])[] => {
  const { words, starts, places } = scan(TEXT);
  const number = words.indexOf(word);
  return [...places.subarray(starts[number], starts[number + 1])].map(
    place => [TEXT.slice(place >> 1, (place >> 1) + word.length), place % 2 === 1] as const,
  );
};

test('notes each place of a name, and whether it is called', () => {
  expect(placesOf('rate')).toEqual([
    ['rate', false],
    ['rate', false],
    ['rate', false],
  ]);
  expect(placesOf('dumps')).toEqual([['dumps', true]]);
  expect(placesOf('sum')).toEqual([['sum', true]]);
});

test('notes imports wherever they stand', () => {
  expect(scan(TEXT).imports.map(({ level, module, name, as }) => [level, module, name, as])).toEqual([
    [1, 'shop', 'cart', 'basket'],
    [0, 'os.path', '', 'p'],
    [0, 'sys', '', 'sys'],
    [0, 'json', '', 'json'],
  ]);
});

test('notes what is defined', () => {
  expect(scan(TEXT).definitions.map(({ name }) => name)).toEqual(['Order', 'total']);
});

test('a print statement of Python 2 is a call', () => {
  const { words, places } = scan('print "x"\n');
  expect(words).toContain('print');
  expect([...places]).toContain(1);
});
