/** The limits of reading, in one place. What goes beyond is left out and said, never half read. */
export const BOUNDS = {
  /** Bytes of one file of code or configuration: hand-written ones stay far below. */
  fileBytes: 2_000_000,
  /** Bytes of one lock file; those of large front ends reach several megabytes. */
  lockBytes: 20_000_000,
  /** Bytes of a file without an ending that starts with `#!`: launchers are short, programs are not. */
  launcherBytes: 200_000,
  /** Bytes read in all. */
  totalBytes: 400_000_000,
  /** Files and folders that are listed, those near the root first. */
  entries: 300_000,
  /** Folders within folders. */
  depth: 64,
  /** Characters of one line; longer ones are data or minified. */
  lineLength: 200_000,
  /** Bytes of one ignore file. Each line costs time for each file. */
  ignoreBytes: 200_000,
  /** Ignore patterns held against paths, in all: a hundred thousand files against a thousand patterns. */
  ignoreTests: 100_000_000,
  /** Records of what was skipped in one folder for one reason; more become one record. */
  skippedInFolder: 20,
  /** Records of what was skipped, in all. */
  skipped: 1_000,
  /** Bytes of git's index: about a million files. */
  indexBytes: 150_000_000,
  /** Bytes of tracked files that are hashed to tell whether the tree differs from the commit. */
  comparedBytes: 500_000_000,
  /** Charts that are rendered; the templates of others are read. */
  charts: 10,
  /** Milliseconds that rendering may take, all charts together. */
  renderMs: 20_000,
  /** Bytes that rendering one chart may give. */
  renderBytes: 4_000_000,
  /** Bytes of memory that the renderer may take, where the machine tells: a short template can ask for all of it. */
  renderMemory: 1_000_000_000,
  /** Files of one chart, and bytes in them, that are handed to the renderer. */
  chartFiles: 2_000,
  chartBytes: 20_000_000,
} as const;

export type Bounds = { readonly [K in keyof typeof BOUNDS]: number };
