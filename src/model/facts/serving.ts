import type { Route } from './route.ts';
import type { StartPath } from './start-path.ts';

/** Whether requests over the network end in this service. */
export const servesHttp = (routes: readonly Route[], starts: readonly StartPath[]): boolean =>
  routes.some(({ transport, reached }) => transport !== 'event' && reached !== 'no') ||
  starts.some(({ serves }) => serves.with === 'production-server' || serves.with === 'development-server');
