import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Repository } from '../model/index.ts';
import { BOUNDS, type Bounds } from './bounds.ts';
import { readRepository } from './disk.ts';
import { readRevision } from './revision.ts';

const made: string[] = [];
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'revision-')));
  made.push(root);
  return root;
}

const git = (root: string, ...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'protocol.file.allow=always', ...args], { stdio: 'pipe' }).toString().trim(); // prettier-ignore

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function commit(root: string, files: Readonly<Record<string, string>>, message = 'next'): string {
  write(root, files);
  git(root, 'add', '-A', '-f');
  git(root, 'commit', '-qm', message, '--allow-empty');
  return git(root, 'rev-parse', 'HEAD');
}

function repository(files: Readonly<Record<string, string>>, ...how: string[]): string {
  const root = folder();
  git(root, 'init', '-q', '-b', 'main', ...how);
  commit(root, files);
  return root;
}

async function at(root: string, revision: string, bounds: Bounds = BOUNDS): Promise<Repository> {
  const read = await readRevision(root, revision, bounds);
  if (!read.ok) throw new Error(read.what);
  return read.repository;
}

const texts = ({ files }: Repository) => Object.fromEntries(files.map(({ path, text }) => [path, text]));

const FILES = {
  'app.py': 'x = 1\n',
  'lib/deep/b.py': 'y = 1\n',
  'größe.py': 'z = 1\n',
  'bin/run': '#!/bin/sh\n',
  'bin/data': 'no script\n',
  '.gitignore': '.env\n*.log\n',
  'lib/.gitignore': 'made\n',
  'notes.log': 'tracked all the same\n',
  'node_modules/x.js': 'var x;\n',
};

describe('a revision', () => {
  test('is read as its checkout would be', async () => {
    const root = repository(FILES);
    const read = await readRepository(root);
    if (!read.ok) throw new Error(read.what);
    const [there, here] = [read.repository, await at(root, 'HEAD')];
    expect(here.files).toEqual(there.files);
    // What lies in folders that are left out whole is not gone through in a tree: it is not listed.
    const inside = (paths: readonly string[]) => paths.filter(path => !path.startsWith('node_modules/'));
    expect(here.tracked.state === 'unclear' ? [] : here.tracked.value).toEqual(
      there.tracked.state === 'unclear' ? [] : inside(there.tracked.value),
    );
    expect(here.skipped).toEqual(there.skipped);
    expect(here.commit).toEqual(there.commit);
    for (const path of ['.env', 'lib/made', 'app.py', 'lib']) {
      expect(here.isIgnored(path), path).toBe(there.isIgnored(path));
      expect(here.exists(path), path).toBe(there.exists(path));
    }
  });

  test('holds what was committed, and not what lies there', async () => {
    const root = repository({ 'app.py': 'x = 1\n' });
    commit(root, { 'app.py': 'x = 2\n', 'new.py': '' });
    write(root, { 'app.py': 'x = 3\n' });
    expect(texts(await at(root, 'HEAD~1'))).toEqual({ 'app.py': 'x = 1\n' });
    expect(texts(await at(root, 'HEAD'))).toEqual({ 'app.py': 'x = 2\n', 'new.py': '' });
  });

  test('of a folder inside of it holds that folder alone, with the ignore rules above', async () => {
    const root = repository(FILES);
    const inner = await at(join(root, 'lib'), 'main');
    expect(Object.keys(texts(inner)).sort()).toEqual(['.gitignore', 'deep/b.py']);
    expect(inner.isIgnored('x.log')).toBe(true);
    expect(inner.isIgnored('made')).toBe(true);
  });

  test('is named in each way that git knows', async () => {
    const root = repository({ 'app.py': '1\n' });
    const first = git(root, 'rev-parse', 'HEAD');
    git(root, 'tag', '-a', 'v1', '-m', 'the first');
    git(root, 'tag', 'light');
    git(root, 'checkout', '-q', '-b', 'fix/#12@größe');
    commit(root, { 'app.py': '2\n' });
    git(root, 'checkout', '-q', 'main');
    commit(root, { 'app.py': '3\n', 'b.py': '' });
    git(root, 'merge', '-q', '-s', 'ours', '-m', 'both', 'fix/#12@größe');
    git(root, 'update-ref', 'refs/remotes/origin/main', first);
    git(root, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    const names = ['HEAD', '@', 'main', 'heads/main', 'refs/heads/main', 'v1', 'tags/v1', 'light', 'fix/#12@größe', 'origin/main', 'origin', 'HEAD^', 'HEAD^2', 'HEAD~', 'HEAD~2', 'HEAD^^', 'HEAD^2~1', 'HEAD^0', first, first.slice(0, 7)]; // prettier-ignore
    const check = async () => {
      for (const name of names) {
        const wanted = git(root, 'rev-parse', `${name}^{commit}`);
        expect((await at(root, name)).commit, name).toEqual({ state: 'known', id: wanted, dirty: false });
      }
    };
    await check();
    git(root, 'gc', '-q', '--aggressive', '--prune=now');
    expect(readdirSync(join(root, '.git', 'objects')).sort()).toEqual(['info', 'pack']);
    await check();
  });

  test('is read from packs with changes of changes', async () => {
    const root = repository({ 'app.py': '' });
    const long = (nth: number) =>
      Array.from({ length: 400 }, (_, line) => `line_${line} = ${line === nth * 7 ? nth : 0}\n`).join('');
    const wanted: string[] = [];
    for (let nth = 0; nth < 30; nth++) {
      wanted.push(long(nth));
      commit(root, { 'app.py': long(nth), [`m${nth}.py`]: long(nth) });
    }
    git(root, 'gc', '-q', '--aggressive', '--prune=now');
    for (const nth of [0, 7, 29])
      expect(texts(await at(root, `HEAD~${29 - nth}`))['app.py']).toBe(wanted[nth]);
  });

  test('with hashes of 256 bits, of a worktree, and without checked out files', async () => {
    const long = repository({ 'app.py': 'x\n' }, '--object-format=sha256');
    expect(texts(await at(long, 'main'))).toEqual({ 'app.py': 'x\n' });
    const root = repository({ 'app.py': 'x\n' });
    const tree = join(folder(), 'tree');
    git(root, 'worktree', 'add', '-q', '-b', 'other', tree);
    commit(tree, { 'app.py': 'y\n' });
    expect(texts(await at(tree, 'HEAD'))).toEqual({ 'app.py': 'y\n' });
    expect(texts(await at(tree, 'main'))).toEqual({ 'app.py': 'x\n' });
    rmSync(join(root, 'app.py'));
    expect(texts(await at(root, 'other'))).toEqual({ 'app.py': 'y\n' });
  });
});

describe('what is no revision is refused in one sentence', () => {
  test.each([
    ['nope', /there is no commit "nope"/],
    ['-x', /looks like an option/],
    ['--upload-pack=touch x', /looks like an option/],
    ['HEAD~9', /there is no commit/],
    ['HEAD^3', /there is no commit/],
    ['HEAD~99999999999', /there is no commit/],
    ['a..b', /no name of a revision/],
    ['main@{1}', /no name of a revision/],
    ['../../etc/passwd', /no name of a revision/],
    ['config', /there is no commit/],
    ['objects', /there is no commit/],
    ['', /no name of a revision/],
    ['a b', /no name of a revision/],
    ['\u001b[31m', /no name of a revision/],
    [':/first', /no name of a revision/],
    ['abcd', /there is no commit/],
    ['main:app.py', /no name of a revision/],
  ])('%j', async (name, what) => {
    const root = repository({ 'app.py': '' });
    const read = await readRevision(root, name);
    expect(read.ok ? '' : read.what).toMatch(what);
    expect(read.ok ? '' : `${read.what}${read.mend}`).not.toMatch(/[\u0000-\u001f]/);
  });

  test('outside of git, and of a folder that the revision has not', async () => {
    const none = await readRevision(folder(), 'main');
    expect(none.ok ? '' : none.what).toMatch(/neither a file nor a folder, and .* is not under git/);
    const root = repository({ 'app.py': '' });
    commit(root, { 'late/app.py': '' });
    const early = await readRevision(join(root, 'late'), 'HEAD~1');
    expect(early.ok ? '' : early.what).toMatch(/late cannot be read in/);
  });
});

/** Puts an object among those of a repository, whatever is in it. */
function put(root: string, kind: string, bytes: Buffer): string {
  const all = Buffer.concat([Buffer.from(`${kind} ${bytes.length}\0`), bytes]);
  const id = createHash('sha1').update(all).digest('hex');
  const path = join(root, '.git', 'objects', id.slice(0, 2), id.slice(2));
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, deflateSync(all));
  return id;
}

const entry = (mode: string, name: string, id: string) =>
  Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);

const commitOfTree = (root: string, tree: string) =>
  put(
    root,
    'commit',
    Buffer.from(`tree ${tree}\nauthor a <a@b> 0 +0000\ncommitter a <a@b> 0 +0000\n\nmine\n`),
  );

describe('hostile repositories', () => {
  test('whose trees name paths out of the tree, or themselves, give no such file', async () => {
    const root = repository({ 'app.py': 'x\n' });
    const blob = put(root, 'blob', Buffer.from('secret = 1\n'));
    const names = ['..', '.', '.git', '.GIT', 'a/b.py', '../x.py', '', 'fine.py'];
    const tree = put(root, 'tree', Buffer.concat(names.map(name => entry('100644', name, blob))));
    const { files, tracked } = await at(root, commitOfTree(root, tree));
    expect(files.map(({ path }) => path)).toEqual(['fine.py']);
    expect(tracked).toMatchObject({ value: ['fine.py'] });
  });

  test('with links, submodules and odd modes are read without them', async () => {
    const root = repository({ 'app.py': 'x\n' });
    const blob = put(root, 'blob', Buffer.from('/etc/passwd'));
    const tree = put(root, 'tree', Buffer.concat([entry('120000', 'link.py', blob), entry('160000', 'sub', blob), entry('999', 'odd.py', blob)])); // prettier-ignore
    const { files, skipped } = await at(root, commitOfTree(root, tree));
    expect(files).toEqual([]);
    expect(skipped.map(({ path }) => path)).toEqual(['link.py', 'sub/']);
  });

  test('nested without end stop at the bounds', async () => {
    const root = repository({ 'app.py': 'x\n' });
    let tree = put(root, 'tree', entry('100644', 'a.py', put(root, 'blob', Buffer.from('x\n'))));
    for (let depth = 0; depth < 80; depth++) tree = put(root, 'tree', entry('40000', 'd', tree));
    const { files, skipped } = await at(root, commitOfTree(root, tree));
    expect(files).toEqual([]);
    expect(skipped.some(({ because }) => because.startsWith('deeper than'))).toBe(true);
    // Each level holds the one below twice: two to the power of forty entries.
    let wide = put(root, 'tree', entry('100644', 'a.py', put(root, 'blob', Buffer.from('x\n'))));
    for (let depth = 0; depth < 40; depth++)
      wide = put(root, 'tree', Buffer.concat([entry('40000', 'l', wide), entry('40000', 'r', wide)]));
    const most = { ...BOUNDS, entries: 2_000 };
    const bounded = await at(root, commitOfTree(root, wide), most);
    expect(bounded.skipped.some(({ because }) => because.startsWith('more than 2000 files'))).toBe(true);
  });

  test('with large contents say so, and do not unpack them', async () => {
    const root = repository({ 'app.py': 'x\n', 'big.py': '# much\n'.repeat(400_000) });
    for (const packed of [false, true]) {
      if (packed) git(root, 'gc', '-q', '--prune=now');
      const { files, skipped } = await at(root, 'HEAD');
      expect(files.map(({ path }) => path)).toEqual(['app.py']);
      expect(skipped).toEqual([{ path: 'big.py', because: 'larger than 2000000 bytes' }]);
    }
    const few = await at(root, 'HEAD', { ...BOUNDS, totalBytes: 1 });
    expect(few.skipped[0]?.because).toMatch(/more than 1 bytes in all/);
  });

  test('with damaged or missing objects say what is missing', async () => {
    const root = repository({ 'app.py': 'x = 1\n', 'lib/b.py': 'y = 1\n' });
    const paths = ['app.py', 'lib'].map(path => git(root, 'rev-parse', `HEAD:${path}`));
    const [blob = '', tree = ''] = paths.map(id =>
      join(root, '.git', 'objects', id.slice(0, 2), id.slice(2)),
    );
    rmSync(blob);
    writeFileSync(blob, 'no zlib');
    rmSync(tree);
    const { files, skipped } = await at(root, 'HEAD');
    expect(files).toEqual([]);
    expect(skipped.map(({ path }) => path).sort()).toEqual(['app.py', 'lib/']);
  });

  test('have nothing of them run, and nothing written', async () => {
    const root = repository({ 'app.py': 'x\n', '.gitattributes': '* filter=x\n' });
    const mark = join(root, 'ran');
    appendFileSync(join(root, '.git', 'config'), `[core]\n\tfsmonitor = touch ${mark}\n\tpager = touch ${mark}\n[filter "x"]\n\tsmudge = touch ${mark}\n\tclean = touch ${mark}\n[alias]\n\tshow = !touch ${mark}\n`); // prettier-ignore
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change'])
      writeFileSync(join(root, '.git', 'hooks', hook), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    const before = readdirSync(root, { recursive: true }).map(String).sort();
    const times = before.map(path => statSync(join(root, path)).mtimeMs);
    await at(root, 'HEAD');
    expect(existsSync(mark)).toBe(false);
    const after = readdirSync(root, { recursive: true }).map(String).sort();
    expect(after).toEqual(before);
    expect(after.map(path => statSync(join(root, path)).mtimeMs)).toEqual(times);
  });

  test('whose branches are links or name each other lead nowhere', async () => {
    const root = repository({ 'app.py': 'x\n' });
    const outside = folder();
    writeFileSync(join(outside, 'away'), git(root, 'rev-parse', 'HEAD'));
    symlinkSync(join(outside, 'away'), join(root, '.git', 'refs', 'heads', 'away'));
    writeFileSync(join(root, '.git', 'refs', 'heads', 'one'), 'ref: refs/heads/two\n');
    writeFileSync(join(root, '.git', 'refs', 'heads', 'two'), 'ref: refs/heads/one\n');
    writeFileSync(join(root, '.git', 'refs', 'heads', 'out'), 'ref: refs/../../../etc/passwd\n');
    for (const name of ['away', 'one', 'out']) {
      const read = await readRevision(root, name);
      expect(read.ok, name).toBe(false);
    }
  });

  test('whose packs are cut off or forged are not believed', async () => {
    const root = repository(FILES);
    git(root, 'gc', '-q', '--prune=now');
    const packs = join(root, '.git', 'objects', 'pack');
    const [index = '', pack = ''] = ['.idx', '.pack'].map(ending => join(packs, readdirSync(packs).find(name => name.endsWith(ending)) ?? '')); // prettier-ignore
    renameSync(pack, `${pack}.away`);
    expect((await readRevision(root, 'HEAD')).ok).toBe(false);
    writeFileSync(pack, Buffer.alloc(500, 0x7f));
    expect((await readRevision(root, 'HEAD')).ok).toBe(false);
    rmSync(index);
    writeFileSync(index, Buffer.alloc(2_000, 0xff));
    expect((await readRevision(root, 'HEAD')).ok).toBe(false);
  });
});
