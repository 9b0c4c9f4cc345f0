import type { Location } from '../location.ts';
import { ask, both, type Truth, type Value } from '../value.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/**
 * One way into the service: an HTTP route, a web-socket endpoint, a named event, a function that pages or queries call
 * by its name (`call`), or a `message` that other services send over a broker or a port inside.
 */
export interface Route {
  readonly kind: 'route';
  readonly at: Location;
  /** Names it in other facts about the same route. */
  readonly id: string;
  readonly transport: 'http' | 'websocket' | 'event' | 'call' | 'message';
  readonly methods: Value<readonly Method[]>;
  /** With all prefixes of the routers that it is mounted on; parameters as `{name}`. Else its name. */
  readonly path: Value<string>;
  readonly handler: string;
  /** The definition of the function or method that answers. */
  readonly handlerAt: Location;
  /** The mark by which the code names it as one for everybody, `@Public()`; empty for none. */
  readonly openBy: string;
  /** Whether what production starts serves it: its router is attached to the app that is started. */
  readonly reached: Truth;
}

const HEALTH_PATH =
  /(^|\/)(((db|database|cache|redis|cluster|service|server|system|app|api)[-_])?_?health(z|check|_check|-check)?|live(z|ness)?|ready(z)?|readiness|ping|status|heartbeat|up)(\/[a-z-]*)?\/?$/i;

export const isHealthRoute = ({ path, methods, transport }: Route): Truth =>
  transport !== 'http'
    ? 'no'
    : both(
        ask(path, text => HEALTH_PATH.test(text)),
        ask(methods, list => list.includes('GET')),
      );

const WRITING: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Whether its methods are those that change state; events count, as nothing says that they only read. What other
 * services send is no request of anybody.
 */
export const changesState = ({ methods, transport }: Route): Truth =>
  transport === 'event' ? 'unclear' : ask(methods, list => list.some(method => WRITING.includes(method)));

export type RoutePurpose =
  | 'sign-in'
  | 'register'
  | 'sign-out'
  | 'health'
  | 'webhook'
  | 'setup'
  /** Strangers write to whoever runs the service. */
  | 'form'
  | 'other';

/** First match wins; the words of path and handler, with `-` and `_` as borders. */
const PURPOSES: readonly (readonly [RoutePurpose, RegExp])[] = [
  ['sign-out', /(^|[/_-])(log-?_?out|sign-?_?out)($|[/_-])/],
  ['register', /(^|[/_-])(register|registration|sign-?_?up|create_user|create_account|new_user)($|[/_-])/],
  [
    'sign-in',
    /(^|[/_-])(log-?_?in|sign-?_?in|token|tokens|oauth2?|authorize|authenticate|refresh|forgot|recover|verify|verification|verification_email|confirm|activate|unsubscribe|otp|2fa|sso|saml|callback|consent|invite|invitation)($|[/_-])|(^|\/)(reset|change)[_-]password|password[_-]?(reset|recovery)|reset_password|\/auth\/\*+$/,
  ],
  ['webhook', /(^|[/_-])(webhooks?|hooks?|ipn)($|[/_-])/],
  [
    'setup',
    /(^|[/_-])(setup|seed|bootstrap|install|debug|reset|reset_system|wipe|init|initiali[sz]e|populate|drop)($|[/_-])/,
  ],
];

const isSentIn = ({ path, methods }: Route): boolean =>
  path.state !== 'unclear' &&
  !path.value.endsWith('}') &&
  ask(methods, list => list.every(method => method === 'GET' || method === 'HEAD' || method === 'POST')) ===
    'yes';

/** What a route is for, by the words in its path and the name of its handler. */
export function purposeOf(route: Route): RoutePurpose {
  if (route.transport === 'message') return 'other';
  if (isHealthRoute(route) === 'yes') return 'health';
  const path = route.path.state === 'unclear' ? '' : route.path.value.replace(/\{[^}]*\}/g, '').toLowerCase();
  // Who follows a link that was sent to them shows it by the token in it.
  if (
    route.path.state !== 'unclear' &&
    /\{(\w*token|signature|code|activation_key|reset_key|otp)\}/i.test(route.path.value)
  )
    return 'sign-in';
  if (/(^|\/)(contact|contact[-_]us|contact[-_]form|feedback|newsletter)\/?$/.test(path) && isSentIn(route))
    return 'form';
  const name = route.handler.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const found = PURPOSES.find(([, words]) => words.test(path) || words.test(name))?.[0] ?? 'other';
  // A function called `init` that pages may call need not set anything up.
  return found === 'setup' && route.transport === 'call' && changesState(route) === 'unclear'
    ? 'other'
    : found;
}

/** Named as an exception in the code, and one that changes or deletes nothing that is there already. */
export const isOpenOnPurpose = ({ openBy, methods }: Route): boolean =>
  openBy !== '' && ask(methods, list => list.every(method => !/^(PUT|PATCH|DELETE)$/.test(method))) === 'yes';

/** `GET /orders/{id}`, `the event start_training`. */
export function routeName(route: Route): string {
  const path = route.path.state === 'unclear' ? '…' : route.path.value;
  if (route.transport === 'event') return `the event ${path}`;
  if (route.transport === 'call') return `the server function ${path}`;
  if (route.transport === 'message') return `the message ${path}`;
  const methods = route.methods.state === 'unclear' ? '' : route.methods.value.join('/');
  return route.transport === 'websocket' ? `the web socket ${path}` : `${methods} ${path}`.trim();
}
