import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { BOUNDS } from '../bounds.ts';
import { checkoutAt } from './checkout.ts';
import { readIndex } from './index-file.ts';
import { treeOfCommit } from './objects.ts';

const made: string[] = [];
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'git-')));
  made.push(root);
  return root;
}

const git = (root: string, ...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'protocol.file.allow=always', ...args], { stdio: 'pipe' }).toString().trim(); // prettier-ignore

function repository(files: Readonly<Record<string, string>>, ...how: string[]): string {
  const root = folder();
  git(root, 'init', '-q', ...how);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git(root, 'add', '-A', '-f');
  git(root, 'commit', '-qm', 'first');
  return root;
}

const at = (root: string) => checkoutAt(root, BOUNDS);
const FILES = { 'app.py': 'x = 1\n', 'lib/a.py': 'y = 1\n', 'lib-b.py': 'z = 1\n', 'lib/deep/c.py': '' };

describe('the commit and whether the tree differs from it', () => {
  const isClean = (root: string) => {
    expect(at(root)?.commit).toEqual({ state: 'known', id: git(root, 'rev-parse', 'HEAD'), dirty: false });
  };
  const isDirty = (root: string) => {
    expect(at(root)?.commit).toMatchObject({ state: 'known', dirty: true });
  };

  test.each([2, 3, 4])('an index of version %s', version => {
    const root = repository(FILES);
    git(root, 'update-index', '--index-version', String(version));
    isClean(root);
    expect([...(at(root)?.tracked ?? [])].sort()).toEqual(Object.keys(FILES).sort());
  });

  test('hashes of 256 bits', () => {
    isClean(repository(FILES, '--object-format=sha256'));
  });

  test('packed objects and branches, also as changes of others', () => {
    const root = repository(FILES);
    for (let i = 0; i < 20; i++) git(root, 'commit', '-q', '--allow-empty', '-m', `${'the same long text '.repeat(200)}${i}`); // prettier-ignore
    git(root, 'gc', '-q', '--aggressive');
    isClean(root);
    const commits = git(root, 'rev-list', 'HEAD').split('\n');
    expect(commits.map(id => treeOfCommit(join(root, '.git'), id))).toEqual(
      commits.map(id => git(root, 'rev-parse', `${id}^{tree}`)),
    );
  });

  test('what is staged and not committed is a change', () => {
    const root = repository(FILES);
    writeFileSync(join(root, 'app.py'), 'x = 2\n');
    git(root, 'add', 'app.py');
    isDirty(root);
  });

  test('touched is not changed, and line ends are git’s business', () => {
    const root = repository(FILES);
    utimesSync(join(root, 'app.py'), 1, 1);
    isClean(root);
    writeFileSync(join(root, 'app.py'), 'x = 1\r\n');
    // What a checkout on Windows leaves: the index holds the size of the file as it lies there.
    git(root, '-c', 'core.autocrlf=true', 'add', '--renormalize', 'app.py');
    utimesSync(join(root, 'app.py'), 1, 1);
    isClean(root);
  });

  test('a file that is gone, a link in its place, a folder that became a link', () => {
    const gone = repository(FILES);
    rmSync(join(gone, 'app.py'));
    isDirty(gone);
    const linked = repository(FILES);
    renameSync(join(linked, 'lib'), join(folder(), 'lib'));
    symlinkSync(made.at(-1) ?? '', join(linked, 'lib'));
    isDirty(linked);
  });

  test('a sparse checkout misses nothing', () => {
    const root = repository(FILES);
    git(root, 'sparse-checkout', 'set', '--no-cone', '/app.py');
    isClean(root);
  });

  test('more than may be hashed is taken as changed, and said', () => {
    const root = repository(FILES);
    utimesSync(join(root, 'app.py'), 1, 1);
    const checkout = checkoutAt(root, { ...BOUNDS, comparedBytes: 1 });
    expect(checkout?.commit).toMatchObject({ dirty: true });
    expect(checkout?.gaps).toHaveLength(1);
  });

  test('branches of any name, none, and no commit yet', () => {
    const root = repository(FILES);
    git(root, 'checkout', '-q', '-b', 'fix/#12@größe');
    isClean(root);
    git(root, 'checkout', '-q', '--detach');
    isClean(root);
    const fresh = folder();
    git(fresh, 'init', '-q');
    expect(at(fresh)).toMatchObject({ commit: { state: 'none' }, tracked: new Set() });
  });
});

describe('where the checkout is', () => {
  test('a folder of it knows its own files and the rules above', () => {
    const root = repository({ ...FILES, '.gitignore': '.env\n', 'lib/deep/.gitignore': 'x\n' });
    const checkout = at(join(root, 'lib'));
    expect(checkout?.prefix).toBe('lib');
    expect([...(checkout?.tracked ?? [])].sort()).toEqual(['a.py', 'deep/.gitignore', 'deep/c.py']);
    expect(checkout?.ignores.map(({ patterns }) => patterns)).toContain('.env\n');
    expect(checkout?.commit).toMatchObject({ state: 'known', dirty: false });
  });

  test('worktrees and submodules, whose .git is a file', () => {
    const root = repository(FILES);
    const tree = join(folder(), 'tree');
    git(root, 'worktree', 'add', '-q', '-b', 'other', tree);
    expect(at(tree)?.commit).toMatchObject({ state: 'known', dirty: false });
    const outer = repository({ 'x.py': '' });
    git(outer, 'submodule', 'add', '-q', root, 'inner');
    expect(at(join(outer, 'inner'))?.commit).toMatchObject({ state: 'known', dirty: false });
    expect(at(outer)?.submodules).toEqual(new Set(['inner']));
  });

  test('none', () => {
    expect(at(folder())).toBeUndefined();
  });
});

describe('hostile .git folders', () => {
  const id = 'a'.repeat(40);

  test('a .git that names somebody else’s repository is not believed', () => {
    const other = repository(FILES);
    const root = folder();
    writeFileSync(join(root, '.git'), `gitdir: ${join(other, '.git')}\n`);
    expect(at(root)).toBeUndefined();
    const linked = folder();
    symlinkSync(join(other, '.git'), join(linked, '.git'));
    expect(at(linked)).toBeUndefined();
  });

  test('links and pipes in it are not opened', () => {
    const root = repository(FILES);
    const outside = folder();
    writeFileSync(join(outside, 'HEAD'), id);
    rmSync(join(root, '.git', 'HEAD'));
    symlinkSync(join(outside, 'HEAD'), join(root, '.git', 'HEAD'));
    expect(at(root)?.commit).toEqual({ state: 'none' });
    rmSync(join(root, '.git', 'HEAD'));
    execFileSync('mkfifo', [join(root, '.git', 'HEAD')]);
    expect(at(root)?.commit).toEqual({ state: 'none' });
    writeFileSync(join(outside, 'main'), id);
    rmSync(join(root, '.git', 'HEAD'));
    writeFileSync(join(root, '.git', 'HEAD'), 'ref: refs/heads/away/main');
    symlinkSync(outside, join(root, '.git', 'refs', 'heads', 'away'));
    expect(at(root)?.commit).toEqual({ state: 'none' });
  });

  test('programs in its configuration are not run', () => {
    const root = repository(FILES);
    const mark = join(root, 'ran');
    appendFileSync(join(root, '.git', 'config'), `[core]\n\tfsmonitor = touch ${mark}\n\tsshCommand = touch ${mark}\n[filter "x"]\n\tclean = touch ${mark}\n`); // prettier-ignore
    writeFileSync(join(root, '.git', 'info', 'attributes'), '* filter=x\n');
    writeFileSync(join(root, 'app.py'), 'x = 2\n');
    at(root);
    expect(() => readFileSync(mark)).toThrow();
  });

  test('an index with paths out of the tree, cut off, split or no index at all is not believed', () => {
    const root = repository({ 'aa/app.py': 'x = 1\n' });
    const file = join(root, '.git', 'index');
    const bytes = readFileSync(file);
    const forged = Buffer.from(bytes.toString('latin1').replace('aa/app.py', '../app.py'), 'latin1');
    expect(readIndex(bytes)).toHaveLength(1);
    expect(readIndex(forged)).toBeUndefined();
    for (let length = 0; length < 90; length++) readIndex(bytes.subarray(0, length));
    expect(readIndex(bytes.subarray(0, 80))).toBeUndefined();
    writeFileSync(file, forged);
    expect(at(root)).toMatchObject({ tracked: undefined, commit: { state: 'known', dirty: true } });
    expect(at(root)?.gaps).toHaveLength(1);
    const split = repository(FILES);
    git(split, 'update-index', '--split-index');
    expect(at(split)?.tracked).toBeUndefined();
  });

  test('damaged objects say nothing', () => {
    const root = repository(FILES);
    const head = git(root, 'rev-parse', 'HEAD');
    const object = join(root, '.git', 'objects', head.slice(0, 2), head.slice(2));
    rmSync(object);
    writeFileSync(object, 'no zlib');
    expect(treeOfCommit(join(root, '.git'), head)).toBeUndefined();
    expect(at(root)?.commit).toEqual({ state: 'known', id: head, dirty: false });
  });

  test('a copy of a checkout is as clean as the checkout', () => {
    const root = repository(FILES);
    const copy = join(folder(), 'copy');
    cpSync(root, copy, { recursive: true });
    expect(at(copy)?.commit).toMatchObject({ dirty: false });
  });
});
