import type { Bounds } from './bounds.ts';
import { decode } from './decode.ts';
import type { Content } from './files.ts';
import { isLock, wantedText } from './wanted.ts';

/** Not wanted after all, which is no news to anybody. */
export const NO_LAUNCHER = 'no launcher';

/** Reads the bytes of a file: at most so many, and none at all where its first ones say that it is not wanted. */
export type ReadContent = (most: number, unless?: (start: Buffer) => string | undefined) => Content;

/** The text of a file that is wanted, or why it has none. A file without an ending is wanted when it is a script. */
export function textOf(path: string, bounds: Bounds, content: ReadContent) {
  const isMaybe = wantedText(path) === 'maybe-script';
  const most = isMaybe ? bounds.launcherBytes : isLock(path) ? bounds.lockBytes : bounds.fileBytes;
  const read = content(most, isMaybe ? noScript : undefined);
  return read.kind === 'bytes' ? decode(read.bytes, bounds.lineLength) : read;
}

const noScript = (start: Buffer): string | undefined =>
  start.toString('latin1', 0, 2) === '#!' ? undefined : NO_LAUNCHER;
