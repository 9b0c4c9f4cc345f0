import type { Route } from '../../../model/index.ts';
import { defineExtractor, unread, type Unread } from '../../define.ts';
import { readsFramework, unreadIn } from '../frameworks.ts';
import { nodeRouting } from '../handlers.ts';

/** Every way into the service that the code defines. */
export default defineExtractor({
  id: 'javascript/standard/routes',
  reads: [],
  produces: ['route'],
  understands: readsFramework,
  *extract(view): Generator<Route | Unread<'route'>> {
    const { node } = view;
    const { handlers, blind } = nodeRouting(node);
    for (const { route } of handlers) yield route;
    for (const { path, because } of blind) yield unread('route', path, because);
    for (const name of unreadIn(view))
      yield unread('route', node.paths()[0] ?? '', `routes of ${name} are not read yet`);
  },
});
