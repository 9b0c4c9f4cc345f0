/**
 * Docker's ignore rules, which are not git's: a pattern is anchored at the root of the build context, so `.env`
 * does not match `backend/.env`; the last pattern that matches wins; `!` takes back.
 * Source: Docker documentation, "Build context: .dockerignore files".
 */
export interface DockerIgnore {
  ignores(path: string): boolean;
}

interface Rule {
  readonly matches: RegExp;
  readonly takesBack: boolean;
}

export function dockerIgnore(patterns: string): DockerIgnore {
  const rules = patterns.split(/\r?\n/).flatMap(ruleOf);
  return {
    ignores(path) {
      let ignored = false;
      for (const rule of rules) if (matchesOrAbove(rule, path)) ignored = !rule.takesBack;
      return ignored;
    },
  };
}

function ruleOf(line: string): Rule[] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  const takesBack = text.startsWith('!');
  const pattern = cleaned(takesBack ? text.slice(1).trim() : text);
  return pattern === '' ? [] : [{ matches: patternOf(pattern), takesBack }];
}

/** As Go's `filepath.Clean` does: no leading or trailing slash, no `.` parts. */
const cleaned = (pattern: string): string =>
  pattern
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');

/** A pattern that matches a folder covers what is in it. */
function matchesOrAbove({ matches }: Rule, path: string): boolean {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/'))))
    if (matches.test(at)) return true;
  return false;
}

function patternOf(pattern: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    if (char === '*' && pattern[i + 1] === '*') {
      i++;
      if (pattern[i + 1] === '/') {
        i++;
        source += '(?:.*/)?';
      } else source += '.*';
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', i + 1);
      if (end === -1) source += '\\[';
      else {
        source += `[${pattern
          .slice(i + 1, end)
          .replace(/\\/g, '\\\\')
          .replace(/^!/, '^')}]`;
        i = end;
      }
    } else if (char === '\\') {
      i++;
      source += escaped(pattern[i] ?? '');
    } else source += escaped(char);
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /(?!)/; // a broken range matches nothing
  }
}

const escaped = (char: string): string => char.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
