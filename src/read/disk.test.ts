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

describe('whose files they are', () => {
  test('without git, what lies in a folder tells whether tools made it', async () => {
    const repository = await read(
      folder({
        'build/Dockerfile': 'FROM scratch\n',
        'dist/index.html': '<html>',
        'dist/app.py': 'x = 1\n',
        'env/bin/activate': '',
        'env/tool.py': 'x',
        'vendor/flask/app.py': 'x',
      }),
    );
    expect(repository.files).toMatchObject([{ path: 'build/Dockerfile', tracked: 'unclear' }]);
    expect(repository.skipped.map(({ path }) => path)).toEqual(['dist/', 'env/', 'vendor/']);
  });

  test('a folder of a checkout, and one that the checkout does not know', async () => {
    const root = folder({
      '.gitignore': '.env\nscratch/\n',
      'shop/app.py': 'x = 1\n',
      'scratch/app.py': 'x = 1\n',
    });
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'first');
    const shop = await read(join(root, 'shop'));
    expect(shop.files).toMatchObject([{ path: 'app.py', tracked: 'yes' }]);
    expect(shop.isIgnored('.env')).toBe(true);
    const scratch = await read(join(root, 'scratch'));
    expect(scratch).toMatchObject({
      files: [{ path: 'app.py', tracked: 'unclear' }],
      commit: { state: 'none' },
    });
  });

  test('code that git does not know makes the tree another than the commit, a report does not', async () => {
    const root = folder({ 'app.py': 'x = 1\n' });
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'first');
    writeFileSync(join(root, 'readiness.md'), '# Report\n');
    expect((await read(root)).commit).toMatchObject({ dirty: false });
    writeFileSync(join(root, 'more.py'), 'x = 1\n');
    expect((await read(root)).commit).toMatchObject({ dirty: true });
  });

  test('a repository within is its own, also where it is no submodule', async () => {
    const root = folder({ 'app.py': 'x = 1\n', 'inner/app.py': 'x = 1\n' });
    git(root, 'init', '-q');
    git(join(root, 'inner'), 'init', '-q');
    expect((await read(root)).skipped).toEqual([{ path: 'inner/', because: 'a repository of its own' }]);
  });

  test('two readings are the same', async () => {
    const root = folder({ 'b.py': 'x', 'a/c.py': 'x', 'a.py': 'x', 'logo.min.js': 'x' });
    expect(JSON.stringify(await read(root))).toBe(JSON.stringify(await read(root)));
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
  }, 180_000); // making the files takes most of it

  test('what may not be read is said, as an ordinary user would meet it', () => {
    const root = folder({ 'app.py': 'x = 1\n', 'closed/a.py': 'x = 1\n', 'secret.py': 'x = 1\n' });
    chmodSync(join(root, 'closed'), 0o000);
    chmodSync(join(root, 'secret.py'), 0o000);
    chmodSync(root, 0o755);
    const asUser = (path: string): unknown => {
      const script = join(folder({}), 'read.mjs');
      chmodSync(join(script, '..'), 0o755);
      const disk = join(import.meta.dirname, 'disk.ts');
      // Nobody may run the loader that translates while reading, so the files are translated before.
      const bundle = `${script}.bundle.mjs`;
      execFileSync(join(import.meta.dirname, '../../node_modules/.bin/esbuild'), [disk, '--bundle', '--platform=node', '--format=esm', '--target=node20', '--external:node:*', `--outfile=${bundle}`, '--log-level=error', '--banner:js=import{createRequire as r}from"node:module";const require=r(import.meta.url);']); // prettier-ignore
      writeFileSync(script, `const { readRepository } = await import(${JSON.stringify(bundle)}); process.stdout.write(JSON.stringify(await readRepository(process.argv[2])));`); // prettier-ignore
      const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
      return JSON.parse(execFileSync(process.execPath, [script, path], { cwd: '/', ...user }).toString());
    };
    expect(asUser(root)).toMatchObject({
      ok: true,
      repository: {
        files: [{ path: 'app.py' }],
        skipped: [
          { path: 'closed/', because: 'cannot be listed (EACCES)' },
          { path: 'secret.py', because: 'cannot be read (EACCES)' },
        ],
      },
    });
    expect(asUser(join(root, 'closed'))).toMatchObject({ ok: false });
    chmodSync(join(root, 'closed'), 0o755);
  });

  test('a line that is really fifty megabytes long, within a bound that would let it in', async () => {
    const root = folder({ 'long.py': Buffer.alloc(50_000_000, 'a') });
    const repository = await read(root, { ...BOUNDS, fileBytes: 100_000_000 });
    expect(repository.skipped).toMatchObject([{ path: 'long.py' }]);
  });

  test('twelve hundred folders in each other', async () => {
    const root = folder({});
    try {
      // Step by step, as the whole path is too long for the system.
      const dig = "for (let i = 0; i < 1200; i++) { fs.mkdirSync('folder'); process.chdir('folder'); }";
      execFileSync(process.execPath, ['-e', dig], { cwd: root });
      expect((await read(root)).skipped).toMatchObject([{ because: 'deeper than 64 folders' }]);
      const all = await read(root, { ...BOUNDS, depth: 10_000 });
      expect(all.skipped).toMatchObject([{ because: 'cannot be listed (ENAMETOOLONG)' }]);
    } finally {
      execFileSync('rm', ['-rf', root]);
    }
  });

  test('names that are no text, and pipes', async () => {
    const root = folder({ 'app.py': 'x = 1\n' });
    writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff]), Buffer.from('.py')]), 'x');
    execFileSync('mkfifo', [join(root, 'pipe.py')]);
    const repository = await read(root);
    expect(repository.files.map(({ path }) => path)).toEqual(['app.py']);
    expect(repository.skipped.map(({ path }) => path)).toEqual(['bad\uFFFD.py', 'pipe.py']);
  });

  test('names with control characters are kept as they are', async () => {
    const names = ['a\nb\u001b[31m.py', 'back\\slash.py', '-rf.py', ' .py', '...py', '!x.py', '#x.py'];
    const repository = await read(folder({ '.gitignore': 'y\n', ...Object.fromEntries(names.map(name => [name, 'x = 1\n'])) })); // prettier-ignore
    expect(repository.files.map(({ path }) => path)).toEqual([...names, '.gitignore'].sort());
  });

  test('many of one kind in one folder are one record, and there is a last record', async () => {
    const root = folder(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`js/f${i}.min.js`, 'x'])));
    expect((await read(root)).skipped).toEqual([
      { path: 'js/', because: '30 files or folders in it: minified' },
    ]);
    const many = folder(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`d${i}/f.min.js`, 'x'])));
    const { skipped } = await read(many, { ...BOUNDS, skipped: 10 });
    expect(skipped).toHaveLength(10);
    expect(skipped.at(-1)?.because).toBe('21 more were left out than are listed here');
  });

  test('where not all can be read, production comes first', async () => {
    const root = folder({ 'a/data.md': 'x'.repeat(900), 'tests/test_a.py': 'x'.repeat(900), 'z/app.py': 'x'.repeat(900) }); // prettier-ignore
    const repository = await read(root, { ...BOUNDS, totalBytes: 1_000 });
    expect(repository.files.map(({ path }) => path)).toEqual(['z/app.py']);
    expect(repository.skipped.map(({ path }) => path)).toEqual(['a/data.md', 'tests/test_a.py']);
  });

  test('a bound on the number of files cuts off what is deep', async () => {
    const root = folder({ 'a/b/c/d.py': 'x', 'a/b/e.py': 'x', 'z.py': 'x = 1\n' });
    expect((await read(root, { ...BOUNDS, entries: 3 })).files.map(({ path }) => path)).toEqual(['z.py']);
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
