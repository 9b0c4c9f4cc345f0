import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-html-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the command line writes the report to a file, the same each time', async () => {
  const reports = await Promise.all(
    ['a.html', 'b.html'].map(async name => {
      const file = join(folder, name);
      const options = ['--format', 'html', '--output', file, '--fail-on', 'never', '--today', '2026-11-21'];
      await run(process.execPath, ['dist/cli/main.js', 'assess', 'specimens/datalogic', ...options]);
      return readFileSync(file, 'utf8');
    }),
  );
  expect(reports[0]).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(reports[0]).toBe(reports[1]);
});

test('the package holds what the report is made of, and nothing that is only needed to build it', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    maxBuffer: 10_000_000,
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path);
  for (const name of ['render.js', 'report.js', 'report.css', 'early.js'])
    expect(paths).toContain(`dist/web/${name}`);
  expect(paths.filter(path => path.startsWith('web/'))).toEqual([]);
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(Object.keys(dependencies).filter(name => /preact|vite|playwright|axe/.test(name))).toEqual([]);
});
