import type { Repository, StartCommand, Term, Value } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { readIni } from '../../../read/documents/ini.ts';
import type { Code } from '../../code/code.ts';
import type { Module } from '../../code/modules.ts';
import type { Layout } from '../../start/layout.ts';
import { objectTarget, type Run } from './programs.ts';

interface Context {
  readonly repository: Repository;
  readonly code: Code;
  readonly command: StartCommand;
  readonly layout: Layout;
}

/**
 * What a server's settings file adds: gunicorn loads the one named with `-c`, and `gunicorn.conf.py` of its
 * working directory by itself; any other file is loaded by nobody. The command line wins.
 */
export function withSettings(context: Context, folder: string, run: Run): Run {
  const fromEnvironment = numberIn(context.command.environment['WEB_CONCURRENCY']);
  const base: Run =
    fromEnvironment !== undefined && run.workers.state === 'default'
      ? { ...run, workers: fromEnvironment }
      : run;
  if (base.settings.includes('$')) return unknownSettings(base, base.settings);
  if (!/\.(py|ini)$/.test(base.settings)) return base;
  const path = context.layout.inRepository(folder === '' ? base.settings : `${folder}/${base.settings}`);
  if (base.settings.endsWith('.ini')) return withIni(context.repository, base, path);
  const module = path === undefined ? undefined : context.code.modules.at(path);
  return module ? merged(context.code, base, module) : base;
}

/** The file is named, and what stands in it cannot be told. */
function unknownSettings(run: Run, name: string): Run {
  const open = (value: Value<number>): Value<number> =>
    value.state === 'default' ? unclear(`it may stand in ${name}`) : value;
  return { ...run, workers: open(run.workers), requestTimeout: open(run.requestTimeout) };
}

/** uWSGI's own file: `processes`, `harakiri`, `module`. */
function withIni(repository: Repository, run: Run, path: string | undefined): Run {
  const file = path === undefined ? undefined : repository.file(path);
  const read = file && contentOf(readIni(file));
  if (!read) return unknownSettings(run, run.settings);
  const entries = read.filter(({ name }) => name === 'uwsgi').flatMap(section => section.entries);
  const value = (...keys: readonly string[]) => entries.find(({ key }) => keys.includes(key))?.value.trim();
  const number = (given: Value<number>, ...keys: readonly string[]): Value<number> => {
    const text = value(...keys);
    if (given.state !== 'default' || text === undefined) return given;
    return /^\d+$/.test(text) ? stated(Number(text)) : unclear(`\`${text}\` is put in at run time`);
  };
  const module = value('module', 'wsgi');
  return {
    ...run,
    workers: number(run.workers, 'processes', 'workers', 'cheaper-initial'),
    requestTimeout: number(run.requestTimeout, 'harakiri'),
    target:
      run.target.kind === 'none' && module !== undefined
        ? objectTarget(module, value('callable') ?? 'application')
        : run.target,
  };
}

function numberIn(term: Term | undefined): Value<number> | undefined {
  if (!term) return undefined;
  const number = Number(term.kind === 'literal' ? term.value : Number.NaN);
  return Number.isNaN(number) ? unclear('the number is put in at run time') : stated(number);
}

function merged(code: Code, run: Run, module: Module): Run {
  const term = (name: string): Term | undefined =>
    code.evaluator.memberOf({ kind: 'module', module }, name, {
      path: module.path,
      startLine: 1,
      endLine: 1,
    });
  const number = (name: string, given: Value<number>): Value<number> => {
    const found = term(name);
    if (given.state !== 'default' || !found) return given;
    const value = found.kind === 'env' && found.fallback ? found.fallback : found;
    return value.kind === 'literal' && typeof value.value === 'number'
      ? stated(value.value)
      : unclear(`\`${name}\` in ${module.path} is worked out at run time`);
  };
  const bind = term('bind');
  const app = term('wsgi_app');
  return {
    ...run,
    workers: number('workers', run.workers),
    requestTimeout: number('timeout', run.requestTimeout),
    reload: term('reload')?.kind === 'literal' && isTrue(term('reload')) ? stated(true) : run.reload,
    binds:
      run.binds.state === 'default' && bind?.kind === 'literal' ? stated([String(bind.value)]) : run.binds,
    target:
      run.target.kind === 'none' && app?.kind === 'literal'
        ? objectTarget(String(app.value), 'application')
        : run.target,
  };
}

const isTrue = (term: Term | undefined): boolean => term?.kind === 'literal' && term.value === true;
