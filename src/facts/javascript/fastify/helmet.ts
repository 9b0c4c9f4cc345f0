import type { SecurityHeader, Term } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { optionOf } from './instances.ts';
import { libraryPlugins } from './plugins.ts';

/** What helmet sends unless it is told otherwise; each option has an old name and a new one. */
const DEFAULTS: readonly (readonly [header: string, options: readonly string[], value: string])[] = [
  ['x-content-type-options', ['noSniff', 'xContentTypeOptions'], 'nosniff'],
  ['x-frame-options', ['frameguard', 'xFrameOptions'], 'SAMEORIGIN'],
  ['referrer-policy', ['referrerPolicy'], 'no-referrer'],
  ['strict-transport-security', ['hsts', 'strictTransportSecurity'], 'max-age=31536000; includeSubDomains'],
  [
    'content-security-policy',
    ['contentSecurityPolicy'],
    "default-src 'self'; base-uri 'self'; font-src 'self' https: data:; form-action 'self'; frame-ancestors 'self'; img-src 'self' data:; object-src 'none'; script-src 'self'; script-src-attr 'none'; style-src 'self' https: 'unsafe-inline'; upgrade-insecure-requests",
  ],
];

const termOf = (view: CodeView, option: Written | undefined): Term | undefined =>
  option && view.evaluate(option.expression, option.scope);

/** @fastify/helmet sends the headers of helmet with every answer. */
export default defineExtractor({
  id: 'javascript/fastify/helmet',
  reads: [],
  produces: ['securityHeader'],
  understands: hasNode,
  *extract({ node }): Generator<SecurityHeader> {
    for (const { site, options, covers, wired } of libraryPlugins(
      node,
      '@fastify/helmet',
      'fastify-helmet',
    )) {
      const at = node.at(site.scope, site.call);
      const global = termOf(node, optionOf(node, options, 'global'));
      for (const [name, keys, value] of DEFAULTS) {
        const option = keys.map(key => optionOf(node, options, key)).find(each => each !== undefined);
        const term = termOf(node, option);
        if (term?.kind === 'literal' && term.value === false) continue;
        const isOwn = term !== undefined && name === 'content-security-policy' && term.kind !== 'literal';
        yield {
          kind: 'securityHeader',
          at,
          name,
          value: isOwn ? term : literal(value, at),
          by: '@fastify/helmet',
          covers: global?.kind === 'literal' && global.value === false ? 'routes' : covers,
          wired,
          way: [],
        };
      }
    }
  },
});
