import type { Location } from '../../model/index.ts';
import { routeName } from '../../model/index.ts';
import type { FunctionDefinition } from '../../read/syntax.ts';
import type { FunctionEntity } from '../code/entities.ts';
import type { Scope } from '../code/scopes.ts';
import type { CallSite } from '../code/sites.ts';
import type { CodeView } from '../code/view.ts';
import { nodeHandlers } from './handlers.ts';

/** How deep own functions are followed from a handler. */
const DEEPEST = 6;

/** A function that runs while a request is served. */
export interface Serving {
  readonly definition: FunctionDefinition;
  /** The scope of its inside. */
  readonly scope: Scope;
  /** The handler by which a request comes here. */
  readonly handler: string;
  readonly handlerAt: Location;
  /** How many own functions stand between the handler and this one. */
  readonly depth: number;
}

const known = new WeakMap<CodeView, ReadonlyMap<FunctionDefinition, Serving>>();

/** The calls in a function and in the functions that stand inside of it: callbacks belong to who gives them. */
export const callsIn = (node: CodeView, definition: FunctionDefinition): readonly CallSite[] =>
  node.code.search.callsInside(definition);

/** The own function that a call runs. */
export function calledBy(node: CodeView, { call, scope }: CallSite): FunctionEntity | undefined {
  const entity = node.resolve(call.callee, scope);
  return entity?.kind === 'function' ? entity : undefined;
}

/** What a module hands out as a whole has no name of its own. */
const nameOf = ({ name }: FunctionDefinition): string => (name === 'default' ? '' : name);

/** Handlers, what stands before them, and the own functions that they call. */
export function servingFunctions(node: CodeView): ReadonlyMap<FunctionDefinition, Serving> {
  const before = known.get(node);
  if (before) return before;
  const found = new Map<FunctionDefinition, Serving>();
  const queue: Serving[] = [];
  const add = ({ definition, scope }: FunctionEntity, by: Omit<Serving, 'definition' | 'scope'>): void => {
    if (found.has(definition)) return;
    const serving: Serving = { ...by, definition, scope: scope.inner(definition) };
    found.set(definition, serving);
    queue.push(serving);
  };
  for (const { function: of, route, before: layers } of nodeHandlers(node)) {
    if (route.reached === 'no') continue;
    if (of)
      add(of, { handler: nameOf(of.definition) || routeName(route), handlerAt: route.handlerAt, depth: 0 });
    for (const layer of layers)
      if (layer.function && layer.covers !== 'no')
        add(layer.function, {
          handler: nameOf(layer.function.definition) || 'middleware',
          handlerAt: node.at(layer.function.scope, layer.function.definition.head),
          depth: 0,
        });
  }
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (next.depth >= DEEPEST) continue;
    const { handler, handlerAt, depth } = next;
    for (const site of callsIn(node, next.definition)) {
      const callee = calledBy(node, site);
      if (callee) add(callee, { handler, handlerAt, depth: depth + 1 });
    }
  }
  known.set(node, found);
  return found;
}
