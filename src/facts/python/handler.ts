import type { Method, Route, Term, Value } from '../../model/index.ts';
import { byDefault, stated, unclear } from '../../model/index.ts';
import type { Expression } from '../../read/syntax.ts';
import type { FunctionEntity } from '../code/entities.ts';
import type { Scope } from '../code/scopes.ts';
import type { CallSite } from '../code/sites.ts';

/** A decorator with the scope in which its names are looked up. */
export interface Decoration {
  readonly expression: Expression;
  readonly scope: Scope;
}

/** A function that answers a route, with what stands around it. */
export interface Handler {
  readonly route: Route;
  readonly function: FunctionEntity;
  /** Decorators, outermost first; of a class view also those of the class. */
  readonly decorators: readonly Decoration[];
  /** How many of them stand outside of the one that registers the route: those do not protect it. */
  readonly outside: number;
  /** The call that registers it: `@app.get(…)`, `add_resource(…)`. */
  readonly registration: CallSite;
  /** The router that it hangs on, and the calls that mount that. */
  readonly router: CallSite | undefined;
  readonly mountedBy: readonly CallSite[];
}

/** `/orders/<int:id>` and `/orders/{id:path}` become `/orders/{id}`. */
export const normalPath = (path: string): string =>
  `/${path}`
    .replace(/<(?:[^:<>]*:)?([^<>]+)>/g, '{$1}')
    .replace(/\{([^:{}]+):[^{}]*\}/g, '{$1}')
    .replace(/\/{2,}/g, '/');

export function pathValue(prefix: string | undefined, path: string | undefined): Value<string> {
  return prefix === undefined || path === undefined
    ? unclear('its path is put together at run time')
    : stated(normalPath(prefix + path));
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export function methodsOf(term: Term | undefined, otherwise: readonly Method[]): Value<readonly Method[]> {
  if (!term) return byDefault(otherwise);
  if (term.kind !== 'list') return unclear('its methods are put together at run time');
  const names = term.items.flatMap(item =>
    item.kind === 'literal' ? [String(item.value).toUpperCase()] : [],
  );
  return names.length === term.items.length
    ? stated(names.filter((name): name is Method => METHODS.includes(name)))
    : unclear('its methods are put together at run time');
}
