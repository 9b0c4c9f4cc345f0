import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { BOUNDS, type Bounds } from './bounds.ts';
import { readRepository } from './disk.ts';

const made: string[] = [];
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'shop-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function read(root: string, bounds: Bounds = BOUNDS) {
  const result = await readRepository(root, bounds);
  if (!result.ok) throw new Error(result.what);
  return result.repository;
}

const git = (root: string, ...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    stdio: 'pipe',
  }).toString();

describe('what is read', () => {
  test('text files by name and ending, launchers by their first line; others are known to exist', async () => {
    const repository = await read(
      folder({
        'app.py': 'x = 1\n',
        'bin/run': '#!/bin/sh\nexec true\n',
        'bin/tool': 'binary-ish',
        'logo.png': 'x',
      }),
    );
    expect(repository.files.map(file => file.path)).toEqual(['app.py', 'bin/run']);
    expect(repository.exists('logo.png')).toBe(true);
    expect(repository.exists('bin')).toBe(true);
    expect(repository.exists('nothing')).toBe(false);
  });

  test('what git ignores is left out, but not what git tracks all the same', async () => {
    const root = folder({
      '.gitignore': '.env\n*.log.py\n',
      '.env': 'A=1\n',
      'x.log.py': 'x = 1\n',
      'app.py': 'x = 1\n',
    });
    git(root, 'init', '-q');
    git(root, 'add', '-f', '.env', 'app.py', '.gitignore');
    git(root, 'commit', '-qm', 'first');
    const repository = await read(root);
    expect(repository.files.map(file => [file.path, file.tracked])).toEqual([
      ['.env', 'yes'],
      ['.gitignore', 'yes'],
      ['app.py', 'yes'],
    ]);
    expect(repository.commit).toMatchObject({
      state: 'known',
      id: git(root, 'rev-parse', 'HEAD').trim(),
      dirty: false,
    });
    writeFileSync(join(root, 'app.py'), 'x = 2\n');
    expect((await read(root)).commit).toMatchObject({ dirty: true });
  });

  test('tool folders are left out and said; a tracked folder called build is not', async () => {
    const root = folder({
      'node_modules/a/index.js': '1',
      'build/steps.py': 'x = 1\n',
      'dist/out.py': 'x = 1\n',
      'env2/pyvenv.cfg': '',
      'env2/lib.py': 'x',
    });
    git(root, 'init', '-q');
    git(root, 'add', 'build/steps.py');
    const repository = await read(root);
    expect(repository.files.map(file => file.path)).toEqual(['build/steps.py']);
    expect(repository.skipped.map(({ path }) => path)).toEqual(['dist/', 'env2/', 'node_modules/']);
  });

  test('old encodings are read, NUL bytes are not text', async () => {
    const repository = await read(
      folder({
        'latin.py': Buffer.from('name = "größe"\n', 'latin1'),
        'wide.py': Buffer.from('\ufeffx = 1\n', 'utf16le'),
        'nul.py': Buffer.from([120, 0, 61, 49]),
      }),
    );
    expect(repository.file('latin.py')?.text).toBe('name = "größe"\n');
    expect(repository.file('wide.py')?.text).toBe('x = 1\n');
    expect(repository.skipped).toMatchObject([{ path: 'nul.py' }]);
  });
});

describe('hostile folders', () => {
  test('links are not followed, neither out of the tree nor in circles', async () => {
    const outside = folder({ 'secret.py': 'TOKEN = "x"\n' });
    const root = folder({ 'app.py': 'x = 1\n' });
    symlinkSync(join(outside, 'secret.py'), join(root, 'stolen.py'));
    symlinkSync(outside, join(root, 'away'));
    symlinkSync(root, join(root, 'self'));
    const repository = await read(root);
    expect(repository.files.map(file => file.path)).toEqual(['app.py']);
    expect(repository.skipped.map(({ because }) => because)).toEqual(Array(3).fill('a link: not followed'));
  });

  test('a line of fifty megabytes, a huge file and minified code are left out with a reason', async () => {
    const root = folder({ 'long.py': `x = "${'a'.repeat(300_000)}"\n`, 'lib.min.js': 'a' });
    writeFileSync(join(root, 'huge.py'), '');
    truncateSync(join(root, 'huge.py'), 50_000_000);
    expect((await read(root)).skipped.map(({ path }) => path)).toEqual(['huge.py', 'lib.min.js', 'long.py']);
  });

  test('depth, number and names are bounded, control characters in names do no harm', async () => {
    const deep = Array.from({ length: 120 }, (_, index) => `d${index}`).join('/');
    const root = folder({ [`${deep}/app.py`]: 'x = 1\n', 'a\nb\u001b[31m.py': 'x = 1\n' });
    const repository = await read(root);
    expect(repository.skipped.some(({ because }) => because.startsWith('deeper than'))).toBe(true);
    const few = await read(root, { ...BOUNDS, entries: 10 });
    expect(few.skipped.some(({ because }) => because.startsWith('more than 10 files'))).toBe(true);
  });

  test('a hundred thousand files end in a repository', async () => {
    const root = folder({});
    for (let i = 0; i < 100; i++) {
      mkdirSync(join(root, `f${i}`));
      for (let j = 0; j < 1_000; j++) writeFileSync(join(root, `f${i}`, `x${j}.txt2`), '');
    }
    expect((await read(root)).files).toEqual([]);
  });

  test('what may not be read is said, as an ordinary user would meet it', async () => {
    const root = folder({ 'app.py': 'x = 1\n', 'closed/a.py': 'x = 1\n' });
    chmodSync(join(root, 'closed'), 0o000);
    const isRoot = process.getuid?.() === 0;
    const repository = await read(root);
    if (!isRoot) expect(repository.skipped).toMatchObject([{ path: 'closed/' }]);
    chmodSync(join(root, 'closed'), 0o755);
  });

  test('a file, nothing, and an empty folder', async () => {
    const root = folder({ 'app.py': 'x = 1\n' });
    expect(await readRepository(join(root, 'app.py'))).toMatchObject({
      ok: false,
      what: expect.stringContaining('is a file') as string,
    });
    expect(await readRepository(join(root, 'none'))).toMatchObject({ ok: false });
    expect((await read(folder({}))).files).toEqual([]);
  });
});
