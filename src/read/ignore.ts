import ignore, { type Ignore } from 'ignore';

/** The ignore rules of git: those of a folder hold for what is in it, and the inner ones win. */
export interface IgnoreRules {
  add(folder: string, patterns: string): void;
  /** `isFolder` matters for patterns that end with a slash. */
  ignores(path: string, isFolder: boolean): boolean;
}

export function ignoreRules(): IgnoreRules {
  const byFolder = new Map<string, Ignore>();
  const verdicts = new Map<string, boolean>();

  /** Of the path itself, without the folders above it. */
  const own = (path: string, isFolder: boolean): boolean => {
    const parts = path.split('/');
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const rules = byFolder.get(parts.slice(0, depth).join('/'));
      if (!rules) continue;
      const below = parts.slice(depth).join('/');
      const result = rules.test(isFolder ? `${below}/` : below);
      if (result.ignored || result.unignored) return result.ignored;
    }
    return false;
  };

  const folderIgnored = (folder: string): boolean => {
    if (folder === '') return false;
    const before = verdicts.get(folder);
    if (before !== undefined) return before;
    const parent = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    const verdict = folderIgnored(parent) || own(folder, true);
    verdicts.set(folder, verdict);
    return verdict;
  };

  return {
    add(folder, patterns) {
      verdicts.clear();
      byFolder.set(folder, ignore({ allowRelativePaths: true }).add(patterns));
    },
    ignores: (path, isFolder) =>
      isFolder
        ? folderIgnored(path)
        : folderIgnored(path.slice(0, Math.max(0, path.lastIndexOf('/')))) || own(path, false),
  };
}
