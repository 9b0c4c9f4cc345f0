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
