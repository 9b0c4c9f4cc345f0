import type { AsyncFunction, BlockingCall, Place } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { calledBy, callsIn } from '../../code/at-start.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Calls that hold the whole loop, by the beginning of their canonical name, and what they wait for. */
const BLOCKING: readonly (readonly [RegExp, string])[] = [
  [/^time\.sleep$/, 'time'],
  [/^requests\.(get|post|put|patch|delete|head|options|request)$/, 'the network'],
  [/^requests\.(sessions\.)?[Ss]ession\(\)\.(get|post|put|patch|delete|head|options|request|send)$/, 'the network'],
  [/^urllib\.request\.(urlopen|urlretrieve)$/, 'the network'],
  [/^httpx\.(get|post|put|patch|delete|head|options|request|stream)$/, 'the network'],
  [/^httpx\.Client\(\)\.(get|post|put|patch|delete|head|options|request|send)$/, 'the network'],
  [/^smtplib\.SMTP(_SSL)?(\(\)\.(sendmail|send_message|login|starttls))?$/, 'the network'],
  [/^boto3\.(client|resource)\(\)\.\w/, 'the network'],
  [/^(openai\.(OpenAI|AzureOpenAI)|anthropic\.Anthropic)\(\)\.\w.*\.create$/, 'the network'],
  [/^(subprocess\.(run|call|check_call|check_output)|os\.system)$/, 'another program'],
  [/^subprocess\.Popen\(\)\.(wait|communicate)$/, 'another program'],
  [/^(sqlalchemy\.orm\.(session\.)?(Session|sessionmaker\(\)|scoped_session\(\))\(\)|sqlmodel\.(orm\.session\.)?Session\(\))\.(query|execute|scalars?|exec|get|commit|flush|refresh|add_all|delete|merge)$/, 'the database'],
  [/^sqlalchemy\.create_engine\(\)\.(connect|begin|execute)/, 'the database'],
  [/^(psycopg2|pymysql|MySQLdb|sqlite3|pyodbc|mysql\.connector|cx_Oracle|pymssql)\.connect(\(\)\.(cursor\(\)\.)?(execute|executemany|fetchone|fetchall|fetchmany|commit))?$/, 'the database'],
  [/^psycopg\.connect(\(\)\.(cursor\(\)\.)?(execute|fetchone|fetchall|commit))?$/, 'the database'],
  [/^pymongo\.(mongo_client\.)?MongoClient\(\).*\.(find|find_one|insert_one|insert_many|update_one|update_many|delete_one|delete_many|aggregate|count_documents|replace_one|bulk_write|find_one_and_\w+)$/, 'the database'],
  [/^redis\.(client\.)?(Redis|StrictRedis)(\.from_url)?\(\)\.(get|set|setex|hget|hset|hgetall|delete|exists|incr|expire|lpush|rpush|lrange|publish|keys|ping|mget|sadd|smembers|zadd|zrange)$/, 'the database'],
  [/^(elasticsearch\.Elasticsearch|opensearchpy\.OpenSearch)\(\)\.(search|index|get|bulk|delete|update|count|indices\.\w+)$/, 'the database'],
]; // prettier-ignore

/** What runs before the first request or after the last one may wait. */
const LIFE =
  /^(lifespan|startup|shutdown|on_startup|on_shutdown|main|init|initialize|setup|app_lifespan|run)$/;
const LIFE_HOOKS = /^(on_event|asynccontextmanager|before_serving|after_serving|listener|command)$/;

const isLifecycle = ({ name, decorators }: FunctionDefinition): boolean =>
  LIFE.test(name) ||
  decorators.some(each => LIFE_HOOKS.test(lastNameOf(each.kind === 'call' ? each.callee : each)));

const DEEPEST = 3;

/** Calls that are awaited give the loop back, whatever they are. */
function awaitedIn(definition: FunctionDefinition): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  for (const statement of statementsIn(definition.body))
    for (const head of headOf(statement))
      for (const each of expressionsIn(head)) if (each.kind === 'await') found.add(each.value);
  return found;
}

const waitsFor = (name: string): string | undefined => BLOCKING.find(([pattern]) => pattern.test(name))?.[1];

function* blockingIn(
  python: PythonView,
  definition: FunctionDefinition,
  way: readonly Place[],
  seen: Set<FunctionDefinition>,
): Generator<BlockingCall> {
  if (seen.has(definition)) return;
  seen.add(definition);
  const awaited = awaitedIn(definition);
  for (const site of callsIn(python, definition)) {
    if (awaited.has(site.call) || isInLambda(site)) continue;
    const wait = waitsFor(python.nameOf(site.call.callee, site.scope));
    const at = python.at(site.scope, site.call);
    const callee = python.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60);
    if (wait) yield { at, callee, waitsFor: wait, way };
    else if (way.length < DEEPEST)
      for (const body of calledBy(python, site))
        // A coroutine that is only made here runs elsewhere, and one that is awaited is judged by itself.
        if (!body.isAsync) yield* blockingIn(python, body, [...way, { at, says: `calls ${callee}` }], seen);
  }
}

/** `run_in_executor(None, lambda: requests.get(…))` */
const isInLambda = ({ scope }: CallSite): boolean => scope.definition?.kind === 'lambda';

/** Functions on the event loop, and what in them stops it. */
export default defineExtractor({
  id: 'python/standard/async-functions',
  reads: [],
  produces: ['asyncFunction'],
  understands: hasPython,
  *extract({ python }): Generator<AsyncFunction> {
    for (const { definition, scope } of python.functions()) {
      if (!definition.isAsync || isLifecycle(definition)) continue;
      yield {
        kind: 'asyncFunction',
        at: python.at(scope, definition.head),
        name: definition.name,
        reached: python.reachesDefinition(definition),
        blocking: [...blockingIn(python, definition, [], new Set())],
      };
    }
  },
});
