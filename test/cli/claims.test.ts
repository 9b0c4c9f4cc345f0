import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { ClaimsDocument } from '../../src/model/index.ts';
import { describedClaims, type DescribedClaims } from '../../src/report/claims-schema.ts';

const CLI = resolve('dist/cli/main.js');
const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'claims', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'claims-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const APP = {
  'app.py':
    'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/health")\ndef health():\n    return "ok"\n',
  'requirements.txt': 'flask==3.0.3\ngunicorn==22.0.0\n',
  Procfile: 'web: gunicorn app:app\n',
};

const documentOf = (out: string): ClaimsDocument => JSON.parse(out) as ClaimsDocument;

describe('seaworthy claims', () => {
  test('says what is refuted and what is supported, with the place of both', () => {
    const root = folder({ ...APP, 'README.md': '# Shop\n\n- [x] Rate limiting\n- [x] `/health` endpoint\n' });
    const { code, out } = run(root);
    expect(code).toBe(0);
    expect(out).toMatch(/✗ README\.md:3 {2}Rate limiting/);
    expect(out).toMatch(/✓ README\.md:4 {2}\/health endpoint\n {4}app\.py:6/);
    expect(run(root, '--fail-on-refuted').code).toBe(1);
    expect(run(root, '--format', 'markdown').out).toContain('| `README.md:3` | Rate limiting |');
  });

  test('writes JSON by its published schema', () => {
    const { out } = run('specimens/quadra-matrix', '--format', 'json');
    const document = documentOf(out);
    expectTypeOf<keyof DescribedClaims>().toEqualTypeOf<keyof ClaimsDocument>();
    expect(() => describedClaims(document)).not.toThrow();
    const schema = JSON.parse(readFileSync('schema/claims.schema.json', 'utf8')) as object;
    const validate = new Ajv2020.default({ strict: false }).compile(schema);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  test('reads the documents that are named, wherever they lie, and no others', () => {
    const root = folder({ ...APP, 'README.md': '- [x] Rate limiting\n', 'docs/A.md': '- [x] Metrics\n' });
    const outside = join(folder({ 'audit.md': '- [x] âœ… CSRF protection\n' }), 'audit.md');
    const { claims } = documentOf(run(root, join(root, 'docs/A.md'), outside, '--format', 'json').out);
    expect(claims.documents.map(({ path }) => path)).toEqual(['docs/A.md', outside]);
    expect(claims.documents[1]?.claims[0]?.text).toBe('CSRF protection');
  });

  test('refuses in one line what it cannot read', () => {
    const root = folder({ ...APP, 'b.md': 'a\0b' });
    for (const document of ['nothing.md', root, join(root, 'b.md')]) {
      const { code, err } = run(root, document);
      expect(code, document).toBe(2);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
    expect(run(root, '--format', 'html').code).toBe(2);
  });

  test('says when there is nothing, and leaves histories and forms alone', () => {
    const root = folder({
      ...APP,
      'CHANGELOG.md': '- [x] Rate limiting\n',
      '.github/PULL_REQUEST_TEMPLATE.md': '- [x] Rate limiting\n',
    });
    const { code, out } = run(root, '--fail-on-refuted');
    expect(code).toBe(0);
    expect(out).toContain('No document was found that claims anything.');
  });

  test('lets no control character and no secret of a document out', () => {
    const key = ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_');
    const root = folder({ ...APP, 'README.md': `- [x] Rate limiting \u001b[2J\u202e with ${key}\n` });
    for (const format of ['terminal', 'markdown', 'json']) {
      const { out } = run(root, '--format', format);
      expect(out).not.toContain('\u001b[2J');
      expect(out).not.toContain(key);
    }
  });

  test('is a part of the report when it is asked for', () => {
    const report = spawnSync(
      process.execPath,
      [CLI, 'assess', 'specimens/datalogic', '--claims', '--format', 'markdown'],
      {
        encoding: 'utf8',
      },
    ).stdout;
    expect(report).toContain('## What the documents claim');
  });
});
