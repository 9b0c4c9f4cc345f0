import type { Route } from '../../../model/index.ts';
import { defineExtractor, unread, type Unread } from '../../define.ts';
import { readsFramework, UNREAD } from '../frameworks.ts';
import { nodeRouting } from '../handlers.ts';

/** Every way into the service that the code defines. */
export default defineExtractor({
  id: 'javascript/standard/routes',
  reads: [],
  produces: ['route'],
  understands: readsFramework,
  *extract({ node }): Generator<Route | Unread<'route'>> {
    const { handlers, blind } = nodeRouting(node);
    for (const { route } of handlers) yield route;
    for (const { path, because } of blind) yield unread('route', path, because);
    for (const name of UNREAD)
      if (node.imports(name))
        yield unread('route', node.paths()[0] ?? '', `routes of ${name} are not read yet`);
  },
});
