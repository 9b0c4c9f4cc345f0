import ignore, { type Ignore } from 'ignore';
import { BOUNDS } from './bounds.ts';

/** The ignore rules of git: those of a folder hold for what is in it, and the inner ones win. */
export interface IgnoreRules {
  /** To be called before anything in the folder is asked about; later patterns win over earlier ones. */
  add(folder: string, patterns: string): void;
  /** `isFolder` matters for patterns that end with a slash; so does a slash at the end of the path. */
  ignores(path: string, isFolder: boolean): boolean;
  /** Whether there were too many patterns for too many paths: then nothing counts as ignored any more. */
  isExhausted(): boolean;
}

export interface Above {
  /** The way from the top of the checkout to the folder that paths are relative to. */
  readonly prefix: string;
  /** The rules of the folders above it, by folder relative to the top. */
  readonly ignores: readonly { readonly folder: string; readonly patterns: string }[];
}

interface FolderRules {
  readonly rules: Ignore;
  readonly lines: readonly string[];
}

/** No pattern that a person writes is longer. */
const LONGEST_PATTERN = 1_000;

export function ignoreRules(
  above: Above = { prefix: '', ignores: [] },
  most: number = BOUNDS.ignoreTests,
): IgnoreRules {
  const byFolder = new Map<string, FolderRules>();
  const verdicts = new Map([
    ['', false],
    [above.prefix, false],
  ]);
  let left = most;

  const add = (folder: string, patterns: string): void => {
    const lines = patterns
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter(line => line.trim() !== '' && !line.startsWith('#') && line.length <= LONGEST_PATTERN);
    const before = byFolder.get(folder);
    // Git takes names as they are written, except where a file system itself does not.
    const rules = before?.rules ?? ignore({ allowRelativePaths: true, ignorecase: false });
    byFolder.set(folder, { rules: rules.add(lines), lines: [...(before?.lines ?? []), ...lines] });
  };
  for (const { folder, patterns } of above.ignores) add(folder, without(above.prefix, folder, patterns));

  /** Of the path itself, without the folders above it. */
  const own = (path: string, isFolder: boolean): boolean => {
    for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
      const found = byFolder.get(path.slice(0, Math.max(0, end)));
      if (found) {
        left -= found.lines.length;
        if (left < 0) return false;
        const below = path.slice(end + 1);
        const result = testOf(found, isFolder ? `${below}/` : below, parentOf(below));
        if (result.ignored || result.unignored) return result.ignored;
      }
      if (end <= 0) return false;
    }
  };

  const folderIgnored = (folder: string): boolean => {
    const before = verdicts.get(folder);
    if (before !== undefined) return before;
    const verdict = folderIgnored(parentOf(folder)) || own(folder, true);
    verdicts.set(folder, verdict);
    return verdict;
  };

  const fromTop = (path: string): string =>
    above.prefix === '' || path === '' ? path || above.prefix : `${above.prefix}/${path}`;

  return {
    add: (folder, patterns) => {
      add(fromTop(folder), patterns);
    },
    ignores(path, isFolder) {
      const clean = path.replace(/^(?:\.\/)+|\/+$/g, '');
      if (!/^(?!\/|\.{1,2}(?:\/|$))./s.test(clean)) return false;
      const full = fromTop(clean);
      return isFolder || path.endsWith('/')
        ? folderIgnored(full)
        : folderIgnored(parentOf(full)) || own(full, false);
    },
    isExhausted: () => left < 0,
  };
}

const one = (line: string): Ignore => ignore({ allowRelativePaths: true, ignorecase: false }).add([line]);

/** A folder that is asked about is not ignored: patterns that would take it away were overruled further inside. */
function testOf({ rules, lines }: FolderRules, path: string, folder: string): ReturnType<Ignore['test']> {
  const result = rules.test(path);
  if (!result.ignored || folder === '' || !rules.test(`${folder}/`).ignored) return result;
  const others = lines.filter(line => !one(line).test(`${folder}/`).ignored);
  return ignore({ allowRelativePaths: true, ignorecase: false })
    .add([...others])
    .test(path);
}

/** The patterns that do not take away the folder itself: it is wanted, whatever is said above it. */
function without(wanted: string, folder: string, patterns: string): string {
  if (wanted === '') return patterns;
  const below = `${folder === '' ? wanted : wanted.slice(folder.length + 1)}/`;
  return patterns
    .split(/\r?\n/)
    .filter(line => !one(line).test(below).ignored)
    .join('\n');
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
