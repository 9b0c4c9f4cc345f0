import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Bounds } from './bounds.ts';
import { decode } from './decode.ts';
import { codeOf, contentOf, statOf } from './files.ts';
import type { Checkout } from './git/checkout.ts';
import { ignoreRules, type IgnoreRules } from './ignore.ts';
import { skippedLog, type SkippedLog } from './skipped.ts';
import { wantedText } from './wanted.ts';

/** Folders that hold nothing of the project's own, whoever tracks them. */
export const ALWAYS_LEFT = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.tox', '.nox', '.mypy_cache', '.ruff_cache', '.pytest_cache', '.next', '.nuxt', '.svelte-kit', '.turbo', '.gradle', '.terraform', 'bower_components', 'site-packages', '.idea', '.vscode-test', '.yarn', '.pnpm-store']); // prettier-ignore

/** Folders that are made by tools, unless git tracks something in them. */
const LEFT_UNLESS_TRACKED = new Set(['dist', 'build', 'out', 'target', 'vendor', '.venv', 'venv', 'env', 'coverage', 'htmlcov', '.cache', 'tmp', '.eggs']); // prettier-ignore

/** What people write and no tool leaves in such a folder: without git, it tells that `build` is their own. */
const WRITTEN =
  /^(?:.*Dockerfile.*|Containerfile|.*compose.*\.ya?ml|Makefile|Procfile|.+\.(?:py|sh|tf|env|ini|conf|service)|\.env.*|requirements.*\.txt|pyproject\.toml)$/i;
const MADE =
  /^(?:index\.html|lib|bdist\..*|.*\.(?:whl|egg-info|map)|CACHEDIR\.TAG|modules\.txt|autoload\.php|pyvenv\.cfg)$/i;

export interface Listing {
  /** Paths of the files whose text is wanted. */
  readonly wanted: readonly string[];
  /** Files and folders that are there and not ignored, read or not. */
  readonly known: ReadonlySet<string>;
  readonly rules: IgnoreRules;
  readonly skipped: SkippedLog;
}

interface Walk {
  readonly root: string;
  readonly bounds: Bounds;
  readonly checkout: Checkout | undefined;
  readonly trackedFolders: ReadonlySet<string>;
  readonly rules: IgnoreRules;
  readonly skipped: SkippedLog;
  readonly known: Set<string>;
  readonly wanted: string[];
}

interface Folder {
  readonly path: string;
  readonly depth: number;
}

/** So often others get their turn: a person's Ctrl-C, a line of progress. */
const PAUSE_AFTER = 2_000;
export const pause = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/**
 * Goes through folders, those near the root first, so that a bound cuts off what is deep and not what is late in
 * the alphabet. `visit` adds to the queue what is to be gone into.
 */
export async function throughFolders<F extends { readonly path: string }, E>(
  root: F,
  { bounds, skipped }: { readonly bounds: Bounds; readonly skipped: SkippedLog },
  entriesIn: (folder: F) => readonly E[],
  visit: (folder: F, entry: E, queue: F[]) => void,
): Promise<void> {
  const queue = [root];
  let entries = 0;
  let rested = 0;
  for (const folder of queue) {
    const found = entriesIn(folder);
    const fit = found.slice(0, bounds.entries - entries);
    entries += fit.length;
    for (const entry of fit) visit(folder, entry, queue);
    if (fit.length < found.length) {
      skipped.add(
        folder.path === '' ? './' : `${folder.path}/`,
        `more than ${bounds.entries} files and folders in all: the rest was not listed`,
      );
      return;
    }
    if (entries - rested < PAUSE_AFTER) continue;
    rested = entries;
    await pause();
  }
}

/**
 * Lists a folder and what lies below it.
 * @returns the error code when the folder itself cannot be listed
 */
export async function listFolder(
  root: string,
  checkout: Checkout | undefined,
  bounds: Bounds,
): Promise<Listing | string> {
  const walk: Walk = {
    root,
    bounds,
    checkout,
    trackedFolders: foldersOf(checkout?.tracked ?? new Set()),
    rules: ignoreRules(checkout, bounds.ignoreTests),
    skipped: skippedLog(bounds),
    known: new Set(),
    wanted: [],
  };
  let unread: string | undefined;
  await throughFolders<Folder, Dirent>(
    { path: '', depth: 0 },
    walk,
    folder => {
      const found = entriesOf(walk, folder);
      if (typeof found !== 'string') return found;
      if (folder.path === '') unread = found;
      else walk.skipped.add(`${folder.path}/`, `cannot be listed (${found})`);
      return [];
    },
    (folder, entry, queue) => {
      visit(walk, folder, entry, queue);
    },
  );
  if (unread !== undefined) return unread;
  if (walk.rules.isExhausted())
    walk.skipped.add('./', 'too many ignore patterns: the rest counts for nothing');
  return walk;
}

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

/** What is in a folder, sorted; nothing where the folder turns out to be somebody else's. */
function entriesOf(walk: Walk, { path }: Folder): readonly Dirent[] | string {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(walk.root, path), { withFileTypes: true });
  } catch (error) {
    return codeOf(error);
  }
  const because = path === '' ? undefined : foreignBecause(walk, path, entries);
  if (because !== undefined) {
    walk.skipped.add(`${path}/`, because);
    return [];
  }
  if (entries.some(entry => entry.name === '.gitignore' && entry.isFile())) addIgnoreFile(walk, path);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function foreignBecause(walk: Walk, path: string, entries: readonly Dirent[]): string | undefined {
  if (entries.some(entry => entry.name === 'pyvenv.cfg' && entry.isFile())) return 'a virtual environment';
  if (walk.trackedFolders.has(path)) return undefined;
  if (walk.checkout && entries.some(entry => entry.name === '.git')) return 'a repository of its own';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!LEFT_UNLESS_TRACKED.has(name)) return undefined;
  // Without git nothing says whose it is, but what lies in it.
  const isWritten =
    !walk.checkout?.tracked &&
    entries.some(entry => entry.isFile() && WRITTEN.test(entry.name)) &&
    !entries.some(entry => MADE.test(entry.name)) &&
    !['activate', 'Activate.ps1'].some(script => statOf(join(walk.root, path, 'bin', script)));
  return isWritten ? undefined : 'made by tools or brought from outside';
}

function addIgnoreFile(walk: Walk, folder: string): void {
  const path = folder === '' ? '.gitignore' : `${folder}/.gitignore`;
  const content = contentOf(join(walk.root, path), walk.bounds.ignoreBytes);
  const decoded = content.kind === 'bytes' ? decode(content.bytes, walk.bounds.lineLength) : content;
  if (decoded.kind === 'text') walk.rules.add(folder, decoded.text);
  else walk.skipped.add(path, `as ignore rules: ${decoded.because}`);
}

function visit(walk: Walk, folder: Folder, entry: Dirent, queue: Folder[]): void {
  const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
  if (entry.isDirectory()) {
    walk.known.add(path);
    if (entry.name === '.git') return;
    const because = leftBecause(walk, path, entry.name, folder.depth + 1);
    if (because === undefined) queue.push({ path, depth: folder.depth + 1 });
    else walk.skipped.add(`${path}/`, because);
    return;
  }
  // A clone does not have what git ignores: it counts as not there, here as well.
  const isTracked = walk.checkout?.tracked?.has(path) ?? false;
  if (!isTracked && walk.rules.ignores(path, false)) {
    walk.skipped.add(path, 'ignored by git');
    return;
  }
  walk.known.add(path);
  if (entry.isSymbolicLink()) walk.skipped.add(path, 'a link: not followed');
  else if (!entry.isFile()) walk.skipped.add(path, 'neither a file nor a folder');
  else {
    const wanted = wantedText(path);
    if (wanted === 'minified') walk.skipped.add(path, 'minified');
    else if (wanted !== 'no') walk.wanted.push(path);
  }
}

function leftBecause({ bounds, checkout, ...walk }: Walk, path: string, name: string, depth: number) {
  if (depth > bounds.depth) return `deeper than ${bounds.depth} folders`;
  if (ALWAYS_LEFT.has(name)) return 'made by tools or brought from outside';
  if (checkout?.submodules.has(path)) return 'a submodule: a repository of its own';
  return !walk.trackedFolders.has(path) && walk.rules.ignores(path, true) ? 'ignored by git' : undefined;
}
