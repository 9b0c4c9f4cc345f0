import type { Truth } from '../../model/index.ts';
import { either } from '../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../read/syntax.ts';
import type { ClassEntity, FunctionEntity } from '../code/entities.ts';
import type { Scope } from '../code/scopes.ts';
import { lastNameOf, type CallSite } from '../code/sites.ts';
import type { PythonView } from './view.ts';

/** Own code that every request passes: hooks and middleware. */
export interface RequestHook {
  readonly function: FunctionEntity;
  readonly reached: Truth;
  /** What it calls, in functions inside of it and in own functions too. */
  readonly calls: readonly CallSite[];
}

const REGISTERS =
  /^(before_request|after_request|teardown_request|before_app_request|after_app_request|teardown_app_request|middleware)$/;
const METHODS = /^(dispatch|__call__|process_request|process_response)$/;

const known = new WeakMap<PythonView, readonly RequestHook[]>();

/** Hooks and middleware of the service that are written in the repository. */
export function requestHooks(python: PythonView): readonly RequestHook[] {
  const before = known.get(python);
  if (before) return before;
  const found = new Map<FunctionDefinition, RequestHook>();
  const add = (entity: FunctionEntity, reached: Truth): void => {
    const earlier = found.get(entity.definition);
    found.set(entity.definition, {
      function: entity,
      reached: earlier ? either(earlier.reached, reached) : reached,
      calls: earlier?.calls ?? python.callsWithin(entity, 2),
    });
  };
  for (const { definition, scope, conditions } of python.decorated())
    if (definition.decorators.some(registers))
      add({ kind: 'function', definition, scope, self: undefined }, python.reached({ scope, conditions }));
  for (const site of python.callsEnding(
    'before_request',
    'after_request',
    'teardown_request',
    'before_app_request',
    'after_app_request',
    'add_middleware',
    'Middleware',
  ))
    for (const arg of site.call.args) handedOver(python, arg.value, site.scope, python.reached(site), add);
  // `app.wsgi_app = Own(app.wsgi_app)`
  for (const { statement, scope, conditions } of python.statements('wsgi_app'))
    if (
      statement.kind === 'assign' &&
      statement.value?.kind === 'call' &&
      statement.targets.some(target => lastNameOf(target) === 'wsgi_app')
    )
      handedOver(python, statement.value.callee, scope, python.reached({ scope, conditions }), add);
  addLoose(python, found, add);
  const all = [...found.values()];
  known.set(python, all);
  return all;
}

const registers = (decorator: Expression): boolean =>
  REGISTERS.test(lastNameOf(decorator.kind === 'call' ? decorator.callee : decorator));

type Add = (entity: FunctionEntity, reached: Truth) => void;

function handedOver(python: PythonView, value: Expression, scope: Scope, reached: Truth, add: Add): void {
  if (value.kind !== 'name' && value.kind !== 'attribute') return;
  const entity = python.resolve(value, scope);
  if (entity?.kind === 'function') add(entity, reached);
  if (entity?.kind === 'class') for (const method of methodsOf(entity)) add(method, reached);
}

const methodsOf = (of: ClassEntity): readonly FunctionEntity[] =>
  of.definition.body.flatMap(member =>
    member.kind === 'function' && METHODS.test(member.name)
      ? [{ kind: 'function', definition: member, scope: of.scope.inner(of.definition), self: of } as const]
      : [],
  );

const MIDDLEWARE = [
  'starlette.middleware.base.BaseHTTPMiddleware',
  'fastapi.middleware.BaseHTTPMiddleware',
  'starlette.types.ASGIApp',
];

/** Middleware classes that nothing hands to an app: they are present and not wired. */
function addLoose(python: PythonView, found: ReadonlyMap<FunctionDefinition, RequestHook>, add: Add): void {
  for (const { definition, scope } of python.derivedFrom(...MIDDLEWARE)) {
    const entity: ClassEntity = { kind: 'class', definition, scope };
    for (const method of methodsOf(entity)) if (!found.has(method.definition)) add(method, 'no');
  }
}
