import { nodeCommand } from '../start/unwrap.ts';

/** Options of `docker run` and `docker compose run` that take a value as the next word. */
const WITH_VALUE =
  /^(-e|--env|-u|--user|-v|--volume|-w|--workdir|--name|--entrypoint|--network|-p|--publish|-f|--file|--env-file|--project-name|--profile|--mount|-l|--label|--platform|-m|--memory|--with|--python|--extra|--group|--directory|--project|-i|-s|--signal|-k|--rcfile|--source|--omit|--include|--context|-c|--config)$/;

function withoutOptions(words: readonly string[]): readonly string[] {
  let index = 0;
  while (index < words.length && /^-./.test(words[index] ?? ''))
    index += WITH_VALUE.test(words[index] ?? '') ? 2 : 1;
  return words.slice(index);
}

/** Programs that only run another one, and how many words of their own follow them. */
const PREFIXES: Readonly<Record<string, (words: readonly string[]) => readonly string[] | undefined>> = {
  sudo: withoutOptions,
  exec: withoutOptions,
  time: withoutOptions,
  nohup: withoutOptions,
  command: withoutOptions,
  'xvfb-run': withoutOptions,
  uvx: withoutOptions,
  c8: withoutOptions,
  nyc: withoutOptions,
  env: words => withoutSettings(withoutOptions(words)),
  timeout: words => withoutOptions(words).slice(1),
  poetry: words => (words[0] === 'run' ? words.slice(1) : undefined),
  pipenv: words => (words[0] === 'run' ? words.slice(1) : undefined),
  pdm: words => (words[0] === 'run' ? withoutOptions(words.slice(1)) : undefined),
  rye: words => (words[0] === 'run' ? words.slice(1) : undefined),
  uv: words => (words[0] === 'run' ? withoutOptions(words.slice(1)) : undefined),
  pipx: words => (words[0] === 'run' ? withoutOptions(words.slice(1)) : undefined),
  coverage: words => (words[0] === 'run' ? moduleOr(withoutOptions(words.slice(1)), words) : undefined),
  'docker-compose': composed,
  docker: words => {
    if (words[0] === 'compose') return composed(words.slice(1));
    return words[0] === 'run' || words[0] === 'exec' ? withoutOptions(words.slice(1)).slice(1) : undefined;
  },
  kubectl: words =>
    words[0] === 'exec' && words.includes('--') ? words.slice(words.indexOf('--') + 1) : undefined,
};

/** `env A=b command` */
const withoutSettings = (words: readonly string[]): readonly string[] =>
  words.slice(
    Math.max(
      0,
      words.findIndex(word => !/^\w+=/.test(word)),
    ),
  );

/** `coverage run -m pytest`: the module is the program. */
function moduleOr(rest: readonly string[], words: readonly string[]): readonly string[] {
  const index = words.indexOf('-m');
  return index === -1 ? ['python', ...rest] : words.slice(index + 1);
}

function composed(words: readonly string[]): readonly string[] | undefined {
  const rest = withoutOptions(words);
  return rest[0] === 'run' || rest[0] === 'exec' ? withoutOptions(rest.slice(1)).slice(1) : undefined;
}

const MOST_PREFIXES = 6;

/** The words of a command from its real program on: `pytest -q` of `poetry run python -m pytest -q`. */
export function programIn(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let step = 0; step < MOST_PREFIXES; step++) {
    const [program = '', ...after] = rest;
    const name = program.split('/').at(-1) ?? '';
    if (/^python[\d.]*$/.test(name) && after[0] === '-m') {
      rest = after.slice(1);
      continue;
    }
    if (/^(ba|z|da)?sh$/.test(name) && after[0] !== undefined && !/^-\w*c$/.test(after[0])) {
      rest = withoutOptions(after);
      continue;
    }
    const behind = nodeCommand(rest);
    if (behind && behind.length > 0) {
      rest = withoutSettings(behind);
      continue;
    }
    const own = Object.hasOwn(PREFIXES, name) ? PREFIXES[name]?.(after) : undefined;
    // A container that is started without a command is the program itself.
    if (!own || own.length === 0) return rest;
    rest = own;
  }
  return rest;
}
