import type { Location } from '../../model/index.ts';
import type { FunctionDefinition } from '../../read/syntax.ts';
import { calledBy, callsIn } from '../code/at-start.ts';
import type { Scope } from '../code/scopes.ts';
import { handlersOf } from './handlers.ts';
import { lastNameOf } from '../code/sites.ts';
import type { PythonView } from './view.ts';

/** Functions that frameworks call for each request, event or connection beside the handlers themselves. */
const HOOKS =
  /^(before_request|after_request|teardown_\w+|context_processor|middleware|websocket|event|errorhandler|exception_handler|user_loader)$/;

/** How deep own functions are followed from a handler. */
const DEEPEST = 6;

export interface Serving {
  readonly definition: FunctionDefinition;
  /** The scope of its inside. */
  readonly scope: Scope;
  /** The handler by which a request comes here. */
  readonly handler: string;
  readonly handlerAt: Location;
  /** Own functions between the handler and this one, the handler first. */
  readonly through: readonly FunctionDefinition[];
}

const known = new WeakMap<PythonView, ReadonlyMap<FunctionDefinition, Serving>>();

/** The functions that run while a request is served: handlers, hooks, and the own functions that they call. */
export function servingFunctions(python: PythonView): ReadonlyMap<FunctionDefinition, Serving> {
  const before = known.get(python);
  if (before) return before;
  const around = new Map<FunctionDefinition, Scope>(
    python.functions().map(({ definition, scope }) => [definition, scope]),
  );
  const found = new Map<FunctionDefinition, Serving>();
  const queue: Serving[] = [];
  const add = (definition: FunctionDefinition, by?: Serving) => {
    if (found.has(definition)) return;
    const scope = around.get(definition)?.inner(definition);
    if (!scope) return;
    const serving: Serving = {
      definition,
      scope,
      handler: by?.handler ?? definition.name,
      handlerAt: by?.handlerAt ?? python.at(scope, definition.head),
      through: by ? [...by.through, by.definition] : [],
    };
    found.set(definition, serving);
    queue.push(serving);
  };
  for (const { function: entity, route } of handlersOf(python))
    if (route.reached !== 'no') add(entity.definition);
  for (const { definition, scope, conditions } of python.decorated())
    if (isHook(definition) && python.reached({ scope, conditions }) !== 'no') add(definition);
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (next.through.length >= DEEPEST) continue;
    for (const site of callsIn(python, next.definition))
      for (const callee of calledBy(python, site)) add(callee, next);
  }
  known.set(python, found);
  return found;
}

const isHook = ({ decorators }: FunctionDefinition): boolean =>
  decorators.some(decorator =>
    HOOKS.test(lastNameOf(decorator.kind === 'call' ? decorator.callee : decorator)),
  );
