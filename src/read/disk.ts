import { lstat, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stated, unclear, type Commit, type Repository, type SourceFile } from '../model/index.ts';
import { BOUNDS, type Bounds } from './bounds.ts';
import { bytesBelow, codeOf, contentOf, statOf } from './files.ts';
import { checkoutAt, type Checkout } from './git/checkout.ts';
import { renderCharts } from './helm.ts';
import { ignoreRules } from './ignore.ts';
import { listFolder, pause, type Listing } from './listing.ts';
import { repositoryFrom } from './repository.ts';
import { roleOf } from './role.ts';
import { NO_LAUNCHER, textOf } from './text.ts';

export type ReadResult =
  | { readonly ok: true; readonly repository: Repository }
  | { readonly ok: false; readonly what: string; readonly mend: string };

/**
 * Reads a folder, under git or not. Nothing outside of it is read but what git keeps of its checkout, no link is
 * followed, nothing of it is run. A `helm` of the machine may be (docs/decisions/0007).
 * @returns the repository, or one sentence on why there is none and what to do.
 */
export async function readRepository(path: string, bounds: Bounds = BOUNDS): Promise<ReadResult> {
  const root = await folderAt(path);
  if (typeof root !== 'string') return root;
  const checkout = checkoutOf(root, bounds);
  const listing = await listFolder(root, checkout, bounds);
  if (typeof listing === 'string')
    return {
      ok: false,
      what: `${path} cannot be read (${listing})`,
      mend: 'Give yourself the right to read it.',
    };
  for (const gap of checkout?.gaps ?? []) listing.skipped.add('.git/', gap);
  const files = await readFiles(root, checkout, listing, bounds);
  const { known, skipped } = listing;
  const rendered = await renderCharts({
    checkout: topOf(root, checkout),
    files,
    known,
    skipped,
    bounds,
    bytes: (each, most) => bytesBelow(root, each, most),
  });
  return {
    ok: true,
    repository: repositoryFrom({
      name: basename(root) || 'repository',
      files,
      skipped: skipped.records(),
      commit: commitOf(checkout, files),
      known,
      rendered,
      tracked: checkout?.tracked
        ? stated([...checkout.tracked].sort())
        : unclear(checkout ? 'the index of git could not be read' : 'there is no git here'),
      isIgnored: each => listing.rules.ignores(each, false),
    }),
  };
}

/** The real path of a folder, or why it is none. */
export async function folderAt(path: string): Promise<string | Extract<ReadResult, { ok: false }>> {
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

/** A folder that the checkout above it ignores, and tracks nothing of, is not part of it. */
function checkoutOf(root: string, bounds: Bounds): Checkout | undefined {
  const checkout = checkoutAt(root, bounds);
  if (!checkout || checkout.prefix === '' || (checkout.tracked?.size ?? 0) > 0) return checkout;
  const rules = ignoreRules({ prefix: '', ignores: checkout.ignores });
  return rules.ignores(checkout.prefix, true) ? undefined : checkout;
}

/** The folder of the whole checkout, or the root itself. */
const topOf = (root: string, checkout: Checkout | undefined): string =>
  join(root, ...(checkout?.prefix ?? '').split('/').map(part => (part === '' ? '' : '..')));

/** A file that git does not know makes the tree another one than the commit; a note or report beside it does not. */
function commitOf(checkout: Checkout | undefined, files: readonly SourceFile[]): Commit {
  const commit = checkout?.commit ?? { state: 'none' };
  if (commit.state === 'none' || commit.dirty) return commit;
  return { ...commit, dirty: files.some(({ tracked, role }) => tracked === 'no' && role !== 'docs') };
}

interface Chosen {
  readonly path: string;
  readonly size: number;
  readonly isAside: boolean;
}

/** Where not all can be read, what production is made of comes first, then small before large. */
const LARGE = 500_000;

function inOrder(root: string, wanted: readonly string[]): readonly Chosen[] {
  const chosen = wanted.map((path): Chosen => {
    const size = statOf(join(root, path))?.size ?? 0;
    const role = roleOf(path);
    return { path, size, isAside: size > LARGE || (role !== 'production' && role !== 'script') };
  });
  return [...chosen.filter(({ isAside }) => !isAside), ...chosen.filter(({ isAside }) => isAside)];
}

async function readFiles(
  root: string,
  checkout: Checkout | undefined,
  { wanted, skipped }: Listing,
  bounds: Bounds,
): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  let total = 0;
  let seen = 0;
  for (const { path, size } of inOrder(root, wanted)) {
    if (++seen % 500 === 0) await pause();
    if (total + size > bounds.totalBytes) {
      skipped.add(path, `more than ${bounds.totalBytes} bytes in all`);
      continue;
    }
    const read = textOf(path, bounds, (most, unless) => contentOf(join(root, path), most, unless));
    if (read.kind === 'text') {
      total += size;
      const tracked = checkout?.tracked ? (checkout.tracked.has(path) ? 'yes' : 'no') : 'unclear';
      files.push({ path, text: read.text, role: roleOf(path, read.text), tracked });
    } else if (read.because !== NO_LAUNCHER) skipped.add(path, read.because);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
