import type { LogCall, StartPath } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { inProduction } from '../../code/conditions.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { inCommand } from './commands.ts';
import { isLogger, LOG_WORDS } from './loggers.ts';
import { isMigration } from './own-code.ts';
import { valuesLogged } from './sensitive.ts';

const PRINTS = ['builtins.print', 'pprint.pprint', 'rich.print', 'traceback.print_exc'];

function lineAt(
  python: PythonView,
  site: CallSite,
  by: LogCall['by'],
  startPaths: readonly StartPath[],
): LogCall {
  return {
    kind: 'logCall',
    at: python.at(site.scope, site.call),
    by,
    isDebug: by === 'logger' && /^(debug|trace)$/.test(lastNameOf(site.call.callee)),
    inCommand: inCommand(python, site),
    tells: valuesLogged(python, site.call, site.scope),
    reached: both(python.reached(site), inProduction(python, site, startPaths).holds === 'no' ? 'no' : 'yes'),
  };
}

/** `print(…, file=out)` writes somewhere else. */
const writesElsewhere = (python: PythonView, { call, scope }: CallSite): boolean =>
  call.args.some(({ name, value }) => name === 'file' && !/std(err|out)/.test(python.textOf(scope, value)));

/** The lines that the service writes, by a logger or printed, and what they tell. */
export default defineExtractor({
  id: 'python/observe/lines',
  reads: ['startPath'],
  produces: ['logCall'],
  understands: hasPython,
  *extract({ python, facts }): Generator<LogCall> {
    const startPaths = facts.all('startPath');
    const isOwn = ({ scope: { module } }: CallSite) =>
      module.file.role === 'production' && !isMigration(module);
    for (const site of python.calls(...PRINTS))
      if (isOwn(site) && !writesElsewhere(python, site)) yield lineAt(python, site, 'print', startPaths);
    for (const site of python.callsEnding(...LOG_WORDS))
      if (isOwn(site) && isLogger(python, site.call, site.scope))
        yield lineAt(python, site, 'logger', startPaths);
  },
});
