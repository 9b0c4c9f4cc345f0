import { NO_KEEPER, type StartPath } from '../../../model/index.ts';
import type { Launcher, StartContext, Step } from '../../start/follow.ts';
import type { Code } from '../../code/code.ts';
import type { Entry } from '../../code/reach.ts';
import { programOf, type Run } from './programs.ts';
import { servesInside } from './scripts.ts';
import { withSettings } from './settings.ts';
import { findTarget } from './target.ts';

/** Programs that start services of Python, and the modules where production enters the code. */
export const pythonLauncher =
  (code: Code): Launcher<Entry> =>
  (context, step) => {
    const [first = '', ...rest] = step.words;
    const run = programOf(first)?.(rest, step.at);
    return run && { kind: 'started', followed: [resolveRun({ ...context, code }, step, run)] };
  };

type Context = StartContext & { readonly code: Code };

function resolveRun(context: Context, step: Step, bare: Run) {
  const run = withSettings(context, step.folder, bare);
  const found = findTarget(context, step, run);
  const entries: Entry[] = found.module
    ? [{ module: found.module, isScript: found.isScript, object: found.object }]
    : [];
  const inside =
    run.serves.with === 'program' && found.module
      ? servesInside(context.code, found.module, found.isScript)
      : undefined;
  const serves = inside?.serves ?? run.serves;
  const startPath: StartPath = {
    kind: 'startPath',
    at: step.at,
    command: context.command,
    way: [...step.way, ...found.way, ...(inside?.way ?? [])],
    serves:
      serves.with === 'development-server' && serves.at.path === '' ? { ...serves, at: step.at } : serves,
    target: found.target,
    workers: inside?.workers ?? run.workers,
    keeper: NO_KEEPER,
    requestTimeout: inside?.requestTimeout ?? run.requestTimeout,
    reload: inside?.reload ?? run.reload,
    debug: inside?.debug ?? run.debug,
    binds: inside?.binds ?? run.binds,
  };
  return { startPath, entries: [...entries, ...(inside?.entries ?? [])] };
}
