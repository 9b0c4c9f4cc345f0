import type { Call, Expression } from '../../read/syntax.ts';
import type { Entity, FunctionEntity } from './entities.ts';
import type { Names } from './language.ts';
import { resultsIn } from './results.ts';
import type { Scope } from './scopes.ts';
import type { Uses } from './uses.ts';

/** What the repository adds to things: members to objects from outside, something around a function. */
export interface Added {
  /** A member that an object gets: `fastify.decorate("users", new Users())`. */
  added(object: string, member: string): Entity | undefined;
  /** A function that an own one puts something around: `wrap(async (req, res) => …)` still is that function. */
  wrapped(call: Call, scope: Scope, callee: FunctionEntity): Entity | undefined;
}

interface Means {
  readonly names: Names;
  readonly uses: () => Uses;
  readonly resolve: (expression: Expression, scope: Scope) => Entity | undefined;
}

export function createAdded({ names, uses, resolve }: Means): Added {
  const asking = new Set<string>();
  const added: Added['added'] = (object, name) => {
    const method = names.addsMembers(object);
    if (method === undefined || asking.has(name)) return undefined;
    asking.add(name);
    const found = uses()
      .namedBy(method, name)
      .map(({ value, scope }) => resolve(value, scope))
      .find(entity => entity !== undefined);
    asking.delete(name);
    return found;
  };

  const wrapped: Added['wrapped'] = (call, scope, callee) => {
    for (const [index, { value, spread }] of call.args.entries()) {
      const name = callee.definition.params[index]?.name;
      if (spread !== '' || name === undefined || (value.kind !== 'function' && value.kind !== 'name'))
        continue;
      const entity = resolve(value, scope);
      if (entity?.kind === 'function' && givesBackCallOf(callee, name, uses())) return entity;
    }
    return undefined;
  };

  return { added, wrapped };
}

/** Whether a function gives back another one that calls this parameter: `next => (req, res) => next(req, res)`. */
function givesBackCallOf({ definition }: FunctionEntity, parameter: string, uses: Uses): boolean {
  const isGivenBack = resultsIn(definition).some(({ kind }) => kind === 'function');
  return (
    isGivenBack &&
    uses
      .callsInside(definition)
      .some(({ call }) => call.callee.kind === 'name' && call.callee.name === parameter)
  );
}
