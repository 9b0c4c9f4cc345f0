import type { DependencyCheck, DependencyKind, HealthAnswer, Truth } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import type { FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { blocksOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { isForProbes, probedPaths } from '../../code/health-routes.ts';
import { calledBy, callsIn } from '../../code/at-start.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** How deep own functions are followed from the route. */
const DEEPEST = 4;

/** What is asked, by the last word of the call and then by the text or canonical name of what it belongs to. */
const ASKS: readonly (readonly [RegExp, RegExp, DependencyKind])[] = [
  [/^database_exists$/, /sqlalchemy_utils/, 'sql'],
  [/^(ping|info|get|set|exists|dbsize)$/, /redis|valkey|(^|\.)rds?\b|(^|[._])cache\b/i, 'redis'],
  [/^(ping|command|server_info|list_database_names|find_one|estimated_document_count)$/, /mongo|motor|\badmin\b|\bdb\b/i, 'mongodb'],
  [/^(ping|info|health)$/, /elastic|opensearch|(^|[._])(es|search)(_client|[._]|$)|cluster/i, 'search'],
  [/^(ping|inspect|active|stats|get_stats)$/, /celery|\bcontrol\b|rabbit|amqp|kombu|broker|queue/i, 'queue'],
  [/^(execute|scalar|scalars|exec|fetch|fetchval|fetchrow|fetchone|fetch_one|fetch_all|raw_connection|run_sync|connect|acquire|begin|query|first|one|count|is_connected)$/, /session|conn|engine|\bdb\b|database|cursor|pool|query|psycopg|asyncpg|sqlalchemy|pyodbc|pymysql|objects/i, 'sql'],
  [/^(get|post|head|request)$/, /^(requests|httpx|aiohttp)\b|client|http/i, 'service'],
  [/^ping$/, /./, 'other'],
]; // prettier-ignore

function checkOf(python: PythonView, site: CallSite): DependencyCheck | undefined {
  const { callee } = site.call;
  if (callee.kind !== 'attribute' && callee.kind !== 'name') return undefined;
  const word = lastNameOf(callee);
  const says = python.textOf(site.scope, callee).replace(/\s+/g, ' ').slice(0, 60);
  const object = `${says.slice(0, -word.length)} ${python.nameOf(callee, site.scope)}`;
  // `request.args.get(…)` and `os.environ.get(…)` ask nobody.
  if (/environ|request\.|headers|\bargs\b|config|settings|logger/i.test(object)) return undefined;
  const found = ASKS.find(([words, of]) => words.test(word) && of.test(object));
  return found && { of: found[2], at: python.at(site.scope, site.call), says };
}

interface Followed {
  readonly checks: DependencyCheck[];
  readonly functions: Set<FunctionDefinition>;
  open: string;
}

/** Own helpers that are not followed and are called as if they checked something. */
const CHECKS = /check|health|ping|ready|alive|status|probe|verify/i;
const ANSWERS =
  /^(jsonify|JSONResponse|make_response|Response|HTTPException|abort|HTTPStatus|ORJSONResponse)$/;

function follow(python: PythonView, definition: FunctionDefinition, found: Followed, depth: number): void {
  if (found.functions.has(definition) || depth > DEEPEST) return;
  found.functions.add(definition);
  for (const site of callsIn(python, definition)) {
    const bodies = calledBy(python, site);
    for (const body of bodies) follow(python, body, found, depth + 1);
    if (bodies.length > 0) continue;
    const check = checkOf(python, site);
    const word = lastNameOf(site.call.callee);
    if (check) found.checks.push(check);
    else if (CHECKS.test(word) && !ANSWERS.test(word) && !isClassOfOwn(python, site))
      found.open = python.textOf(site.scope, site.call.callee).slice(0, 60);
  }
  for (const nested of dependenciesOf(python, definition)) follow(python, nested, found, depth + 1);
}

/** `HealthStatus(…)` makes an answer. */
const isClassOfOwn = (python: PythonView, { call, scope }: CallSite): boolean =>
  /^[A-Z]/.test(lastNameOf(call.callee)) || python.resolve(call.callee, scope)?.kind === 'class';

/** `Depends(check_database)`; one that only hands out a session asks nothing. */
function dependenciesOf(python: PythonView, definition: FunctionDefinition): readonly FunctionDefinition[] {
  const [site] = python.functions().filter(each => each.definition === definition);
  if (!site) return [];
  return definition.params.flatMap(({ fallback, annotation }) =>
    [fallback, annotation].flatMap(value => {
      const call =
        value?.kind === 'call'
          ? value
          : value?.kind === 'subscript' && value.index.kind === 'collection'
            ? value.index.items.find(item => item.kind === 'call')
            : undefined;
      if (call?.kind !== 'call' || lastNameOf(call.callee) !== 'Depends') return [];
      const [first] = call.args;
      const entity = first && python.resolve(first.value, site.scope);
      return entity?.kind === 'function' && !/^(get|make|create|provide)_/.test(entity.definition.name)
        ? [entity.definition]
        : [];
    }),
  );
}

const ERROR_STATUS =
  /\b5\d\d\b|SERVICE_UNAVAILABLE|INTERNAL_SERVER_ERROR|ServiceUnavailable|InternalServerError/;

/** Whether the answer tells by its status that a check failed. */
function reportsOf(python: PythonView, { functions, checks, open }: Followed): Truth {
  const bodies = [...functions];
  const scopes = new Map(python.functions().map(({ definition, scope }) => [definition, scope]));
  const texts = bodies.map(body => {
    const scope = scopes.get(body);
    return scope ? python.textOf(scope, body) : '';
  });
  if (texts.some(text => ERROR_STATUS.test(text))) return 'yes';
  if (checks.length === 0) return open === '' ? 'yes' : 'unclear';
  // An error that nobody catches is answered with 500.
  return bodies.some(body => catches(body.body)) ? (open === '' ? 'no' : 'unclear') : 'yes';
}

/** A handler of exceptions that does not raise again. */
const catches = (body: readonly Statement[]): boolean =>
  body.some(
    statement =>
      (statement.kind === 'try' &&
        statement.handlers.some(handler => !handler.body.some(each => each.kind === 'raise'))) ||
      blocksOf(statement).some(catches),
  );

function answerOf(python: PythonView, { route, function: entity }: Handler): HealthAnswer {
  const found: Followed = { checks: [], functions: new Set(), open: '' };
  follow(python, entity.definition, found, 0);
  return {
    kind: 'healthAnswer',
    at: route.at,
    route: route.id,
    name: routeName(route),
    checks: found.checks,
    reports: reportsOf(python, found),
    open: found.open,
    reached: route.reached,
  };
}

/** Libraries that serve a health route by themselves, and where they are given what to check. */
const LIBRARIES: Readonly<Record<string, string>> = {
  'healthcheck.HealthCheck': 'the route of healthcheck',
  'flask_healthz.Healthz': 'the routes of flask_healthz',
  'flask_healthz.healthz': 'the routes of flask_healthz',
  'fastapi_health.health': 'the route of fastapi_health',
  'fastapi_healthcheck.healthCheckRoute': 'the route of fastapi_healthcheck',
};

function* byLibraries(python: PythonView): Generator<HealthAnswer> {
  for (const site of python.calls(...Object.keys(LIBRARIES))) {
    const found: Followed = { checks: [], functions: new Set(), open: '' };
    const given = [site, ...python.callsEnding('add_check')].flatMap(({ call, scope }) =>
      call.args.flatMap(({ value }) =>
        (value.kind === 'collection' ? value.items : [value]).flatMap(each => {
          const entity = python.resolve(each, scope);
          return entity?.kind === 'function' ? [entity] : [];
        }),
      ),
    );
    for (const { definition } of given) follow(python, definition, found, 0);
    yield {
      kind: 'healthAnswer',
      at: python.at(site.scope, site.call),
      route: '',
      name: LIBRARIES[python.nameOf(site.call.callee, site.scope)] ?? '',
      checks: found.checks,
      reports: 'yes', // each of them answers 500 or 503 when a check fails
      open: given.length === 0 && python.imports('flask_healthz') ? 'its settings' : found.open,
      reached: python.reached(site),
    };
  }
}

/** Health routes, followed down to what they ask. */
export default defineExtractor({
  id: 'python/observe/health',
  reads: ['route', 'image', 'composeService', 'workload', 'platformFile'],
  produces: ['healthAnswer'],
  understands: view => hasPython(view) && view.facts.isRead('route'),
  *extract(view): Generator<HealthAnswer> {
    const { python } = view;
    const probed = probedPaths(view);
    for (const handler of handlersOf(python))
      if (isForProbes(handler.route, probed)) yield answerOf(python, handler);
    yield* byLibraries(python);
  },
});
