import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Dirent } from 'node:fs';
import type { Repository, Skipped, SourceFile } from '../model/index.ts';
import { BOUNDS, type Bounds } from './bounds.ts';
import { decode } from './decode.ts';
import { checkoutAt, type Checkout } from './git/checkout.ts';
import { ignoreRules, type IgnoreRules } from './ignore.ts';
import { repositoryFrom } from './repository.ts';
import { roleOf } from './role.ts';
import { isLock, wantedText } from './wanted.ts';

export type ReadResult =
  | { readonly ok: true; readonly repository: Repository }
  | { readonly ok: false; readonly what: string; readonly mend: string };

/** Folders that hold nothing of the project's own, whoever tracks them. */
const ALWAYS_LEFT = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.tox', '.nox', '.mypy_cache', '.ruff_cache', '.pytest_cache', '.next', '.nuxt', '.svelte-kit', '.turbo', '.gradle', '.terraform', 'bower_components', 'site-packages', '.idea', '.vscode-test', '.yarn', '.pnpm-store']); // prettier-ignore

/** Folders that are made by tools, unless git tracks something in them. */
const LEFT_UNLESS_TRACKED = new Set(['dist', 'build', 'out', 'target', 'vendor', '.venv', 'venv', 'env', 'coverage', 'htmlcov', '.cache', 'tmp', '.eggs']); // prettier-ignore

interface Walk {
  readonly root: string;
  readonly bounds: Bounds;
  readonly checkout: Checkout | undefined;
  readonly trackedFolders: ReadonlySet<string>;
  readonly rules: IgnoreRules;
  readonly wanted: { path: string; size: number }[];
  readonly known: Set<string>;
  readonly skipped: Skipped[];
  entries: number;
}

/**
 * Reads a folder, under git or not. Nothing outside of it is read, no link is followed, nothing of it is run.
 * @returns the repository, or one sentence on why there is none and what to do.
 */
export async function readRepository(path: string, bounds: Bounds = BOUNDS): Promise<ReadResult> {
  const root = await folderAt(path);
  if (typeof root !== 'string') return root;
  const checkout = checkoutAt(root);
  const walk: Walk = {
    root,
    bounds,
    checkout,
    trackedFolders: foldersOf(checkout?.tracked ?? new Set()),
    rules: ignoreRules(),
    wanted: [],
    known: new Set(),
    skipped: [],
    entries: 0,
  };
  const failed = await walkFolder(walk, '', 0);
  if (failed)
    return {
      ok: false,
      what: `${path} cannot be read (${failed})`,
      mend: 'Give yourself the right to read it.',
    };
  const files = await readFiles(walk);
  return {
    ok: true,
    repository: repositoryFrom({
      name: basename(root) || 'repository',
      files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
      skipped: walk.skipped.sort((a, b) => (a.path < b.path ? -1 : 1)),
      commit: checkout?.commit ?? { state: 'none' },
      known: walk.known,
      isIgnored: each => walk.rules.ignores(each, false),
    }),
  };
}

async function folderAt(path: string): Promise<string | Extract<ReadResult, { ok: false }>> {
  try {
    const root = await realpath(path);
    if ((await lstat(root)).isDirectory()) return root;
    return { ok: false, what: `${path} is a file`, mend: 'Give the folder of the repository.' };
  } catch (error) {
    return codeOf(error) === 'EACCES'
      ? { ok: false, what: `${path} cannot be read`, mend: 'Give yourself the right to read it.' }
      : { ok: false, what: `${path} does not exist`, mend: 'Give the folder of the repository.' };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

function foldersOf(tracked: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of tracked)
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return folders;
}

const skip = (walk: Walk, path: string, because: string): void => {
  walk.skipped.push({ path, because });
};

/** @returns the error code when the folder itself cannot be listed. */
async function walkFolder(walk: Walk, folder: string, depth: number): Promise<string | undefined> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(walk.root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder === '') return codeOf(error);
    skip(walk, `${folder}/`, `cannot be listed (${codeOf(error)})`);
    return undefined;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  await addIgnoreFile(walk, folder, entries);
  for (const entry of entries) {
    if (walk.entries >= walk.bounds.entries) {
      skip(
        walk,
        `${folder || '.'}/`,
        `more than ${walk.bounds.entries} files and folders: the rest was not listed`,
      );
      return undefined;
    }
    walk.entries++;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isSymbolicLink()) skip(walk, path, 'a link: not followed');
    else if (entry.isDirectory()) await visitFolder(walk, path, entry.name, depth);
    else if (entry.isFile()) await visitFile(walk, path);
    else skip(walk, path, 'neither a file nor a folder');
  }
  return undefined;
}

async function addIgnoreFile(walk: Walk, folder: string, entries: readonly Dirent[]): Promise<void> {
  const own = entries.find(entry => entry.name === '.gitignore' && entry.isFile());
  const patterns = own
    ? await textAt(walk, folder === '' ? '.gitignore' : `${folder}/.gitignore`, 1_000_000)
    : '';
  const local = folder === '' && entries.some(entry => entry.name === '.git' && entry.isDirectory());
  const exclude = local ? await textAt(walk, '.git/info/exclude', 1_000_000) : '';
  if (patterns || exclude) walk.rules.add(folder, `${exclude}\n${patterns}`);
}

async function visitFolder(walk: Walk, path: string, name: string, depth: number): Promise<void> {
  walk.known.add(path);
  if (name === '.git') return;
  const isTracked = walk.trackedFolders.has(path);
  const because =
    depth + 1 > walk.bounds.depth
      ? `deeper than ${walk.bounds.depth} folders`
      : ALWAYS_LEFT.has(name)
        ? 'made by tools or brought from outside'
        : walk.checkout?.submodules.includes(path)
          ? 'a submodule: a repository of its own'
          : !isTracked && LEFT_UNLESS_TRACKED.has(name)
            ? 'made by tools or brought from outside'
            : !isTracked && walk.rules.ignores(path, true)
              ? 'ignored by git'
              : (await isVirtualenv(walk, path))
                ? 'a virtual environment'
                : undefined;
  if (because !== undefined) skip(walk, `${path}/`, because);
  else await walkFolder(walk, path, depth + 1);
}

async function isVirtualenv(walk: Walk, path: string): Promise<boolean> {
  try {
    return (await lstat(join(walk.root, path, 'pyvenv.cfg'))).isFile();
  } catch {
    return false; // no such file: an ordinary folder
  }
}

async function visitFile(walk: Walk, path: string): Promise<void> {
  const isTracked = walk.checkout?.tracked.has(path) ?? false;
  // What git ignores is not part of the project; but that an env file lies there is worth knowing.
  if (!isTracked && walk.rules.ignores(path, false)) return;
  walk.known.add(path);
  const wanted = wantedText(path);
  if (wanted === 'no') return;
  if (wanted === 'minified') {
    skip(walk, path, 'minified');
    return;
  }
  try {
    const { size, mode } = await lstat(join(walk.root, path));
    if (wanted === 'maybe-script' && (mode & 0o111) === 0 && size > 200_000) return;
    const limit = isLock(path) ? walk.bounds.lockBytes : walk.bounds.fileBytes;
    if (size > limit) skip(walk, path, `larger than ${limit} bytes`);
    else walk.wanted.push({ path, size });
  } catch (error) {
    skip(walk, path, `cannot be read (${codeOf(error)})`);
  }
}

async function readFiles(walk: Walk): Promise<SourceFile[]> {
  const { bounds, checkout } = walk;
  let total = 0;
  const chosen = walk.wanted.filter(({ path, size }) => {
    total += size;
    if (total > bounds.totalBytes) skip(walk, path, `more than ${bounds.totalBytes} bytes in all`);
    return total <= bounds.totalBytes;
  });
  const files: SourceFile[] = [];
  let next = 0;
  const serve = async () => {
    for (let each = chosen[next++]; each; each = chosen[next++]) {
      const { path } = each;
      const text = await textOf(walk, path);
      if (text === undefined) continue;
      if (wantedText(path) === 'maybe-script' && !text.startsWith('#!')) continue;
      const tracked = checkout ? (checkout.tracked.has(path) ? 'yes' : 'no') : 'unclear';
      files.push({ path, text, role: roleOf(path), tracked });
    }
  };
  await Promise.all(Array.from({ length: bounds.concurrency }, serve));
  return files;
}

async function textOf(walk: Walk, path: string): Promise<string | undefined> {
  try {
    const decoded = decode(await bytesAt(walk, path), walk.bounds.lineLength);
    if (decoded.kind === 'text') return decoded.text;
    skip(walk, path, decoded.because);
  } catch (error) {
    skip(walk, path, `cannot be read (${codeOf(error)})`);
  }
  return undefined;
}

async function textAt(walk: Walk, path: string, most: number): Promise<string> {
  try {
    const bytes = await bytesAt(walk, path);
    const decoded = decode(bytes.subarray(0, most), walk.bounds.lineLength);
    return decoded.kind === 'text' ? decoded.text : '';
  } catch {
    return ''; // not there: then it says nothing
  }
}

/** Never through a link: between listing and opening, a file may have become one. */
async function bytesAt(walk: Walk, path: string): Promise<Buffer> {
  const handle = await open(
    join(walk.root, path),
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
