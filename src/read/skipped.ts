import type { Skipped } from '../model/index.ts';
import type { Bounds } from './bounds.ts';

/** Collects what was left out. Many files of one folder with one reason become one record. */
export interface SkippedLog {
  /** A folder's path ends with a slash. */
  add(path: string, because: string): void;
  /** Sorted by path. */
  records(): readonly Skipped[];
}

export function skippedLog(bounds: Bounds): SkippedLog {
  const groups = new Map<string, { folder: string; because: string; paths: string[] }>();
  return {
    add(path, because) {
      const folder = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
      const key = `${folder}\0${because}`;
      const group = groups.get(key) ?? { folder, because, paths: [] };
      group.paths.push(path);
      groups.set(key, group);
    },
    records() {
      const all = [...groups.values()].flatMap(({ folder, because, paths }): Skipped[] =>
        paths.length > bounds.skippedInFolder
          ? [{ path: folder || './', because: `${paths.length} files or folders in it: ${because}` }]
          : paths.map(path => ({ path, because })),
      );
      all.sort((a, b) => compare(a.path, b.path) || compare(a.because, b.because));
      if (all.length <= bounds.skipped) return all;
      const rest = all.length - bounds.skipped + 1;
      return [
        ...all.slice(0, bounds.skipped - 1),
        { path: './', because: `${rest} more were left out than are listed here` },
      ];
    },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
