/** Lines of a file, counted from 1. `path` is relative to the repository and uses `/`. */
export interface Location {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** A location with what it says: one link of the way that a finding followed. */
export interface Place {
  readonly at: Location;
  readonly says: string;
}

export const lineOf = (path: string, line: number): Location => ({ path, startLine: line, endLine: line });

/** The whole file, for what is true of a file and not of one of its lines. */
export const fileOf = (path: string): Location => lineOf(path, 1);
