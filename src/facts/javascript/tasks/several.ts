import { parseShell } from '../../../read/documents/shell.ts';

const npmRun = (name: string): readonly string[] => ['npm', 'run', ...name.split(/\s+/).filter(Boolean)];

/** `concurrently "npm:api" "vite"`, `npm-run-all build start`, `turbo run start --filter=api`. */
export function tasksIn(words: readonly string[]): readonly (readonly string[])[] | undefined {
  const [program = '', ...rest] = words;
  switch (program.split('/').at(-1)) {
    case 'concurrently':
      return valuesOf(rest, [
        '-n',
        '--names',
        '-c',
        '--prefix-colors',
        '-p',
        '--prefix',
        '-t',
        '--timestamp-format',
        '--restart-tries',
        '-m',
        '--max-processes',
        '--default-input-target',
        '-l',
        '--prefix-length',
      ]).flatMap(text => (text.startsWith('npm:') ? [npmRun(text.slice(4))] : shellWords(text)));
    case 'npm-run-all':
    case 'npm-run-all2':
    case 'run-s':
    case 'run-p':
      return valuesOf(rest, ['--max-parallel', '--npm-path']).map(npmRun);
    case 'wireit':
      return [];
    case 'turbo':
      return turboTasks(rest);
    case 'lerna':
      return rest[0] === 'run'
        ? [['npm', 'run', rest[1] ?? '', '--workspaces', ...scopes(rest, '--scope')]]
        : undefined;
    case 'nx':
      return nxTasks(rest);
    default:
      return undefined;
  }
}

const shellWords = (text: string): readonly (readonly string[])[] =>
  parseShell(text, '', 1).commands.map(command => [
    ...command.assignments.map(({ name, text: value }) => `${name}=${value}`),
    ...command.words.map(word => word.text),
  ]);

const valuesOf = (words: readonly string[], taking: readonly string[]): readonly string[] =>
  words.filter((word, index) => !word.startsWith('-') && !taking.includes(words[index - 1] ?? ''));

/** `--filter=web`, `-F web`, as the workspaces of npm. */
function scopes(words: readonly string[], ...names: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const [name = '', value] = word.split(/=([^]*)/, 2);
    if (!names.includes(name)) return [];
    return ['-w', (value ?? words[index + 1] ?? '').replace(/\.\.\.$/, '')];
  });
}

function turboTasks(rest: readonly string[]): readonly (readonly string[])[] | undefined {
  const values = valuesOf(rest, [
    '--filter',
    '-F',
    '--cwd',
    '--concurrency',
    '--env-mode',
    '--log-order',
    '--ui',
  ]);
  const tasks = values[0] === 'run' ? values.slice(1) : values;
  if (tasks.length === 0 || /^(prune|login|link|daemon|watch)$/.test(tasks[0] ?? '')) return undefined;
  const where = scopes(rest, '--filter', '-F');
  return tasks.map(name => {
    const [of, script = of ?? ''] = name.split('#', 2);
    const scope = name.includes('#') ? ['-w', of ?? ''] : where;
    return ['npm', 'run', script, ...(scope.length > 0 ? scope : ['--workspaces'])];
  });
}

/** `nx run api:serve`, `nx serve api`, `nx run-many -t build`. */
function nxTasks(rest: readonly string[]): readonly (readonly string[])[] | undefined {
  const [verb = '', ...values] = valuesOf(rest, [
    '-t',
    '--target',
    '--targets',
    '-p',
    '--projects',
    '-c',
    '--configuration',
    '--parallel',
  ]);
  if (verb === 'run') {
    const [project = '', ...target] = (values[0] ?? '').split(':');
    return [['npm', 'run', target.join(':'), '-w', project]];
  }
  if (verb === 'run-many') {
    const tasks = scopes(rest, '-t', '--target', '--targets').filter((_, index) => index % 2 === 1);
    return tasks.flatMap(task => task.split(',')).map(task => ['npm', 'run', task, '--workspaces']);
  }
  return verb !== '' && values[0] !== undefined ? [['npm', 'run', verb, '-w', values[0]]] : undefined;
}
