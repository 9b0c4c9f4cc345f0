/** Words that only run what follows them, with the number of own arguments that they take. */
const WRAPPERS: Readonly<Record<string, number>> = {
  exec: 0,
  tini: 0,
  '/sbin/tini': 0,
  '/usr/bin/tini': 0,
  'dumb-init': 0,
  '/usr/bin/dumb-init': 0,
  nohup: 0,
  time: 0,
  nice: 0,
  catchsegv: 0,
  gosu: 1,
  'su-exec': 1,
  'opentelemetry-instrument': 0,
  'ddtrace-run': 0,
  'scout-apm': 0,
  'aikido-monitor': 0,
  'start-server': 0,
};

/** `poetry run x`: two words that only run what follows. */
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  poetry: ['run'],
  pipenv: ['run'],
  uv: ['run'],
  pdm: ['run'],
  rye: ['run'],
  hatch: ['run'],
  'newrelic-admin': ['run-program', 'run-python'],
  doppler: ['run'],
  dotenv: ['run'],
  conda: ['run'],
  micromamba: ['run'],
};

/** Runners of Node: what may stand before the command, and the options that take the next word. */
const NODE_RUNNERS: Readonly<
  Record<string, { readonly verb: RegExp | undefined; readonly takes: readonly string[] }>
> = {
  npx: { verb: undefined, takes: ['-p', '--package', '-w', '--workspace'] },
  bunx: { verb: undefined, takes: [] },
  pnpx: { verb: undefined, takes: ['--package'] },
  npm: { verb: /^(exec|x)$/, takes: ['-p', '--package', '-w', '--workspace'] },
  pnpm: { verb: /^(exec|dlx)$/, takes: ['--package'] },
  yarn: { verb: /^(exec|dlx)$/, takes: ['-p'] },
  'cross-env': { verb: undefined, takes: [] },
  'cross-env-shell': { verb: undefined, takes: [] },
  dotenv: { verb: undefined, takes: ['-e', '-c', '-v', '-p'] },
  dotenvx: { verb: /^run$/, takes: ['-f', '--env-file', '-fk'] },
  'env-cmd': { verb: undefined, takes: ['-f', '--file', '-e', '--environments', '-r', '--rc-file'] },
  infisical: { verb: /^run$/, takes: ['--env', '--path', '--projectId'] },
  op: { verb: /^run$/, takes: ['--env-file', '--account'] },
};

/** The command that a runner of Node runs; `undefined` when this is none of them. */
export function nodeCommand(words: readonly string[]): readonly string[] | undefined {
  const runner = NODE_RUNNERS[baseOf(words[0] ?? '')];
  if (!runner || (runner.verb && !runner.verb.test(words[1] ?? ''))) return undefined;
  // `dotenv run` is the program of the same name in Python.
  if (words[0] === 'dotenv' && words[1] === 'run') return undefined;
  let index = runner.verb ? 2 : 1;
  for (; (words[index] ?? '').startsWith('-'); index++) {
    if (words[index] === '--') return words.slice(index + 1);
    if (runner.takes.includes(words[index] ?? '')) index++;
  }
  return words.slice(index);
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

const baseOf = (word: string): string => word.split('/').at(-1) ?? '';

/** The command inside of its wrappers, and the variables that are set on the way. */
export function unwrapped(words: readonly string[]): {
  readonly words: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** The wrapper forwards signals and is made to be PID 1. */
  readonly wrappers: readonly string[];
} {
  const variables: Record<string, string> = {};
  const wrappers: string[] = [];
  let left = [...words];
  for (let guard = 0; guard < 20; guard++) {
    const [first = '', second = ''] = left;
    if (ASSIGNMENT.test(first)) {
      variables[first.slice(0, first.indexOf('='))] = first.slice(first.indexOf('=') + 1);
      left = left.slice(1);
      continue;
    }
    if (first === 'env' || first === '/usr/bin/env') {
      wrappers.push('env');
      left = left.slice(1);
      continue;
    }
    const own = WRAPPERS[first] ?? WRAPPERS[baseOf(first)];
    if (own !== undefined) {
      wrappers.push(baseOf(first));
      left = withoutOptions(left.slice(1)).slice(own);
      continue;
    }
    const runner = RUNNERS[baseOf(first)];
    if (runner?.includes(second)) {
      wrappers.push(`${baseOf(first)} ${second}`);
      left = withoutOptions(left.slice(2));
      continue;
    }
    const command = nodeCommand(left);
    if (command) {
      wrappers.push(baseOf(first));
      left = [...command];
      continue;
    }
    if (/^(wait-for-it(\.sh)?|wait-for(\.sh)?|dockerize)$/.test(baseOf(first))) {
      const dashes = left.indexOf('--');
      if (dashes === -1) break;
      wrappers.push(baseOf(first));
      left = left.slice(dashes + 1);
      continue;
    }
    break;
  }
  return { words: left, variables, wrappers };
}

/** Options of a wrapper before the command: `-g`, `--`, `--no-sync`. */
function withoutOptions(words: readonly string[]): string[] {
  const start = words.findIndex(word => !word.startsWith('-'));
  return start === -1 ? [] : words.slice(start);
}
