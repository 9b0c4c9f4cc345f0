import type { Protection, SecurityHeader, Term } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { policyText } from '../helmet/headers.ts';
import { mountOf, protectionOf } from '../mounted.ts';

/** Header, the option that sets it or turns it off, and what is sent by default; nothing where it is empty. */
const HEADERS: readonly (readonly [header: string, option: string, value: string])[] = [
  ['x-content-type-options', 'xContentTypeOptions', 'nosniff'],
  ['x-frame-options', 'xFrameOptions', 'SAMEORIGIN'],
  ['referrer-policy', 'referrerPolicy', 'no-referrer'],
  ['strict-transport-security', 'strictTransportSecurity', 'max-age=15552000; includeSubDomains'],
  ['content-security-policy', 'contentSecurityPolicy', ''],
  ['permissions-policy', 'permissionsPolicy', ''],
];

const optionOf = (options: Term | undefined, name: string): Term | undefined =>
  options?.kind === 'object' ? options.entries.find(([key]) => key === name)?.[1] : undefined;

/** A text as it is, an object as the directives that it lists; nothing for what only turns the usual one on. */
function valueOf(option: Term | undefined, usual: string): Term | undefined {
  if (!option || (option.kind === 'literal' && option.value === true)) return undefined;
  return option.kind === 'object' ? policyText(option, usual) : option;
}

/** `app.use(secureHeaders({ … }))` of Hono. */
export default defineExtractor({
  id: 'javascript/hono/headers',
  reads: [],
  produces: ['securityHeader', 'protection'],
  understands: hasNode,
  *extract({ node }): Generator<SecurityHeader | Protection> {
    for (const site of node.calls('hono/secure-headers.secureHeaders')) {
      const mount = mountOf(node, site);
      const at = node.at(site.scope, site.call);
      const options = node.args(site).arg(0, '');
      for (const [name, key, usual] of HEADERS) {
        const option = optionOf(options, key);
        if (option ? option.kind === 'literal' && option.value === false : usual === '') continue;
        yield {
          kind: 'securityHeader',
          at,
          name,
          value: valueOf(option, usual) ?? literal(usual, at),
          by: 'secureHeaders',
          covers: mount.covers === 'app' ? 'app' : 'routes',
          wired: mount.wired,
          way: mount.way,
        };
      }
      yield protectionOf({ what: 'security-headers', at, name: 'secureHeaders' }, mount);
    }
  },
});
