import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';
import type { DataOrigin } from './sink.ts';

/** A call that makes objects, or code that runs, out of bytes or text: whoever writes those runs code. */
export interface ObjectLoad {
  readonly kind: 'objectLoad';
  readonly at: Location;
  readonly callee: string;
  /** Whether it makes plain values only: a safe loader, weights only. */
  readonly isSafe: Truth;
  /** Who chooses what is loaded; for a file, who chooses the file. */
  readonly origin: DataOrigin;
  /** Where the service writes such files itself; `undefined` for what is not read from a file, or not written here. */
  readonly writtenAt: Location | undefined;
  readonly reached: Truth;
}
