import type { Route } from './route.ts';
import type { StartPath } from './start-path.ts';

/** Whether requests over HTTP end in this service. A server of gRPC answers none: it has no routes, probes or pages. */
export const servesHttp = (routes: readonly Route[], starts: readonly StartPath[]): boolean =>
  routes.some(({ transport, reached }) => !/^(event|message)$/.test(transport) && reached !== 'no') ||
  starts.some(
    ({ serves }) =>
      (serves.with === 'production-server' || serves.with === 'development-server') &&
      !serves.name.startsWith('gRPC'),
  );
