/** A script of a package.json that a command runs: `npm run build -- --watch`, `pnpm --filter api start`. */
export interface TaskCall {
  readonly script: string;
  readonly args: readonly string[];
  /** Folder that the command goes to first, as written; empty for where it stands. */
  readonly folder: string;
  /** Names or folders of workspaces in which it runs; empty for the package where it stands. */
  readonly workspaces: readonly string[];
  /** Runs in every workspace that has it. */
  readonly everywhere: boolean;
  /** A word that is no script may be a program of an installed package. */
  readonly mayBeProgram: boolean;
  /** Words that the manager knows itself (`npm start` without a script runs `server.js`). */
  readonly manager: string;
}

const TAKES = [
  '--prefix', '-C', '--cwd', '--dir', '-w', '--workspace', '--filter', '-F', '--loglevel', '--registry',
  '--script-shell', '--userconfig', '--reporter',
]; // prettier-ignore

interface Read {
  readonly rest: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  readonly args: readonly string[];
}

/** Options stand before and after the verb; what comes behind `--`, or behind the script's name, belongs to it. */
function read(words: readonly string[], passes: (rest: readonly string[]) => boolean): Read {
  const rest: string[] = [];
  const values = new Map<string, readonly string[]>();
  const flags = new Set<string>();
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') return { rest, values, flags, args: words.slice(index + 1) };
    if (passes(rest)) break;
    const [name = word, value] = word.startsWith('-') ? word.split(/=([^]*)/, 2) : [word];
    if (!word.startsWith('-')) rest.push(word);
    else if (!TAKES.includes(name)) flags.add(name);
    else values.set(name, [...(values.get(name) ?? []), value ?? words[++index] ?? '']);
  }
  const after = words.slice(index);
  return { rest, values, flags, args: after[0] === '--' ? after.slice(1) : after };
}

const valuesOf = ({ values }: Read, ...names: readonly string[]): readonly string[] =>
  names.flatMap(name => values.get(name) ?? []);

const call = (manager: string, found: Read, script: string, mayBeProgram: boolean): TaskCall => ({
  script,
  args: found.args,
  folder: valuesOf(found, '--prefix', '-C', '--cwd', '--dir')[0] ?? '',
  workspaces: valuesOf(found, '-w', '--workspace', '--filter', '-F').map(name =>
    name.replace(/^\{?|\}?(\.\.\.)?$/g, ''),
  ),
  everywhere: ['-r', '--recursive', '--workspaces', '-ws'].some(flag => found.flags.has(flag)),
  mayBeProgram,
  manager,
});

const NPM_SCRIPTS = /^(start|stop|restart|test)$/;
const RUN = /^(run|run-script|rum|urn)$/;

/** Words of the managers themselves; anything else after `yarn` and `pnpm` is a script or a program. */
const OWN_WORDS =
  /^(install|i|ci|add|remove|rm|uninstall|update|up|upgrade|init|link|unlink|publish|pack|audit|outdated|cache|config|set|why|list|ls|info|version|global|import|prune|rebuild|store|deploy|fetch|patch|dedupe|plugin|npm|create|dlx|exec|node|constraints|env|setup|approve-builds|pm|x|build|upgrade-interactive|licenses|login|logout|whoami|view|team|doctor|help|bin|root|prefix|clean-install|cit|it|install-test|autoclean|check|policies|unplug|stage|search)$/;

function npm(words: readonly string[]): TaskCall | undefined {
  // npm keeps options that stand behind the name for itself; only words are handed on.
  const found = read(words, () => false);
  const [verb = '', script = '', ...args] = found.rest;
  const more = (own: readonly string[]): Read => ({ ...found, args: [...own, ...found.args] });
  if (RUN.test(verb)) return script === '' ? undefined : call('npm', more(args), script, false);
  if (NPM_SCRIPTS.test(verb)) return call('npm', more(found.rest.slice(1)), verb, false);
  return verb === 't' ? call('npm', more([]), 'test', false) : undefined;
}

function pnpm(words: readonly string[]): TaskCall | undefined {
  const found = read(
    words,
    rest => rest.length === (RUN.test(rest[0] ?? '') ? 2 : 1) && !RUN.test(rest.at(-1) ?? ''),
  );
  const [verb = '', script = ''] = found.rest;
  if (RUN.test(verb)) return script === '' ? undefined : call('pnpm', found, script, false);
  // `pnpm build` and `pnpm check` run scripts; pnpm has no such words of its own.
  return verb === '' || (OWN_WORDS.test(verb) && !/^(build|check)$/.test(verb))
    ? undefined
    : call('pnpm', found, verb, true);
}

function yarn(words: readonly string[]): TaskCall | undefined {
  if (words[0] === 'workspace' && words[1] !== undefined) {
    const inner = yarn(words.slice(2));
    return inner && { ...inner, workspaces: [words[1]] };
  }
  if (words[0] === 'workspaces') {
    const verb = words.findIndex((word, index) => index > 1 && RUN.test(word));
    const inner = verb === -1 ? undefined : yarn(words.slice(verb));
    return inner && { ...inner, everywhere: true };
  }
  const found = read(
    words,
    rest => rest.length === (RUN.test(rest[0] ?? '') ? 2 : 1) && !RUN.test(rest.at(-1) ?? ''),
  );
  const [verb = '', script = ''] = found.rest;
  if (RUN.test(verb)) return script === '' ? undefined : call('yarn', found, script, true);
  // `yarn build` runs the script; yarn has no such word of its own.
  return verb === '' || (OWN_WORDS.test(verb) && verb !== 'build')
    ? undefined
    : call('yarn', found, verb, true);
}

function bun(words: readonly string[]): TaskCall | undefined {
  const found = read(words, rest => rest.length === (rest[0] === 'run' ? 2 : 1) && rest.at(-1) !== 'run');
  const [verb = '', script = ''] = found.rest;
  const name = verb === 'run' ? script : verb;
  if (name === '' || /[./]/.test(name) || (verb !== 'run' && OWN_WORDS.test(verb))) return undefined;
  return call('bun', found, name, true);
}

function deno(words: readonly string[]): TaskCall | undefined {
  const [verb, ...rest] = words;
  const script = rest.find(word => !word.startsWith('-'));
  return verb === 'task' && script !== undefined
    ? call('deno', { rest: [], values: new Map(), flags: new Set(), args: [] }, script, false)
    : undefined;
}

const MANAGERS: Readonly<Record<string, (words: readonly string[]) => TaskCall | undefined>> = {
  npm,
  pnpm,
  yarn,
  yarnpkg: yarn,
  bun,
  deno,
};

/** The script that a command of a package manager runs; `undefined` for all other commands. */
export function taskCallOf(words: readonly string[]): TaskCall | undefined {
  const [program = '', ...rest] = words;
  const name = program.split('/').at(-1) ?? '';
  // `node --run start`
  if (name === 'node') {
    const index = rest.indexOf('--run');
    return index === -1 ? undefined : npm(['run', ...rest.slice(index + 1)]);
  }
  return MANAGERS[name]?.(rest);
}
