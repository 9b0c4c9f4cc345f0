import { describe, expect, test } from 'vitest';
import { excerptOf, surroundingsOf } from './excerpt.ts';
import { repositoryOf } from './memory.ts';
import { roleOfPlace } from './place-role.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `line ${i + 1}`).join('\n');
const at = (path: string, startLine: number, endLine = startLine) => ({ path, startLine, endLine });

describe('what stands around a place', () => {
  const repository = repositoryOf({ 'app.py': lines(40) });

  test('is two lines before and behind it, as far as there are any', () => {
    expect(surroundingsOf(repository, at('app.py', 10))).toEqual({
      startLine: 8,
      text: 'line 8\nline 9\nline 10\nline 11\nline 12',
    });
    expect(surroundingsOf(repository, at('app.py', 1)).text).toBe('line 1\nline 2\nline 3');
    expect(surroundingsOf(repository, at('app.py', 40)).text).toBe('line 38\nline 39\nline 40');
  });

  test('ends where a long place is cut', () => {
    expect(surroundingsOf(repository, at('app.py', 10, 30)).text.split('\n')).toHaveLength(2 + 8);
    expect(excerptOf(repository, at('app.py', 10, 30)).split('\n')).toHaveLength(8);
  });

  test('is nothing where the file was not read', () => {
    expect(surroundingsOf(repository, at('gone.py', 3))).toEqual({ startLine: 3, text: '' });
  });

  test('hides a secret whose name stands above what is shown', () => {
    const far = ['PASSWORD = (', '', '', '', "    'correct-horse-battery'", ')', 'go()'].join('\n');
    expect(surroundingsOf(repositoryOf({ 'app.py': far }), at('app.py', 7)).text).not.toMatch(/horse/);
  });

  test('shows the place alone where a key over several lines stands near', () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'abc', 'def', '-----END RSA PRIVATE KEY-----', 'go()'];
    const shown = surroundingsOf(repositoryOf({ 'app.py': key.join('\n') }), at('app.py', 5));
    expect(shown).toEqual({ startLine: 5, text: 'go()' });
  });
});

test.each([
  ['k8s/web.yaml', 'apiVersion: v1\nkind: Service\n', 'manifest'],
  ['chart/values.yaml', 'replicas: 2\n', 'manifest'],
  ['deploy/docker-compose.prod.yml', 'services: {}\n', 'compose'],
  ['.env.production', 'A=1\n', 'environment'],
  ['Dockerfile.web', 'FROM scratch\n', 'image'],
  ['shop/settings/base.py', '', 'settings'],
  ['shop/config.py', '', 'settings'],
  ['shop/orders.py', '', 'code'],
  ['nginx/default.conf', '', 'proxy'],
  ['.github/workflows/ci.yml', 'on: push\n', 'pipeline'],
  ['requirements.txt', '', 'dependencies'],
  ['schema.sql', '', 'database'],
  ['README.md', '', 'document'],
  ['data.bin', '', 'file'],
])('%s is a place of its kind', (path, text, role) => {
  expect(roleOfPlace(repositoryOf({ [path]: text }), path)).toBe(role);
});
