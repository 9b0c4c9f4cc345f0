import type { Truth } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** A function that is registered for a kind of error. */
export interface ErrorHandlerSite {
  readonly function: FunctionEntity;
  /** What it is registered for: a class or a status; `undefined` for everything. */
  readonly type: Expression | undefined;
  readonly scope: Scope;
  readonly at: Expression;
  /** It is given the error that the framework makes of an unknown one. */
  readonly isServerError: boolean;
  /** Registered on a part of the app only. */
  readonly isPart: boolean;
  readonly dialect: 'wsgi' | 'asgi';
  readonly reached: Truth;
}

const SERVER_ERRORS = /(^|\.)(InternalServerError|HTTP_500_INTERNAL_SERVER_ERROR|INTERNAL_SERVER_ERROR)$/;

function isServerError(python: PythonView, type: Expression | undefined, scope: Scope): boolean {
  if (!type) return false;
  const term = python.evaluate(type, scope);
  if (term.kind === 'literal') return Number(term.value) === 500;
  return SERVER_ERRORS.test(python.nameOf(type, scope) || python.textOf(scope, type));
}

const known = new WeakMap<PythonView, readonly ErrorHandlerSite[]>();

/** Every function that the code registers for errors, whichever framework. */
export function errorHandlerSites(python: PythonView): readonly ErrorHandlerSite[] {
  const before = known.get(python);
  if (before) return before;
  const found = [...decorated(python), ...registered(python), ...listed(python)];
  known.set(python, found);
  return found;
}

const DECORATES = /^(errorhandler|app_errorhandler|exception_handler|error_processor)$/;

function* decorated(python: PythonView): Generator<ErrorHandlerSite> {
  for (const { definition, scope, conditions } of python.decorated())
    for (const decorator of definition.decorators) {
      const callee = decorator.kind === 'call' ? decorator.callee : decorator;
      const word = lastNameOf(callee);
      if (!DECORATES.test(word) || callee.kind !== 'attribute') continue;
      const type = decorator.kind === 'call' ? decorator.args[0]?.value : undefined;
      yield {
        function: { kind: 'function', definition, scope, self: undefined },
        type,
        scope,
        at: decorator,
        isServerError: isServerError(python, type, scope),
        isPart: word === 'errorhandler' && isBlueprint(python, callee.object, scope),
        dialect: word === 'exception_handler' ? 'asgi' : 'wsgi',
        reached: python.reached({ scope, conditions }),
      };
    }
}

const isBlueprint = (python: PythonView, object: Expression, scope: Scope): boolean =>
  /Blueprint\(\)$|Namespace\(\)$/.test(python.nameOf(object, scope)) ||
  (object.kind === 'name' && /(^|_)(bp|blueprint|ns)$/.test(object.name));

/** `app.register_error_handler(500, f)`, `app.add_exception_handler(Exception, f)` */
function* registered(python: PythonView): Generator<ErrorHandlerSite> {
  for (const site of python.callsEnding('register_error_handler', 'add_exception_handler')) {
    const { callee } = site.call;
    const given = site.call.args.filter(({ spread }) => spread === '');
    const [type, handler] = [given[0]?.value, given[1]?.value];
    if (callee.kind !== 'attribute' || !type || !handler) continue;
    const entity = python.resolve(handler, site.scope);
    if (entity?.kind !== 'function') continue;
    yield {
      function: entity,
      type,
      scope: site.scope,
      at: site.call,
      isServerError: isServerError(python, type, site.scope) || isEveryStatus(python, type, site.scope),
      isPart: isBlueprint(python, callee.object, site.scope),
      dialect: callee.name === 'add_exception_handler' ? 'asgi' : 'wsgi',
      reached: python.reached(site),
    };
  }
}

/** `for code in default_exceptions: app.register_error_handler(code, f)` */
function isEveryStatus(python: PythonView, type: Expression, scope: Scope): boolean {
  if (type.kind !== 'name') return false;
  const found = python.code.resolver.bindings(type.name, scope, type.start);
  return (found?.bindings ?? []).some(
    binding =>
      binding.kind === 'element' &&
      found !== undefined &&
      /default_exceptions|\b500\b/.test(python.textOf(found.scope, binding.iterable)),
  );
}

/** `FastAPI(exception_handlers={Exception: f})` */
function* listed(python: PythonView): Generator<ErrorHandlerSite> {
  for (const site of python.callsNaming('exception_handlers')) {
    const given = site.call.args.find(({ name }) => name === 'exception_handlers');
    if (given?.value.kind !== 'dictionary') continue;
    for (const { key, value } of given.value.entries) {
      const entity = python.resolve(value, site.scope);
      if (!key || entity?.kind !== 'function') continue;
      yield {
        function: entity,
        type: key,
        scope: site.scope,
        at: key,
        isServerError: isServerError(python, key, site.scope),
        isPart: false,
        dialect: 'asgi',
        reached: python.reached(site),
      };
    }
  }
}
