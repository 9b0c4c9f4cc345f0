import type { Place, Protection, ProtectionKind, Truth } from '../../model/index.ts';
import { both, either, isHealthRoute } from '../../model/index.ts';
import type { Call, FunctionDefinition } from '../../read/syntax.ts';
import { inProduction } from './conditions.ts';
import type { CallSite } from '../code/sites.ts';
import type { CodeView } from '../code/view.ts';
import type { Written } from '../code/written.ts';
import type { Handler, Standing } from './handler.ts';
import { nodeRouting } from './handlers.ts';

/** Where a piece of middleware acts. */
export interface Mount {
  readonly covers: 'app' | 'routes' | 'none';
  /** The routes that it stands before. */
  readonly handlers: readonly Handler[];
  /** Whether what production starts comes by it. */
  readonly wired: Truth;
  readonly way: readonly Place[];
  /** What would have to be done; empty when it is wired. */
  readonly missing: string;
}

interface Seen {
  readonly handlers: Handler[];
  readonly standing: Standing[];
  readonly truths: Truth[];
}

interface Index {
  readonly made: ReadonlyMap<Call, Seen>;
  readonly functions: ReadonlyMap<FunctionDefinition, Seen>;
  readonly served: number;
}

const known = new WeakMap<CodeView, Index>();

/** What stands on apps, routers and routes: by the call that made it, and by its function. */
function indexOf(node: CodeView): Index {
  const before = known.get(node);
  if (before) return before;
  const made = new Map<Call, Seen>();
  const functions = new Map<FunctionDefinition, Seen>();
  const seenAs = ({ expression, scope }: Written, of: FunctionDefinition | undefined): readonly Seen[] => {
    const entity = node.resolve(expression, scope);
    const call = entity?.kind === 'external' || entity?.kind === 'object' ? entity.made?.call : undefined;
    const definition = of ?? (entity?.kind === 'function' ? entity.definition : undefined);
    return [...(call ? [at(made, call)] : []), ...(definition ? [at(functions, definition)] : [])];
  };
  const { handlers, standing } = nodeRouting(node);
  const served = handlers.filter(({ route }) => route.reached !== 'no');
  for (const each of standing) for (const seen of seenAs(each, undefined)) seen.standing.push(each);
  for (const handler of served)
    for (const layer of handler.before)
      for (const seen of seenAs(layer, layer.function?.definition)) {
        if (seen.handlers.at(-1) !== handler) seen.handlers.push(handler);
        seen.truths.push(both(handler.route.reached, layer.covers));
      }
  const index = { made, functions, served: served.filter(isMore).length };
  known.set(node, index);
  return index;
}

function at<K>(map: Map<K, Seen>, key: K): Seen {
  const found = map.get(key) ?? { handlers: [], standing: [], truths: [] };
  map.set(key, found);
  return found;
}

/** Probes are often answered before anything else. */
const isMore = ({ route }: Handler): boolean => isHealthRoute(route) !== 'yes';

/** Where the middleware that a call makes is put: `const limiter = rateLimit(…); app.use(limiter)`. */
export const mountOf = (node: CodeView, site: CallSite): Mount =>
  mounted(node, indexOf(node).made.get(site.call), both(node.reached(site), inProduction(node, site)));

/** The same for an own function. */
export const mountOfFunction = (node: CodeView, definition: FunctionDefinition): Mount =>
  mounted(node, indexOf(node).functions.get(definition), node.reachesDefinition(definition));

const isRoot = ({ level, path }: Standing): boolean => level === 'app' && /^[/*]*$/.test(path ?? 'x');

function mounted(node: CodeView, seen: Seen | undefined, reached: Truth): Mount {
  const standing = seen?.standing ?? [];
  const handlers = seen?.handlers ?? [];
  const way = standing.map(({ site }) => ({ at: node.at(site.scope, site.call), says: 'is mounted here' }));
  if (handlers.length > 0) {
    const isAll = handlers.filter(isMore).length === indexOf(node).served;
    return {
      covers: isAll ? 'app' : 'routes',
      handlers,
      wired: either(...(seen?.truths ?? [])),
      way,
      missing: '',
    };
  }
  if (standing.length === 0)
    return { covers: 'none', handlers, wired: reached === 'unclear' ? 'unclear' : 'no', way, missing: NEVER };
  // Where no route is seen, such as with static files alone, it acts by standing there.
  return indexOf(node).served === 0
    ? {
        covers: standing.some(isRoot) ? 'app' : 'routes',
        handlers,
        wired: either(...standing.map(each => each.reached)),
        way,
        missing: '',
      }
    : {
        covers: 'none',
        handlers,
        wired: standing.some(each => each.reached === 'yes') ? 'no' : 'unclear',
        way,
        missing: 'it stands behind the routes: it would have to be put before them',
      };
}

const NEVER = 'it would have to be put on the app or its routes';

interface ProtectionParts {
  readonly what: ProtectionKind;
  readonly at: Protection['at'];
  readonly name: string;
}

export const protectionOf = (parts: ProtectionParts, { covers, wired, way, missing }: Mount): Protection => ({
  kind: 'protection',
  ...parts,
  wired,
  covers: covers === 'app' ? 'app' : 'routes',
  way,
  missing: wired === 'no' ? missing || NEVER : '',
});
