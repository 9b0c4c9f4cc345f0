import type { StartCommand, Term, Value } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import type { Code } from '../code.ts';
import type { Module } from '../modules.ts';
import type { Layout } from './layout.ts';
import { objectTarget, type Run } from './programs.ts';

interface Context {
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
  if (base.settings === '' || !base.settings.endsWith('.py')) return base;
  const path = context.layout.inRepository(folder === '' ? base.settings : `${folder}/${base.settings}`);
  const module = path === undefined ? undefined : context.code.modules.at(path);
  return module ? merged(context.code, base, module) : base;
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
