import { describe, expect, test } from 'vitest';
import { patternOf } from './pattern.ts';

describe('patterns of a repository', () => {
  test.each([
    ['^/((?!api|_next/static).*)$', '/orders', true],
    ['^/((?!api|_next/static).*)$', '/api/orders', false],
    ['^/dashboard(/.*)?$', '/dashboard', true],
    ['^/dashboard(/.*)?$', '/dashboards', false],
    ['\\.(png|jpe?g)$', '/a.jpg', true],
    ['^/[a-z]{2}/x\\d+$', '/de/x12', true],
    ['^/[^/]+$', '/a/b', false],
    ['a+?b', 'xxaab', true],
  ])('%s on %s', (source, text, expected) => {
    expect(patternOf(source)?.matches(text)).toBe(expected);
    expect(new RegExp(source).test(text)).toBe(expected);
  });

  test('one that is made to be slow has no answer', () => {
    expect(patternOf('^(a+)+$')?.matches(`${'a'.repeat(60)}!`)).toBeUndefined();
  });

  test('what is not understood has none either', () => {
    expect(patternOf('(a)\\1')).toBeUndefined();
    expect(patternOf('(?<=a)b')).toBeUndefined();
    expect(patternOf('(a')).toBeUndefined();
  });
});
