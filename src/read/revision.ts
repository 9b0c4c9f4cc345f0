import { basename, relative } from 'node:path';
import { stated, type SourceFile } from '../model/index.ts';
import { BOUNDS, type Bounds } from './bounds.ts';
import { folderAt, type ReadResult } from './disk.ts';
import type { Content } from './files.ts';
import { openObjects, treeIn, type ObjectStore } from './git/objects.ts';
import { commitOf } from './git/refs.ts';
import { textBelow, topOf } from './git/top.ts';
import { ignoresAbove, listTree, treeBelow, type TreeListing } from './git/tree.ts';
import { renderCharts } from './helm.ts';
import { pause } from './listing.ts';
import { repositoryFrom } from './repository.ts';
import { roleOf } from './role.ts';
import { NO_LAUNCHER, textOf } from './text.ts';

/**
 * Reads a folder as it was in a commit, from what git keeps of it: nothing is checked out or written, and `git`
 * itself is not asked, which a repository can make run programs of its own.
 * @param revision a branch, a tag or a commit, as a person writes it
 */
export async function readRevision(
  path: string,
  revision: string,
  bounds: Bounds = BOUNDS,
): Promise<ReadResult> {
  const root = await folderAt(path);
  if (typeof root !== 'string') return root;
  const top = topOf(root);
  if (!top)
    return {
      ok: false,
      what: `${JSON.stringify(revision.slice(0, 100))} is neither a file nor a folder, and ${path} is not under git`,
      mend: 'Give an assessment as JSON, a folder, or a revision with --repository.',
    };
  using objects = openObjects(top.common);
  const resolved = commitOf(top, objects, revision);
  if (!resolved.ok) return { ...resolved, what: `${resolved.what} (in ${path})` };
  const { commit } = resolved;
  const prefix = relative(top.folder, root).split('\\').join('/');
  const tree = treeIn(objects, commit);
  const own = tree === undefined ? undefined : treeBelow(objects, tree, prefix);
  if (tree === undefined || own === undefined)
    return {
      ok: false,
      what: `${prefix === '' ? path : prefix} cannot be read in ${commit.slice(0, 10)}`,
      mend: 'Fetch the whole history, or give a revision that has it.',
    };
  const excluded = { folder: '', patterns: textBelow(top.common, 'info/exclude') ?? '' };
  const ignores = [excluded, ...ignoresAbove(objects, tree, prefix, bounds)];
  const listing = await listTree(objects, own, { prefix, ignores }, bounds);
  const files = await readFiles(objects, listing, bounds);
  const rendered = await renderCharts({
    checkout: top.folder,
    files,
    known: listing.known,
    skipped: listing.skipped,
    bounds,
    bytes: (each, most) => {
      const content = contentOf(objects, listing, each)(most);
      return content.kind === 'bytes' ? content.bytes : undefined;
    },
  });
  return {
    ok: true,
    repository: repositoryFrom({
      name: basename(root) || 'repository',
      files,
      skipped: listing.skipped.records(),
      commit: { state: 'known', id: commit, dirty: false },
      known: listing.known,
      rendered,
      tracked: stated([...listing.blobs.keys()].sort()),
      isIgnored: each => listing.rules.ignores(each, false),
    }),
  };
}

const none = (because: string): Content => ({ kind: 'none', because });

const contentOf =
  (objects: ObjectStore, { blobs }: TreeListing, path: string) =>
  (most: number, unless?: (start: Buffer) => string | undefined): Content => {
    const id = blobs.get(path);
    const object = id === undefined ? 'missing' : objects.read(id, most);
    if (object === 'large') return none(`larger than ${most} bytes`);
    if (object === 'missing' || object.kind !== 'blob') return none('git does not have it, or it is damaged');
    const because = unless?.(object.bytes.subarray(0, 64));
    return because === undefined ? { kind: 'bytes', bytes: object.bytes } : none(because);
  };

/** Where not all can be read, what production is made of comes first. */
async function readFiles(
  objects: ObjectStore,
  listing: TreeListing,
  bounds: Bounds,
): Promise<readonly SourceFile[]> {
  const isAside = (path: string) => !['production', 'script'].includes(roleOf(path));
  const order = [...listing.wanted.filter(path => !isAside(path)), ...listing.wanted.filter(isAside)];
  const files: SourceFile[] = [];
  let total = 0;
  for (const [seen, path] of order.entries()) {
    if (seen % 500 === 499) await pause();
    const read = textOf(path, bounds, contentOf(objects, listing, path));
    if (read.kind !== 'text') {
      if (read.because !== NO_LAUNCHER) listing.skipped.add(path, read.because);
    } else if (total + read.text.length > bounds.totalBytes)
      listing.skipped.add(path, `more than ${bounds.totalBytes} bytes in all`);
    else {
      total += read.text.length;
      files.push({ path, text: read.text, role: roleOf(path, read.text), tracked: 'yes' });
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
