import type { ClientOriginUse, ProxyTrust } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';

const WORDS = [
  'remote_addr',
  'is_secure',
  'access_route',
  'client',
  'scheme',
  'FORWARDED',
  'Forwarded',
  'forwarded',
  '_external',
  'X-Real-IP',
] as const;

/** Members of a request that depend on who stands in front. */
const MEMBERS: Readonly<Record<string, string>> = {
  'flask.request.remote_addr': "the caller's address",
  'quart.request.remote_addr': "the caller's address",
  'flask.request.is_secure': 'whether the caller uses TLS',
  'flask.request.scheme': "the caller's scheme",
  'fastapi.Request().client.host': "the caller's address",
  'starlette.requests.Request().client.host': "the caller's address",
  'flask.request.access_route': 'the forwarded addresses',
};

const FORWARDED = /^(HTTP_)?X[-_](FORWARDED[-_](FOR|PROTO|HOST)|REAL[-_]IP)$/i;

interface Use {
  readonly what: string;
  readonly fromHeader: boolean;
}

function useOf(python: PythonView, expression: Expression, scope: Scope): Use | undefined {
  if (
    expression.kind === 'attribute' &&
    /^(remote_addr|is_secure|scheme|host|access_route)$/.test(expression.name)
  ) {
    const what = MEMBERS[python.nameOf(expression, scope)];
    return what === undefined ? undefined : { what, fromHeader: expression.name === 'access_route' };
  }
  const key =
    expression.kind === 'subscript'
      ? expression.index
      : expression.kind === 'call' &&
          expression.callee.kind === 'attribute' &&
          /^(get|getlist)$/.test(expression.callee.name)
        ? expression.args[0]?.value
        : undefined;
  if (key?.kind === 'string' && FORWARDED.test(key.value))
    return { what: `the header ${key.value}`, fromHeader: true };
  if (expression.kind !== 'call' || !expression.args.some(arg => arg.name === '_external')) return undefined;
  return { what: 'links with scheme and host', fromHeader: false };
}

/** The function goes through the addresses and leaves out the proxies that it knows. */
const namesProxies = (python: PythonView, { definition, module }: Scope): boolean =>
  definition?.kind === 'function' &&
  /trust/i.test(module.tree.textOf(definition)) &&
  python.modules().includes(module);

/** Where code uses the address or the scheme of the caller. */
export default defineExtractor({
  id: 'python/proxies/client-uses',
  reads: [],
  produces: ['clientOriginUse', 'proxyTrust'],
  understands: hasPython,
  *extract({ python }): Generator<ClientOriginUse | ProxyTrust> {
    for (const site of python.statements(...WORDS)) {
      for (const head of headOf(site.statement))
        for (const expression of expressionsIn(head)) {
          const use = useOf(python, expression, site.scope);
          if (use?.fromHeader && namesProxies(python, site.scope))
            yield {
              kind: 'proxyTrust',
              at: python.at(site.scope, expression),
              name: 'a list of trusted proxies',
              trusts: 'hops',
              wired: python.reached(site),
            };
          else if (use)
            yield {
              kind: 'clientOriginUse',
              at: python.at(site.scope, expression),
              ...use,
              reached: python.reached(site),
            };
        }
    }
  },
});
