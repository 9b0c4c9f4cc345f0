import type { SecurityHeader, Term } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { HEADERS, policyText } from '../helmet/headers.ts';
import { optionOf } from './instances.ts';
import { libraryPlugins } from './plugins.ts';

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
      for (const [name, keys, value] of HEADERS) {
        const option = keys.map(key => optionOf(node, options, key)).find(each => each !== undefined);
        const term = termOf(node, option);
        if (term?.kind === 'literal' && term.value === false) continue;
        yield {
          kind: 'securityHeader',
          at,
          name,
          value: term && name === 'content-security-policy' ? policyText(term, value) : literal(value, at),
          by: '@fastify/helmet',
          covers: global?.kind === 'literal' && global.value === false ? 'routes' : covers,
          wired,
          way: [],
        };
      }
    }
  },
});
