import type { Truth } from '../../../model/index.ts';
import { both, either, isHealthRoute } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { functionAround } from '../../code/at-start.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { inProduction } from '../conditions.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';
import { mountOfFunction, type Mount } from '../mounted.ts';

/** How many own functions may stand between a handler and what counts. */
const DEEPEST = 2;

/** The functions in which something is asked, and those that call them. */
function askersOf(node: CodeView, asks: readonly CallSite[]): ReadonlySet<FunctionDefinition> {
  const found = new Set<FunctionDefinition>();
  let sites = asks;
  for (let depth = 0; depth <= DEEPEST; depth++) {
    const next: CallSite[] = [];
    for (const { scope } of sites)
      for (let each: CallSite['scope'] | undefined = scope; each; each = each.parent) {
        const { definition, parent } = each;
        if (definition?.kind !== 'function' || found.has(definition)) continue;
        found.add(definition);
        if (parent) next.push(...node.code.callersOf(definition, parent));
      }
    sites = next;
  }
  return found;
}

const isServed = ({ route }: Handler): boolean =>
  route.reached !== 'no' && route.transport !== 'message' && isHealthRoute(route) !== 'yes';

/** The routes that ask something which own code asks by hand: in their handlers, or in what stands before them. */
export function mountOfAsks(node: CodeView, asks: readonly CallSite[], missing: string): Mount {
  const askers = askersOf(node, asks);
  const standing = [...askers]
    .map(definition => mountOfFunction(node, definition))
    .find(({ covers, wired }) => covers === 'app' && wired !== 'no');
  if (standing) return standing;
  const served = nodeHandlers(node).filter(isServed);
  const asking = served.map((handler): Truth => {
    const own = handler.function && askers.has(handler.function.definition) ? 'yes' : 'no';
    const before = handler.before.map(layer =>
      layer.function && askers.has(layer.function.definition) ? layer.covers : 'no',
    );
    return both(handler.route.reached, either(own, ...before));
  });
  const handlers = served.filter((_, index) => asking[index] !== 'no');
  const reached = either('no', ...asks.map(site => both(node.reached(site), inProduction(node, site))));
  const isAll = handlers.length > 0 && handlers.length === served.length;
  return {
    covers: isAll ? 'app' : handlers.length > 0 ? 'routes' : asks.length > 0 ? 'routes' : 'none',
    handlers,
    wired: handlers.length > 0 ? either('no', ...asking) : reached === 'no' ? 'no' : 'unclear',
    way: [],
    missing: handlers.length > 0 ? '' : missing,
  };
}

/** `const { success } = await limiter.limit(ip)`: whether anybody looks at what it says. */
export function isLookedAt(node: CodeView, { scope, call, statement }: CallSite, member: RegExp): boolean {
  if (statement.kind === 'return') return true;
  if (statement.kind === 'expression') return false;
  const around = functionAround(scope);
  const text = around ? node.textOf(scope, around) : scope.module.file.text;
  const name = statement.kind === 'assign' ? statement.targets[0] : undefined;
  if (name?.kind === 'name') return text.split(new RegExp(`\\b${name.name}\\b`)).length > 2;
  const rest = text.replace(node.textOf(scope, call), '');
  return rest.split(member).length > 2 || statement.kind !== 'assign';
}
