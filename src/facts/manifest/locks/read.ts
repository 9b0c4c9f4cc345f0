import type { SourceFile } from '../../../model/index.ts';
import type { Document } from '../../../read/documents/document.ts';
import { baseName } from '../../../read/documents/path.ts';
import type { LockEntry } from './entry.ts';
import { readBunLock, readPackageLock, readPnpmLock } from './node.ts';
import { readPipfileLock, readTomlLock } from './python.ts';
import { readYarnLock } from './yarn.ts';

const READERS: ReadonlyMap<string, (file: SourceFile) => Document<readonly LockEntry[]>> = new Map([
  ['Pipfile.lock', readPipfileLock],
  ['poetry.lock', readTomlLock],
  ['pdm.lock', readTomlLock],
  ['pylock.toml', readTomlLock],
  ['uv.lock', readTomlLock],
  ['package-lock.json', readPackageLock],
  ['npm-shrinkwrap.json', readPackageLock],
  ['yarn.lock', readYarnLock],
  ['pnpm-lock.yaml', readPnpmLock],
  ['bun.lock', readBunLock],
]);

/** What a lock file fixes; `undefined` for one of another kind. */
export const readLock = (file: SourceFile): Document<readonly LockEntry[]> | undefined =>
  READERS.get(baseName(file.path))?.(file);
