import type { LogCall, StartPath } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { inProduction } from '../../code/conditions.ts';
import { loggedValues } from '../../code/logged-values.ts';
import { isLogger, LOG_WORDS } from './loggers.ts';

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'].map(
  word => `console.${word}`,
);
/** Scripts that a person or a pipeline runs, and what fills a database by hand. */
const BY_HAND =
  /(^|\/)(scripts?|bin|cli|commands?|seeds?|seeders?|migrations?|tools|tasks)\/|(^|\/)(seed|cli|migrate|setup)\.[cm]?[jt]s$/;

function lineAt(
  node: CodeView,
  site: CallSite,
  by: LogCall['by'],
  startPaths: readonly StartPath[],
): LogCall {
  const held = inProduction(node, site, startPaths).holds;
  return {
    kind: 'logCall',
    at: node.at(site.scope, site.call),
    by,
    isDebug: by === 'logger' && /^(debug|trace|verbose|silly)$/.test(lastNameOf(site.call.callee)),
    inCommand: BY_HAND.test(site.scope.module.path),
    tells: loggedValues(node, site.call, site.scope),
    reached: both(node.reached(site), held === 'no' ? 'no' : 'yes'),
  };
}

/** The lines that the service writes, by a logger or to the console, and what they tell. */
export default defineExtractor({
  id: 'javascript/logs/lines',
  reads: ['startPath'],
  produces: ['logCall'],
  understands: hasNode,
  *extract({ node, facts }): Generator<LogCall> {
    const startPaths = facts.all('startPath');
    const isOwn = ({ scope }: CallSite) => scope.module.file.role === 'production';
    for (const site of node.calls(...CONSOLE)) if (isOwn(site)) yield lineAt(node, site, 'print', startPaths);
    for (const site of node.callsEnding(...LOG_WORDS))
      if (isOwn(site) && isLogger(node, site)) yield lineAt(node, site, 'logger', startPaths);
  },
});
