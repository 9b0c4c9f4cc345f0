import type { Location } from '../location.ts';
import { ask, both, type Truth, type Value } from '../value.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** One way into the service: an HTTP route, a web-socket endpoint or a named event. */
export interface Route {
  readonly kind: 'route';
  readonly at: Location;
  /** Names it in other facts about the same route. */
  readonly id: string;
  readonly transport: 'http' | 'websocket' | 'event';
  readonly methods: Value<readonly Method[]>;
  /** With all prefixes of the routers that it is mounted on; parameters as `{name}`. For an event its name. */
  readonly path: Value<string>;
  readonly handler: string;
  /** The definition of the function or method that answers. */
  readonly handlerAt: Location;
  /** Whether what production starts serves it: its router is attached to the app that is started. */
  readonly reached: Truth;
}

const HEALTH_PATH =
  /(^|\/)(_?health(z|check|_check|-check)?|live(z|ness)?|ready(z)?|readiness|ping|status|heartbeat|up)(\/[a-z-]*)?\/?$/i;

export const isHealthRoute = ({ path, methods, transport }: Route): Truth =>
  transport !== 'http'
    ? 'no'
    : both(
        ask(path, text => HEALTH_PATH.test(text)),
        ask(methods, list => list.includes('GET')),
      );

const WRITING: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Whether its methods are those that change state; events count, as nothing says that they only read. */
export const changesState = ({ methods, transport }: Route): Truth =>
  transport === 'event' ? 'unclear' : ask(methods, list => list.some(method => WRITING.includes(method)));
