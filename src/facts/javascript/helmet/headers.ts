import type { Protection, SecurityHeader, Term } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { mountOf, protectionOf, type Mount } from '../mounted.ts';

/** Header, the option that turns it off, the member that sends it alone, and what is sent by default. */
export const HEADERS: readonly (readonly [header: string, options: readonly string[], value: string])[] = [
  ['x-content-type-options', ['xContentTypeOptions', 'noSniff'], 'nosniff'],
  ['x-frame-options', ['xFrameOptions', 'frameguard'], 'SAMEORIGIN'],
  ['referrer-policy', ['referrerPolicy'], 'no-referrer'],
  ['strict-transport-security', ['strictTransportSecurity', 'hsts'], 'max-age=31536000; includeSubDomains'],
  [
    'content-security-policy',
    ['contentSecurityPolicy'],
    "default-src 'self'; base-uri 'self'; object-src 'none'; script-src 'self'; script-src-attr 'none'",
  ],
];

/** Helmet as it is, and wrapped for Koa. */
const MAKERS = ['helmet', 'koa-helmet', '@koa/helmet'];

const isOff = (term: Term | undefined): boolean => term?.kind === 'literal' && term.value === false;

const optionOf = (options: Term | undefined, names: readonly string[]): Term | undefined =>
  options?.kind === 'object' ? options.entries.find(([key]) => names.includes(key))?.[1] : undefined;

/** `{ directives: { scriptSrc: ["'self'"] } }` as the text that is sent. */
export function policyText(option: Term, otherwise: string): Term {
  const directives = optionOf(option, ['directives']) ?? option;
  if (directives.kind !== 'object' || directives.entries.length === 0) return literal(otherwise, option.at);
  const parts = directives.entries.flatMap(([key, value]): readonly string[] => {
    if (value.kind !== 'list')
      return value.kind === 'literal' ? [`${kebab(key)} ${String(value.value)}`] : [];
    const items = value.items.map(item => (item.kind === 'literal' ? String(item.value) : '…'));
    return [`${kebab(key)} ${items.join(' ')}`];
  });
  return literal(parts.join('; '), option.at);
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

function* headersOf(
  node: CodeView,
  site: CallSite,
  { covers, wired, way }: Mount,
): Generator<SecurityHeader> {
  const args = node.args(site);
  const options = args.arg(0, '');
  for (const [name, names, otherwise] of HEADERS) {
    const option = optionOf(options, names);
    if (isOff(option)) continue;
    const value =
      option && name === 'content-security-policy'
        ? policyText(option, otherwise)
        : literal(otherwise, args.at);
    const by = 'helmet';
    yield {
      kind: 'securityHeader',
      at: args.at,
      name,
      value,
      by,
      covers: covers === 'app' ? 'app' : 'routes',
      wired,
      way,
    };
  }
}

/** Helmet sends all headers by default, on all that comes after it. */
export default defineExtractor({
  id: 'javascript/helmet/headers',
  reads: [],
  produces: ['securityHeader', 'protection'],
  understands: readsFramework,
  *extract({ node }): Generator<SecurityHeader | Protection> {
    for (const site of node.calls(...MAKERS)) {
      const mount = mountOf(node, site);
      yield* headersOf(node, site, mount);
      yield protectionOf(
        { what: 'security-headers', at: node.at(site.scope, site.call), name: 'helmet' },
        mount,
      );
    }
    // `helmet.hsts({ … })` sends one of them.
    for (const [name, members, otherwise] of HEADERS)
      for (const site of node.calls(
        ...MAKERS.flatMap(maker => members.map(member => `${maker}.${member}`)),
      )) {
        const { covers, wired, way } = mountOf(node, site);
        const option = node.args(site).arg(0, '');
        yield {
          kind: 'securityHeader',
          at: node.at(site.scope, site.call),
          name,
          value:
            option && name === 'content-security-policy'
              ? policyText(option, otherwise)
              : literal(otherwise, node.at(site.scope, site.call)),
          by: 'helmet',
          covers: covers === 'app' ? 'app' : 'routes',
          wired,
          way,
        };
      }
  },
});
