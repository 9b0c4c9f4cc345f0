import type { Edge } from '../../../model/index.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import { mountOf } from '../mounted.ts';

/** Calls after which the app itself sends callers on to https; whether TLS ends before it, it cannot know. */
const FORCING = [
  'express-sslify.HTTPS',
  'express-enforces-ssl',
  'express-force-https',
  'express-to-https.redirectToHTTPS',
  'heroku-ssl-redirect',
  'koa-sslify',
];

export default defineExtractor({
  id: 'javascript/proxies/app-edges',
  reads: [],
  produces: ['edge'],
  understands: readsFramework,
  *extract({ node }): Generator<Edge> {
    for (const site of node.calls(...FORCING)) {
      const { covers, wired } = mountOf(node, site);
      if (covers !== 'app' || wired !== 'yes') continue;
      yield {
        kind: 'edge',
        at: node.at(site.scope, site.call),
        name: 'the app itself',
        isProxy: false,
        tls: 'unclear',
        redirects: 'yes',
        hsts: 'no',
      };
    }
  },
});
