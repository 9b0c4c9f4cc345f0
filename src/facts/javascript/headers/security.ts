import { SECURITY_HEADERS, type SecurityHeader } from '../../../model/index.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import { sentHeaders } from './sent.ts';

/** Security headers that own code sends: middleware and single handlers. */
export default defineExtractor({
  id: 'javascript/headers/security',
  reads: [],
  produces: ['securityHeader'],
  understands: readsFramework,
  *extract({ node }): Generator<SecurityHeader> {
    for (const { name, value, scope, site, by, covers, wired } of sentHeaders(node, SECURITY_HEADERS))
      yield {
        kind: 'securityHeader',
        at: node.at(site.scope, site.call),
        name,
        value: node.evaluate(value, scope),
        by,
        covers,
        wired,
        way: [],
      };
  },
});
