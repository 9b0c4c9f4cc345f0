import type { Truth } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { mountOfFunction } from '../mounted.ts';

/** A header that own code sets on an answer. */
interface SentHeader {
  /** In small letters. */
  readonly name: string;
  readonly value: Expression;
  readonly scope: Scope;
  readonly site: CallSite;
  /** The function in which it stands. */
  readonly by: string;
  readonly covers: 'app' | 'routes';
  readonly wired: Truth;
}

const SETTERS = ['setHeader', 'set', 'header', 'append', 'writeHead'];

/** What sets a header: `res.setHeader("X-Frame-Options", "DENY")`, `res.set({ … })`, `ctx.set(…)`. */
export function sentHeaders(node: CodeView, wanted: ReadonlySet<string>): readonly SentHeader[] {
  return node.callsOnOthers(...SETTERS).flatMap(site => {
    if (site.call.callee.kind !== 'attribute') return [];
    const named = pairsIn(site).flatMap(([key, value]) =>
      wanted.has(key.toLowerCase()) ? [{ name: key.toLowerCase(), value }] : [],
    );
    if (named.length === 0) return [];
    const place = placeOf(node, site);
    return named.map(each => ({ ...each, scope: site.scope, site, ...place }));
  });
}

function pairsIn({ call }: CallSite): readonly (readonly [string, Expression])[] {
  const [first, second] = call.args;
  if (first?.value.kind === 'string' && second) return [[first.value.value, second.value]];
  return call.args.flatMap(({ value }) =>
    value.kind === 'dictionary'
      ? value.entries.flatMap(({ key, value: entry }): readonly (readonly [string, Expression])[] =>
          key?.kind === 'string' ? [[key.value, entry]] : [],
        )
      : [],
  );
}

/** The middleware or handler around it. */
function placeOf(node: CodeView, site: CallSite): Pick<SentHeader, 'by' | 'covers' | 'wired'> {
  for (let scope: Scope | undefined = site.scope; scope; scope = scope.parent) {
    const { definition } = scope;
    if (definition?.kind !== 'function') continue;
    const { covers, wired } = mountOfFunction(node, definition);
    if (covers !== 'none') return { by: definition.name || 'middleware', covers, wired };
  }
  const { definition } = site.scope;
  return {
    by: definition?.kind === 'function' ? definition.name : 'the module',
    covers: 'routes',
    wired: node.reached(site),
  };
}
