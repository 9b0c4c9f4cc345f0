import type { ConnectRetry } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { functionAround } from '../../code/at-start.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** Libraries that call a function again when it fails. */
const AGAIN = [
  'p-retry',
  'async-retry',
  'promise-retry',
  'exponential-backoff.backOff',
  'ts-retry.retryAsync',
  'retry.operation',
  'wait-on',
  'tcp-port-used.waitUntilUsed',
];
/** Calls that show that a database is there. */
const TOUCHES =
  /\.(connect|query|authenticate|initialize|getConnection|ping|\$connect|execute|raw|connectToDatabase)\(|SELECT 1|createConnection\(/;
const DATABASE =
  /\b(db|database|dataSource|pool|prisma|sequelize|mongoose|knex|connection|client|postgres|mysql|mongo)\b/i;
const PAUSES = /^(sleep|delay|wait|pause|setTimeout|timeout)$/i;
const CATCHES = /\bcatch\b/;

const isAboutDatabase = (text: string): boolean => TOUCHES.test(text) && DATABASE.test(text);

const factOf = (node: CodeView, site: CallSite, says: string): ConnectRetry => ({
  kind: 'connectRetry',
  at: node.at(site.scope, site.call),
  says,
  reached: node.reached(site),
});

/** `for (…) { try { await pool.query("SELECT 1"); return; } catch { await sleep(1000); } }` */
function* looped(node: CodeView): Generator<ConnectRetry> {
  for (const site of node.callsEnding('sleep', 'delay', 'wait', 'pause', 'setTimeout', 'timeout')) {
    const around = whoseTurn(site.scope);
    if (!around || !PAUSES.test(lastNameOf(site.call.callee))) continue;
    const text = node.textOf(site.scope, around);
    if (/\b(for|while)\s*\(/.test(text) && CATCHES.test(text) && isAboutDatabase(text))
      yield factOf(node, site, `${around.name || 'a loop'} waits and tries again`);
    else if (callsItself(site, around.name) && isAboutDatabase(text))
      yield factOf(node, site, `${around.name} tries again after a pause`);
  }
}

/** The function that waits: `new Promise(done => setTimeout(done, 1000))` only makes the pause. */
function whoseTurn(scope: Scope): FunctionDefinition | undefined {
  const around = functionAround(scope);
  const [handed] = around?.handedTo ?? [];
  const outer = scope.definition === around ? scope.parent : undefined;
  return handed && outer && lastNameOf(handed.call.callee) === 'Promise' ? whoseTurn(outer) : around;
}

/** `setTimeout(connect, 5000)` inside of `connect`. */
const callsItself = ({ call }: CallSite, name: string): boolean =>
  name !== '' && call.args.some(({ value }) => value.kind === 'name' && value.name === name);

/** Code that tries again until the database is there. */
export default defineExtractor({
  id: 'javascript/databases/retries',
  reads: [],
  produces: ['connectRetry'],
  understands: hasNode,
  *extract({ node }): Generator<ConnectRetry> {
    for (const site of node.calls(...AGAIN))
      if (isAboutDatabase(node.textOf(site.scope, site.call)))
        yield factOf(node, site, `${lastNameOf(site.call.callee)} tries again`);
    yield* looped(node);
  },
});
