import type { Truth } from '../../model/index.ts';
import { both, either } from '../../model/index.ts';
import type { FunctionEntity } from '../code/entities.ts';
import { plain } from '../code/route-parts.ts';
import type { CodeView } from '../code/view.ts';
import { answerOf } from './answered.ts';
import { inProduction } from './conditions.ts';
import { argumentOf } from './fastify/instances.ts';
import { nodeRouting } from './handlers.ts';

/** An own function that runs for every request that comes by its place. */
export interface OwnMiddleware {
  readonly function: FunctionEntity;
  readonly reached: Truth;
}

const known = new WeakMap<CodeView, readonly OwnMiddleware[]>();

/** Own functions that stand on apps and routers, and hooks that run around a request. */
export function ownMiddleware(node: CodeView): readonly OwnMiddleware[] {
  const before = known.get(node);
  if (before) return before;
  const found = new Map<FunctionEntity['definition'], OwnMiddleware>();
  const add = (entity: FunctionEntity | undefined, reached: Truth): void => {
    if (!entity) return;
    const other = found.get(entity.definition);
    found.set(entity.definition, { function: entity, reached: either(reached, other?.reached ?? 'no') });
  };
  for (const each of nodeRouting(node).standing) add(answerOf(node, each)?.function, each.reached);
  for (const site of node.calls('fastify().addHook')) {
    const thing = argumentOf(site, 1);
    const name = plain(node.args(site).arg(0, ''));
    if (thing && name && /^on(Request|Send|Response)$/.test(name))
      add(answerOf(node, thing)?.function, both(node.reached(site), inProduction(node, site)));
  }
  const all = [...found.values()];
  known.set(node, all);
  return all;
}
