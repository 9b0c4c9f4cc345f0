import type { JsonAnswer, Route } from '../../model/index.ts';
import { ask, isHealthRoute, routeName } from '../../model/index.ts';

/** Routes over HTTP that answer with JSON, by what tells it of a handler. */
export function* jsonAnswers<H extends { readonly route: Route }>(
  handlers: readonly H[],
  answersJson: (handler: H) => boolean,
): Generator<JsonAnswer> {
  for (const handler of handlers) {
    const { route } = handler;
    if (route.transport !== 'http' || route.reached === 'no' || !answersJson(handler)) continue;
    yield {
      kind: 'jsonAnswer',
      at: route.at,
      route: routeName(route),
      // How the service is must be asked anew each time.
      isRead: isHealthRoute(route) === 'yes' ? 'no' : ask(route.methods, verbs => verbs.includes('GET')),
      reached: route.reached,
    };
  }
}
