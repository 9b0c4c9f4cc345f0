import { expect, test } from 'vitest';
import { wantedText } from './wanted.ts';

test.each([
  ['static/shop.css', 'yes'],
  ['static/shop.min.css', 'minified'],
  ['static/shop.woff2', 'no'],
] as const)('%s: %s', (path, wanted) => {
  expect(wantedText(path)).toBe(wanted);
});
