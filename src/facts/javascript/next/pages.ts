import type { Page } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { placedIn } from './places.ts';

/** Pages of Next.js: files in folders of routes. */
export default defineExtractor({
  id: 'javascript/next/pages',
  reads: [],
  produces: ['page'],
  understands: hasNode,
  *extract({ node }): Generator<Page> {
    for (const { module, kind, path } of placedIn(node))
      if (kind === 'page')
        yield {
          kind: 'page',
          at: { path: module.path, startLine: 1, endLine: 1 },
          name: path,
          reached: node.reach.reachesModule(module),
        };
  },
});
