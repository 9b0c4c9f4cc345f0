import { expect, test } from 'vitest';
import { dockerIgnore } from './dockerignore.ts';

test.each([
  ['.env', '.env', true],
  ['.env', 'backend/.env', false],
  ['**/.env', 'backend/.env', true],
  ['backend/', 'backend/app.py', true],
  ['*.md', 'README.md', true],
  ['*.md', 'docs/README.md', false],
  ['*\n!app.py', 'app.py', false],
  ['*\n!app.py', 'other.py', true],
  ['# .env', '.env', false],
  ['/.git', '.git', true],
  ['**/node_modules', 'a/b/node_modules/c.js', true],
  ['temp?', 'tempa', true],
  ['[', '[', true],
])('%j on %s: %s', (patterns, path, expected) => {
  expect(dockerIgnore(patterns).ignores(path)).toBe(expected);
});

test.each([
  ['a/../.env', '.env', true],
  ['./app', 'app/main.py', true],
  ['**', 'a/b', true],
  ['**/*.py', 'main.py', true],
  ['docs/**', 'docs/a/b.md', true],
  ['docs/**', 'docs', false],
  ['[a-c].py', 'b.py', true],
  ['[^a-c].py', 'b.py', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  [' # x', '# x', true],
  ['\uFEFF.env', '.env', true],
  ['app\n!app/keep.py', 'app/keep.py', false],
  ['!app\napp', 'app', true],
  ['a.py', 'axpy', false],
])('%j on %s: %s, too', (patterns, path, expected) => {
  expect(dockerIgnore(patterns).ignores(path)).toBe(expected);
});

test('a line made to take for ever comes to an end', () => {
  // Backtracking does not end before the limit of the runner.
  for (const pattern of ['*a'.repeat(50) + 'b', '**/a*/'.repeat(20) + 'b', '**a'.repeat(50) + 'b'])
    for (const path of ['a'.repeat(250), Array(100).fill('aa').join('/')])
      expect(dockerIgnore(pattern).ignores(path)).toBe(false);
});
