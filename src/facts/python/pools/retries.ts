import type { ConnectRetry } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { functionAround } from '../../code/at-start.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { POOL_CLIENTS } from './clients.ts';

/** Decorators that call a function again when it fails. */
const AGAIN =
  /^(tenacity\.retry|tenacity\.(asyncio\.)?AsyncRetrying|backoff\.on_(exception|predicate)|retry\.(api\.)?retry|retrying\.retry|stamina\.retry)$/;
/** Calls that show that a database is there. */
const TOUCHES = ['connect', 'execute', 'ping', 'begin', 'acquire', 'wait_for_db', 'open', 'create_pool'];
const DATABASE =
  /\b(db|database|engine|conn|connection|session|pool|postgres|mysql|mongo|cursor)\b|SELECT 1/i;

/** A loop with a pause that goes on after an error. */
const loops = ({ conditions }: CallSite): boolean => conditions.some(({ kind }) => kind === 'loop');

function* decorated(python: PythonView): Generator<ConnectRetry> {
  for (const { definition, scope } of python.decorated()) {
    const decorator = definition.decorators.find(each =>
      AGAIN.test(python.nameOf(each.kind === 'call' ? each.callee : each, scope)),
    );
    if (!decorator || !DATABASE.test(python.textOf(scope, definition))) continue;
    yield {
      kind: 'connectRetry',
      at: python.at(scope, decorator),
      says: `${definition.name} is tried again`,
      reached: python.reachesDefinition(definition),
    };
  }
}

/** `while True: try: connect() … except: sleep(2)` */
function* looped(python: PythonView): Generator<ConnectRetry> {
  for (const site of python.calls('time.sleep', 'asyncio.sleep', 'gevent.sleep')) {
    const around = functionAround(site.scope);
    if (!loops(site) || !around) continue;
    const text = python.textOf(site.scope, around);
    const touches =
      TOUCHES.some(word => text.includes(`${word}(`)) && DATABASE.test(text) && /\bexcept\b/.test(text);
    const opens = POOL_CLIENTS.some(({ names }) =>
      names.some(name => text.includes(name.split('.').slice(-2).join('.'))),
    );
    if (touches || opens)
      yield {
        kind: 'connectRetry',
        at: python.at(site.scope, site.call),
        says: `${around.name} waits and tries again`,
        reached: python.reached(site),
      };
  }
}

/** Extensions and commands that wait by themselves. */
function* waiters(python: PythonView): Generator<ConnectRetry> {
  for (const site of python.callsEnding(
    'wait_for_db',
    'wait_for_database',
    'wait_for_postgres',
    'check_db_connection',
  ))
    yield {
      kind: 'connectRetry',
      at: python.at(site.scope, site.call),
      says: `${lastNameOf(site.call.callee)} is called`,
      reached: python.reached(site),
    };
}

/** Code that tries again until the database is there. */
export default defineExtractor({
  id: 'python/pools/retries',
  reads: [],
  produces: ['connectRetry'],
  understands: hasPython,
  *extract({ python }) {
    if (python.imports('tenacity', 'backoff', 'retry', 'retrying', 'stamina')) yield* decorated(python);
    yield* looped(python);
    yield* waiters(python);
  },
});
