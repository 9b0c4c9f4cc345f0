import type { Compression } from '../../../model/index.ts';
import { defineExtractor } from '../../define.ts';
import { libraryPlugins } from '../fastify/plugins.ts';
import { readsFramework } from '../frameworks.ts';
import { mountOf } from '../mounted.ts';

const MAKERS = [
  'compression',
  'shrink-ray-current',
  'shrink-ray',
  'express-static-gzip',
  'http-compression',
  '@polka/compression',
  'koa-compress',
  'hono/compress.compress',
];

/** What makes answers smaller before they leave the process. */
export default defineExtractor({
  id: 'javascript/compression/middleware',
  reads: [],
  produces: ['compression'],
  understands: readsFramework,
  *extract({ node }): Generator<Compression> {
    for (const site of node.calls(...MAKERS)) {
      const { covers, wired } = mountOf(node, site);
      yield {
        kind: 'compression',
        at: node.at(site.scope, site.call),
        name: node.textOf(site.scope, site.call.callee),
        reached: covers === 'none' && wired === 'yes' ? 'no' : wired,
      };
    }
    for (const { site, wired } of libraryPlugins(node, '@fastify/compress', 'fastify-compress'))
      yield {
        kind: 'compression',
        at: node.at(site.scope, site.call),
        name: '@fastify/compress',
        reached: wired,
      };
  },
});
