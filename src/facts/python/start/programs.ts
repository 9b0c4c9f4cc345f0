import type { Location, Serves, Value } from '../../../model/index.ts';
import { byDefault, stated, unclear } from '../../../model/index.ts';
import { readOptions, type Options } from '../../start/arguments.ts';

/** What a command line says that it runs, before anything is looked up. */
export interface Run {
  readonly serves: Serves;
  /** `module:object` of a server, or the script or module of a program. */
  readonly target: RunTarget;
  readonly workers: Value<number>;
  readonly requestTimeout: Value<number>;
  readonly reload: Value<boolean>;
  readonly debug: Value<boolean>;
  readonly binds: Value<readonly string[]>;
  /** Folders that the program adds to where modules are looked for. */
  readonly folders: readonly string[];
  /** A settings file that it loads. */
  readonly settings: string;
  /** Modules that it tries, in this order, when the command names none. */
  readonly usual: readonly string[];
}

export type RunTarget =
  | { readonly kind: 'object'; readonly module: string; readonly object: string }
  /** `a.b` may be a module that holds an app under whatever name, or the app `b` of the module `a`. */
  | { readonly kind: 'dotted'; readonly name: string }
  | { readonly kind: 'script'; readonly path: string }
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'none' };

const baseRun = {
  workers: byDefault(1),
  requestTimeout: byDefault(0),
  reload: byDefault(false),
  debug: byDefault(false),
  binds: byDefault<readonly string[]>([]),
  folders: [''],
  settings: '',
  usual: [],
} as const;

const FLASK_USUAL = ['wsgi', 'app'];
const FASTAPI_USUAL = ['main', 'app', 'api', 'app.main', 'app.app', 'app.api'];

export const numberOr = (text: string | undefined, otherwise: Value<number>): Value<number> => {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (text !== '' && !Number.isNaN(number)) return stated(number);
  const fallback = /^\$\{\w+:?-(\d+)\}$/.exec(text)?.[1];
  return fallback === undefined ? unclear(`\`${text}\` is put in at run time`) : stated(Number(fallback));
};

const bindsOf = (values: readonly string[], otherwise: string): Value<readonly string[]> =>
  values.length > 0 ? stated(values) : byDefault([otherwise]);

/** `package.module:object`, `package.module:create_app()`, `package.module`. */
export function objectTarget(text: string | undefined, usual: string): RunTarget {
  if (text === undefined || text === '' || /\$|\{\{/.test(text)) return { kind: 'none' };
  const [module = '', object] = text.split(':');
  return {
    kind: 'object',
    module: module.replace(/\.py$/, '').replaceAll('/', '.'),
    object: object ?? usual,
  };
}

type Reader = (words: readonly string[], at: Location) => Run | undefined;

const production = (name: string): Serves => ({ with: 'production-server', name });
const worker = (name: string): Run => ({
  ...baseRun,
  serves: { with: 'worker', name },
  target: { kind: 'none' },
});

const GUNICORN_FLAGS = [
  '--reload', '--preload', '--daemon', '-D', '--no-sendfile', '--capture-output', '--check-config',
  '--print-config', '--proxy-protocol', '--disable-redirect-access-to-syslog', '-R', '--enable-stdio-inheritance',
  '--spew', '--initgroups', '--reuse-port', '--log-syslog', '--suppress-ragged-eofs',
]; // prettier-ignore

const gunicorn: Reader = words => {
  const options = readOptions(words, GUNICORN_FLAGS);
  return {
    ...baseRun,
    serves: production('gunicorn'),
    target: objectTarget(options.rest[0], 'application'),
    workers: numberOr(options.value('-w', '--workers'), byDefault(1)),
    requestTimeout: numberOr(options.value('-t', '--timeout'), byDefault(30)),
    reload: options.flag('--reload') ? stated(true) : byDefault(false),
    binds: bindsOf(options.all('-b', '--bind'), '127.0.0.1:8000'),
    folders: [options.value('--chdir') ?? '', ...pythonPath(options)],
    settings: options.value('-c', '--config')?.replace(/^file:/, '') ?? 'gunicorn.conf.py',
  };
};

const pythonPath = (options: Options): readonly string[] =>
  options.all('--pythonpath').flatMap(value => value.split(','));

const ASGI_FLAGS = [
  '--reload', '--factory', '--proxy-headers', '--no-proxy-headers', '--access-log', '--no-access-log',
  '--use-colors', '--no-use-colors', '--server-header', '--no-server-header', '--date-header',
  '--no-date-header', '--debug', '--reload-include-hidden',
]; // prettier-ignore

const asgi =
  (name: string, bind: string): Reader =>
  (words, at) => {
    const options = readOptions(words, ASGI_FLAGS);
    const reload = options.flag('--reload');
    const host = options.value('--host');
    const port = options.value('--port');
    const given = options.all('-b', '--bind');
    return {
      ...baseRun,
      serves: reload ? { with: 'development-server', name: `${name} --reload`, at } : production(name),
      target: objectTarget(options.rest[0], 'app'),
      workers: numberOr(options.value('--workers', '-w'), byDefault(1)),
      reload: reload ? stated(true) : byDefault(false),
      debug: options.flag('--debug') ? stated(true) : byDefault(false),
      binds:
        host !== undefined || port !== undefined
          ? stated([`${host ?? '127.0.0.1'}:${port ?? '8000'}`])
          : bindsOf(given, bind),
      folders: [options.value('--app-dir') ?? ''],
    };
  };

const flask: Reader = (words, at) => {
  const run = words.indexOf('run');
  if (run === -1) return undefined;
  const before = readOptions(words.slice(0, run), ['--debug', '--no-debug']);
  const options = readOptions(words.slice(run + 1), [
    '--debug',
    '--no-debug',
    '--reload',
    '--no-reload',
    '--debugger',
  ]);
  const debug = before.flag('--debug') || options.flag('--debug');
  return {
    ...baseRun,
    serves: { with: 'development-server', name: 'flask run', at },
    target: objectTarget(before.value('--app', '-A') ?? options.value('--app', '-A'), ''),
    usual: FLASK_USUAL,
    debug: debug ? stated(true) : byDefault(false),
    reload: options.flag('--reload') || debug ? stated(true) : byDefault(false),
    binds: stated([
      `${options.value('--host', '-h') ?? '127.0.0.1'}:${options.value('--port', '-p') ?? '5000'}`,
    ]),
  };
};

const fastapi: Reader = (words, at) => {
  const [mode, ...rest] = words;
  if (mode !== 'run' && mode !== 'dev') return undefined;
  const options = readOptions(rest, [...ASGI_FLAGS, '--no-reload']);
  const reload = mode === 'dev' ? !options.flag('--no-reload') : options.flag('--reload');
  const [path] = options.rest;
  return {
    ...baseRun,
    serves:
      mode === 'dev'
        ? { with: 'development-server', name: 'fastapi dev', at }
        : production('fastapi run (uvicorn)'),
    target: objectTarget(options.value('-e', '--entrypoint') ?? path, 'app'),
    usual: FASTAPI_USUAL,
    workers: numberOr(options.value('--workers'), byDefault(1)),
    reload: stated(reload),
    binds: stated([`${options.value('--host') ?? '0.0.0.0'}:${options.value('--port') ?? '8000'}`]),
  };
};

const waitress: Reader = words => {
  const options = readOptions(words, [
    '--call',
    '--expose-tracebacks',
    '--no-expose-tracebacks',
    '--no-ipv4',
    '--no-ipv6',
  ]);
  return {
    ...baseRun,
    serves: production('waitress'),
    target: objectTarget(options.rest[0], 'app'),
    workers: numberOr(options.value('--threads'), byDefault(4)),
    binds: bindsOf(
      options.all('--listen'),
      `${options.value('--host') ?? '0.0.0.0'}:${options.value('--port') ?? '8080'}`,
    ),
  };
};

const uwsgi: Reader = words => {
  const options = readOptions(words, [
    '--master',
    '--enable-threads',
    '--lazy-apps',
    '--die-on-term',
    '--vacuum',
    '--need-app',
    '--single-interpreter',
    '--thunder-lock',
  ]);
  const ini = options.value('--ini') ?? options.rest.find(word => /\.ini$/.test(word));
  const file = options.value('--wsgi-file', '--file');
  const module = options.value('--module', '-w', '--wsgi');
  return {
    ...baseRun,
    serves: production('uwsgi'),
    target:
      module !== undefined
        ? objectTarget(module, options.value('--callable') ?? 'application')
        : objectTarget(file, options.value('--callable') ?? 'application'),
    workers: numberOr(options.value('--processes', '-p', '--workers'), byDefault(1)),
    requestTimeout: numberOr(options.value('--harakiri'), byDefault(0)),
    binds: bindsOf(options.all('--http', '--socket', '--http-socket', '-s'), ''),
    folders: [options.value('--chdir') ?? '', ...options.all('--pythonpath', '--pp')],
    settings: ini ?? '',
  };
};

const celery: Reader = words => {
  const options = readOptions(words, ['-B', '--beat', '-E', '--without-gossip', '--without-mingle']);
  const name =
    `celery ${options.rest.find(word => ['worker', 'beat', 'flower'].includes(word)) ?? ''}`.trim();
  const app = options.value('-A', '--app');
  const isDotted = app !== undefined && /^[\w.]+$/.test(app);
  return {
    ...worker(options.flag('-B') || options.flag('--beat') ? `${name} with beat` : name),
    target: isDotted ? { kind: 'dotted', name: app } : objectTarget(app, 'app'),
  };
};

const python: Reader = words => {
  const options = words.filter(
    word => !/^-[uBEIOsSx]+$/.test(word) && !word.startsWith('-W') && !word.startsWith('-X'),
  );
  const [first = '', second = ''] = options;
  if (first === '-m') return moduleRun(second, options.slice(2));
  if (first === '' || first.startsWith('-') || first.includes('$')) return undefined;
  const script: RunTarget = { kind: 'script', path: first };
  const settings = /(^|\/)manage\.py$/.test(first) && second === 'runserver';
  return settings
    ? {
        ...baseRun,
        serves: { with: 'development-server', name: 'manage.py runserver', at: NOWHERE },
        target: script,
        reload: stated(!options.includes('--noreload')),
      }
    : { ...baseRun, serves: { with: 'program', name: `python ${first}` }, target: script };
};

const NOWHERE: Location = { path: '', startLine: 0, endLine: 0 };

/** `python -m uvicorn app:app` is `uvicorn app:app`; other modules are programs of their own. */
function moduleRun(module: string, rest: readonly string[]): Run | undefined {
  const known = PROGRAMS[module];
  if (known) return known(rest, NOWHERE);
  if (['pip', 'venv', 'alembic', 'pytest', 'http.server', 'compileall'].includes(module)) return undefined;
  return {
    ...baseRun,
    serves: { with: 'program', name: `python -m ${module}` },
    target: { kind: 'module', module },
  };
}

/** Programs that start a service of Python, by name. */
export const PROGRAMS: Readonly<Record<string, Reader>> = {
  gunicorn,
  uvicorn: asgi('uvicorn', '127.0.0.1:8000'),
  hypercorn: asgi('hypercorn', '127.0.0.1:8000'),
  granian: asgi('granian', '127.0.0.1:8000'),
  daphne: asgi('daphne', '127.0.0.1:8000'),
  flask,
  fastapi,
  'waitress-serve': waitress,
  waitress,
  uwsgi,
  celery,
  rq: () => worker('rq'),
  rqworker: () => worker('rq'),
  dramatiq: words => ({
    ...worker('dramatiq'),
    target: objectTarget(readOptions(words, []).rest[0], 'broker'),
  }),
  arq: words => {
    const [path = ''] = words;
    const dot = path.lastIndexOf('.');
    return { ...worker('arq'), target: objectTarget(`${path.slice(0, dot)}:${path.slice(dot + 1)}`, '') };
  },
  huey_consumer: () => worker('huey'),
  'huey_consumer.py': () => worker('huey'),
  python,
  python3: python,
  pypy3: python,
};

/** The program behind a word: `/opt/venv/bin/gunicorn`, `python3.11`. */
export const programOf = (word: string): Reader | undefined =>
  PROGRAMS[(word.split('/').at(-1) ?? '').replace(/^(python3)\.\d+$/, '$1')];
