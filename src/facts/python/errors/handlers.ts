import type { ErrorHandler, Truth } from '../../../model/index.ts';
import { truth } from '../../../model/index.ts';
import { statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { handlersOf } from '../handlers.ts';
import { requestHooks } from '../hooks.ts';
import { isLogger } from '../observe/loggers.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { errorHandlerSites, type ErrorHandlerSite } from './handler-sites.ts';
import { isBroad } from './types.ts';

const REPORTS =
  /^(capture_exception|report_exc_info|notify|print_exc|print_exception|log_exception|record_exception)$/;

/** Whether it writes the cause down or hands it to somebody who does, or raises it again. */
function logsIn(python: PythonView, entity: FunctionEntity): Truth {
  const isWritten = python
    .callsWithin(entity, 2)
    .some(({ call, scope }) => isLogger(python, call, scope) || REPORTS.test(lastNameOf(call.callee)));
  return truth(isWritten || [...statementsIn(entity.definition.body)].some(({ kind }) => kind === 'raise'));
}

const HTTP_EXCEPTION = /(^|\.)HTTPException$/;

/**
 * For WSGI frameworks a handler of HTTP errors is given unknown ones too, wrapped; they are logged before, unless the
 * handler is for `Exception`. ASGI frameworks raise an unknown error again after it was answered.
 */
function handlerOf(python: PythonView, site: ErrorHandlerSite): ErrorHandler {
  const { type, scope, dialect } = site;
  const isBroadType = type === undefined || isBroad(python, type, scope);
  const isHttp = type !== undefined && HTTP_EXCEPTION.test(python.nameOf(type, scope));
  const isWrapped = site.isServerError || (dialect === 'wsgi' && isHttp);
  return {
    kind: 'errorHandler',
    at: python.at(scope, site.at),
    name: site.function.definition.name,
    catches: isBroadType || isWrapped ? 'everything' : 'some',
    covers: site.isPart ? 'part' : 'app',
    uniform: 'yes',
    logs: dialect === 'asgi' || (isWrapped && !isBroadType) ? 'yes' : logsIn(python, site.function),
    wired: site.reached,
  };
}

/** Middleware with `try: … call_next(request) … except Exception:` */
function* inMiddleware(python: PythonView): Generator<ErrorHandler> {
  for (const { function: entity, reached } of requestHooks(python))
    for (const statement of statementsIn(entity.definition.body)) {
      if (statement.kind !== 'try') continue;
      const inside = entity.scope.inner(entity.definition);
      const passes = statement.body.some(each => /call_next|self\.app\(/.test(python.textOf(inside, each)));
      const handler = statement.handlers.find(({ type }) => isBroad(python, type, inside));
      // `response = JSONResponse(…)` is returned below.
      const answers =
        handler && [...statementsIn(handler.body)].some(({ kind }) => kind === 'return' || kind === 'assign');
      if (!passes || !handler || !answers) continue;
      yield {
        kind: 'errorHandler',
        at: python.at(inside, { start: handler.start, end: handler.start + 6 }),
        name: entity.definition.name,
        catches: 'everything',
        covers: 'app',
        uniform: 'yes',
        logs: logsIn(python, entity),
        wired: reached,
      };
    }
}

/** Extensions that answer every error of their routes in one form, and whether they cover plain routes too. */
const EXTENSIONS: Readonly<Record<string, 'all' | 'resources'>> = {
  'apiflask.APIFlask': 'all',
  'connexion.FlaskApp': 'all',
  'connexion.App': 'all',
  'connexion.AsyncApp': 'all',
  'flask_smorest.Api': 'all',
  'flask_rebar.Rebar': 'all',
  'flask_restful.Api': 'resources',
  'flask_restx.Api': 'resources',
};

/** Frameworks that answer unknown errors with a page of their own, and log them. */
const FRAMEWORKS = ['flask.Flask', 'quart.Quart', 'fastapi.FastAPI', 'starlette.applications.Starlette'];

function* byFrameworks(python: PythonView): Generator<ErrorHandler> {
  const routes = handlersOf(python).filter(({ route }) => route.reached !== 'no');
  const areResources = routes.length > 0 && routes.every(each => each.function.self !== undefined);
  for (const site of python.calls(...Object.keys(EXTENSIONS), ...FRAMEWORKS)) {
    const name = python.nameOf(site.call.callee, site.scope);
    const covers = EXTENSIONS[name];
    yield {
      kind: 'errorHandler',
      at: python.at(site.scope, site.call),
      name: lastNameOf(site.call.callee),
      catches: 'everything',
      covers: 'app',
      uniform: truth(covers === 'all' || (covers === 'resources' && areResources)),
      logs: 'yes',
      wired: python.reached(site),
    };
  }
}

/** `class Shop(Flask)` answers as its base does. */
function* byDerived(python: PythonView): Generator<ErrorHandler> {
  for (const { definition, scope } of python.derivedFrom(...FRAMEWORKS))
    yield {
      kind: 'errorHandler',
      at: python.at(scope, definition.head),
      name: definition.name,
      catches: 'everything',
      covers: 'app',
      uniform: 'no',
      logs: 'yes',
      wired: python.reachesDefinition(definition),
    };
}

/** What answers for errors that nobody expected: own handlers, middleware, and frameworks by themselves. */
export default defineExtractor({
  id: 'python/errors/handlers',
  reads: [],
  produces: ['errorHandler'],
  understands: hasPython,
  *extract({ python }): Generator<ErrorHandler> {
    for (const site of errorHandlerSites(python)) yield handlerOf(python, site);
    yield* inMiddleware(python);
    yield* byFrameworks(python);
    yield* byDerived(python);
  },
});
