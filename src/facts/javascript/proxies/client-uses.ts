import type { ClientOriginUse, ProxyTrust } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const WORDS = [
  '.ip',
  '.ips',
  '.protocol',
  '.secure',
  'remoteAddress',
  'forwarded',
  'Forwarded',
  'FORWARDED',
  'real-ip',
  'Real-IP',
  'getClientIp',
];

/** Members of a request that depend on who stands in front. */
const MEMBERS: Readonly<Record<string, string>> = {
  ip: "the caller's address",
  ips: 'the forwarded addresses',
  protocol: "the caller's scheme",
  secure: 'whether the caller uses TLS',
  'socket.remoteAddress': "the caller's address",
  'connection.remoteAddress': "the caller's address",
};
const REQUEST =
  /^(?:express\.Request|fastify\.FastifyRequest|http\.IncomingMessage)\(\)\.(?:raw\.|req\.)?(.+)$/;
const FORWARDED = /^x[-_](forwarded[-_](for|proto|host)|real[-_]ip)$/i;

type Use = Pick<ClientOriginUse, 'what' | 'fromHeader'>;

function useOf(node: CodeView, expression: Expression, scope: Scope): Use | undefined {
  if (expression.kind === 'attribute') {
    if (!/^(ip|ips|protocol|secure|remoteAddress)$/.test(expression.name)) return undefined;
    const member = REQUEST.exec(node.nameOf(expression, scope))?.[1] ?? '';
    const what = Object.hasOwn(MEMBERS, member) ? MEMBERS[member] : undefined;
    return what === undefined ? undefined : { what, fromHeader: false };
  }
  if (expression.kind === 'call' && /^request-ip\.getClientIp$/.test(node.nameOf(expression.callee, scope)))
    return { what: 'the forwarded addresses', fromHeader: true };
  const key =
    expression.kind === 'subscript'
      ? expression.index
      : expression.kind === 'call' &&
          expression.callee.kind === 'attribute' &&
          /^(get|header)$/.test(expression.callee.name)
        ? expression.args[0]?.value
        : undefined;
  return key?.kind === 'string' && FORWARDED.test(key.value)
    ? { what: `the header ${key.value}`, fromHeader: true }
    : undefined;
}

/** The function goes through the addresses and leaves out the proxies that it knows. */
const namesProxies = (node: CodeView, { definition, parent }: Scope): boolean =>
  definition?.kind === 'function' && parent !== undefined && /trust/i.test(node.textOf(parent, definition));

/** Where code uses the address or the scheme of the caller. */
export default defineExtractor({
  id: 'javascript/proxies/client-uses',
  reads: [],
  produces: ['clientOriginUse', 'proxyTrust'],
  understands: hasNode,
  *extract({ node }): Generator<ClientOriginUse | ProxyTrust> {
    for (const site of node.statements(...WORDS))
      for (const head of headOf(site.statement))
        for (const expression of expressionsIn(head)) {
          const use = useOf(node, expression, site.scope);
          if (!use) continue;
          const at = node.at(site.scope, expression);
          yield use.fromHeader && namesProxies(node, site.scope)
            ? {
                kind: 'proxyTrust',
                at,
                name: 'a list of trusted proxies',
                trusts: 'hops',
                wired: node.reached(site),
              }
            : { kind: 'clientOriginUse', at, ...use, reached: node.reached(site) };
        }
  },
});
