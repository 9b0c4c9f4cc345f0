/** The limits of reading, in one place. What goes beyond is left out and said, never half read. */
export const BOUNDS = {
  /** Bytes of one file of code or configuration: hand-written ones stay far below. */
  fileBytes: 2_000_000,
  /** Bytes of one lock file; those of large front ends reach several megabytes. */
  lockBytes: 20_000_000,
  /** Bytes read in all. */
  totalBytes: 400_000_000,
  /** Files and folders that are listed. */
  entries: 300_000,
  /** Folders within folders. */
  depth: 64,
  /** Characters of one line; longer ones are data or minified. */
  lineLength: 200_000,
  /** Files read at the same time. */
  concurrency: 64,
} as const;

export type Bounds = { readonly [K in keyof typeof BOUNDS]: number };
