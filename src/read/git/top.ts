import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { bytesBelow, statOf } from '../files.ts';
import type { HashName } from './tree-id.ts';

/** Where a checkout keeps its things. */
export interface Top {
  readonly folder: string;
  /** Its own: HEAD and index. */
  readonly git: string;
  /** Shared by all worktrees: branches and objects. */
  readonly common: string;
}

const SMALL = 10_000_000;

export const textBelow = (folder: string, path: string): string | undefined =>
  bytesBelow(folder, path, SMALL)?.toString('utf8');

export const hashNameOf = ({ common }: Top): HashName =>
  /^\s*objectformat\s*=\s*sha256\s*$/im.test(textBelow(common, 'config') ?? '') ? 'sha256' : 'sha1';

/** The checkout that holds this folder; `undefined` without git. `folder` is a real path. */
export function topOf(folder: string): Top | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const git = join(at, '.git');
    const found = statOf(git);
    if (found?.isDirectory()) return { folder: at, git, common: git };
    // A link could lead anywhere.
    if (found) return found.isFile() ? elsewhere(at) : undefined;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * A worktree or a submodule: its `.git` is a file that names the folder. As such a file could name any folder of
 * the machine, the named one must name this one in return.
 */
function elsewhere(folder: string): Top | undefined {
  const target = /^gitdir: (.+)$/m.exec(textBelow(folder, '.git') ?? '')?.[1]?.trim();
  const git = target && realOf(resolve(folder, target));
  if (!git || !statOf(git)?.isDirectory()) return undefined;
  return worktreeOf(folder, git) ?? submoduleOf(folder, git);
}

function worktreeOf(folder: string, git: string): Top | undefined {
  const back = textBelow(git, 'gitdir')?.trim();
  const shared = textBelow(git, 'commondir')?.trim();
  const common = shared && realOf(resolve(git, shared));
  if (!back || !common || dirname(git) !== join(common, 'worktrees')) return undefined;
  return realOf(dirname(resolve(git, back))) === folder ? { folder, git, common } : undefined;
}

function submoduleOf(folder: string, git: string): Top | undefined {
  const home = /^[^\S\n]*worktree[^\S\n]*=[^\S\n]*"?([^"\n]+)"?$/m.exec(textBelow(git, 'config') ?? '')?.[1];
  return home && realOf(resolve(git, home.trim())) === folder ? { folder, git, common: git } : undefined;
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // not there
  }
}
