import type {
  AccessLog,
  LogFormat,
  LogSetup,
  LogTarget,
  StartPath,
  Term,
  Value,
} from '../../../model/index.ts';
import { byDefault, lineOf, literalTexts, stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import { targetsOfWords } from '../../deploy/log-files.ts';
import type { Module } from '../../code/modules.ts';
import type { PythonView } from '../view.ts';
import { isStructuredName } from './styles.ts';

/** The words of the command that starts the server, options of `GUNICORN_CMD_ARGS` after them. */
function wordsOf({ command, way }: StartPath): readonly string[] {
  const words = command.commands.flat();
  const extra = command.environment['GUNICORN_CMD_ARGS'];
  const added = extra?.kind === 'literal' ? String(extra.value).split(/\s+/) : [];
  // Inside a script the words stand in what the way says.
  const told = way.slice(1).flatMap(({ says }) => /^runs `(.*)`$/.exec(says)?.[1]?.split(/\s+/) ?? []);
  return [...words, ...told, ...added];
}

const optionIn = (words: readonly string[], name: RegExp): string | undefined => {
  const index = words.findIndex(word => name.test(word.split('=')[0] ?? ''));
  const word = words[index];
  return word === undefined ? undefined : word.includes('=') ? word.split('=')[1] : (words[index + 1] ?? '');
};

/** gunicorn's own settings file, which is Python. */
const settingsModules = (python: PythonView): readonly Module[] =>
  python.code.modules.all.filter(
    ({ path, file }) =>
      /(^|\/)(gunicorn[\w.-]*|[\w-]*gunicorn[_.-]?(conf|config|cfg)?)\.py$/.test(path) &&
      file.role !== 'test' &&
      file.role !== 'example',
  );

function settingOf(python: PythonView, module: Module, name: string): Term | undefined {
  const at = { path: module.path, startLine: 1, endLine: 1 };
  return python.code.evaluator.memberOf({ kind: 'module', module }, name, at);
}

const isNothing = (term: Term): boolean =>
  term.kind === 'literal' && (term.value === null || term.value === '');

/** The setting in gunicorn's file; `undefined` where none is made. */
function accessInSettings(
  python: PythonView,
): { readonly on: Value<boolean>; readonly at: AccessLog['at'] } | undefined {
  for (const module of settingsModules(python)) {
    const term = settingOf(python, module, 'accesslog');
    if (!term) continue;
    const on: Value<boolean> = isNothing(term)
      ? stated(false)
      : term.kind === 'literal' || literalTexts(term).length > 0
        ? stated(true)
        : unclear('its place is worked out at run time');
    return { on, at: term.at };
  }
  return undefined;
}

/** What each server does by itself, and the option that changes it. */
function byServer(name: string, words: readonly string[], text: string): Value<boolean> | undefined {
  if (/^gunicorn/.test(name)) {
    const file = optionIn(words, /^--access-logfile$/);
    return file === undefined ? byDefault(false) : stated(file !== '/dev/null');
  }
  if (/^(uvicorn|fastapi (run|dev))/.test(name)) {
    const level = optionIn(words, /^--log-level$/);
    if (words.includes('--no-access-log')) return stated(false);
    return level !== undefined && /^(warning|error|critical)$/i.test(level) ? stated(false) : byDefault(true);
  }
  if (/^hypercorn/.test(name))
    return stated(optionIn(words, /^--(access-logfile|access-log)$/) !== undefined);
  if (/^granian/.test(name)) return stated(words.includes('--access-log'));
  if (/^daphne/.test(name)) return byDefault(true);
  if (/^uwsgi/.test(name))
    return words.some(word => /^(--disable-logging|-L)$/.test(word))
      ? stated(false)
      : /\.ini\b/.test(text)
        ? unclear('its settings file may turn them off')
        : byDefault(true);
  return /^waitress/.test(name) ? byDefault(false) : undefined;
}

function* accessOf(view: ServiceView, path: StartPath): Generator<AccessLog> {
  const { serves } = path;
  // With `--reload` uvicorn writes requests down too; what the development server of a framework does is no log.
  if (serves.with !== 'production-server' && serves.with !== 'development-server') return;
  const words = wordsOf(path);
  const on = byServer(serves.name, words, path.command.text);
  if (!on) return;
  const file =
    /^gunicorn/.test(serves.name) && on.state === 'default' ? accessInSettings(view.python) : undefined;
  yield {
    kind: 'accessLog',
    at: file?.at ?? path.at,
    name: serves.name,
    on: file?.on ?? on,
    reached: 'yes',
  };
}

/** `uvicorn.run(app, access_log=False)` */
function* byCalls(python: PythonView): Generator<AccessLog> {
  for (const site of python.calls('uvicorn.run', 'uvicorn.Config')) {
    const term = python.args(site).arg(-1, 'access_log');
    if (term?.kind !== 'literal') continue;
    yield {
      kind: 'accessLog',
      at: python.at(site.scope, site.call),
      name: 'uvicorn',
      on: stated(Boolean(term.value)),
      reached: python.reached(site),
    };
  }
}

/** A file with logging settings that the server is given: what is in it is found by its name. */
/** `format={"time": "%(asctime)s", …}`: an object of JSON for each line. */
const IS_OBJECT = /^\s*["']?format["']?\s*[:=]\s*["']?\{\s*\\?"\w+\\?"\s*:/;

function* settingsFile(
  { repository }: ServiceView,
  name: string,
  at: LogSetup['at'],
): Generator<LogSetup | LogFormat> {
  yield {
    kind: 'logSetup',
    at,
    name: `the settings file ${name}`,
    level: stated('configured'),
    wired: 'yes',
  };
  const base = name.slice(name.lastIndexOf('/') + 1);
  const file = repository.files.find(({ path }) => path === base || path.endsWith(`/${base}`));
  if (!file) return;
  const lines = file.text.split('\n');
  const found = lines.findIndex(
    line =>
      IS_OBJECT.test(line) ||
      isStructuredName(/^\s*(?:class|\(\)|["']\(\)["'])\s*[:=]\s*["']?([\w.]+)/.exec(line)?.[1] ?? ''),
  );
  yield {
    kind: 'logFormat',
    at: lineOf(file.path, Math.max(found, 0) + 1),
    name: file.path,
    style: found === -1 ? 'text' : 'structured',
    wired: 'yes',
    says: '',
  };
}

/** Servers with logging settings of their own: how requests are written down, and files that are named. */
export default defineExtractor({
  id: 'python/observe/server-logs',
  reads: ['startPath'],
  produces: ['accessLog', 'logSetup', 'logFormat', 'logTarget'],
  understands: hasPython,
  *extract(view): Generator<AccessLog | LogSetup | LogFormat | LogTarget> {
    const { python, facts, repository } = view;
    const paths = facts.all('startPath');
    const deployed = paths.filter(({ command }) => command.stage !== 'development');
    for (const path of deployed.length > 0 ? deployed : paths) {
      yield* accessOf(view, path);
      const words = wordsOf(path);
      for (const target of targetsOfWords(repository, words, path.at)) yield target;
      const config = optionIn(words, /^--log-config(-json)?$/);
      if (config !== undefined) yield* settingsFile(view, config, path.at);
    }
    if (
      facts
        .all('startPath')
        .some(({ serves }) => serves.with === 'production-server' && /^gunicorn/.test(serves.name))
    )
      for (const module of settingsModules(python)) {
        const file = settingOf(python, module, 'logconfig');
        const name = file ? literalTexts(file)[0] : undefined;
        if (file && name !== undefined) yield* settingsFile(view, name, file.at);
      }
    yield* byCalls(python);
  },
});
