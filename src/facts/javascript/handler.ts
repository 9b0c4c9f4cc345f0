import type { Guard, Route, Truth } from '../../model/index.ts';
import type { Call, Span } from '../../read/syntax.ts';
import type { FunctionEntity } from '../code/entities.ts';
import type { CallSite } from '../code/sites.ts';
import type { Written } from '../code/written.ts';

/** What something asks of those who call, where more than its own code tells. */
export interface Asking {
  /** `undefined`: it turns nobody away for who they are. */
  readonly checks: Guard['checks'] | undefined;
  /** Whether it asks those who call this route. */
  readonly asks: Truth;
  readonly name: string;
}

/** Something that runs before a handler and may turn the caller away: middleware, a hook, a guard of a class. */
export interface Layer extends Written {
  readonly level: 'app' | 'router' | 'route';
  /** What is run; for a call around the handler the function that puts something around it. */
  readonly function: FunctionEntity | undefined;
  /** Whether it stands before this route, as far as its path and the order of registration tell. */
  readonly covers: Truth;
  /** The call or definition that puts it there. */
  readonly site: Pick<CallSite, 'scope' | 'conditions'>;
  /** `undefined` where its code tells what it asks. */
  readonly asking: Asking | undefined;
}

/** A function that answers a route, with what runs before it. */
export interface Handler {
  readonly route: Route;
  /** `undefined` where it comes from a library or cannot be followed. */
  readonly function: FunctionEntity | undefined;
  /** In the order in which they run: those of the app, of the routers around, of the route, and wrappers. */
  readonly before: readonly Layer[];
  /** The call or decorator that registers it; `undefined` for a file that is one by its place. */
  readonly registration: Pick<CallSite, 'call' | 'scope'> | undefined;
  /** The call that made the router that it hangs on. */
  readonly router: Call | undefined;
}

/** A part of the routes that reading cannot tell. */
export interface BlindSpot {
  readonly path: string;
  readonly because: string;
}

/** Something that is put on an app or router, whatever comes after it. */
export interface Standing extends Written {
  readonly level: 'app' | 'router';
  /** The path under which it is asked; `undefined` for one that is put together at run time. */
  readonly path: string | undefined;
  /** The call that puts it there, or the file that is loaded for its place. */
  readonly site: { readonly scope: CallSite['scope']; readonly call: Span };
  /** Whether what production starts puts it there. */
  readonly reached: Truth;
}

/** What a framework's reader finds. */
export interface Routing {
  readonly handlers: readonly Handler[];
  readonly standing: readonly Standing[];
  readonly blind: readonly BlindSpot[];
}
