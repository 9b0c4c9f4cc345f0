import type { DataOrigin, Sink } from '../../../model/index.ts';
import type { Dictionary, Expression } from '../../../read/syntax.ts';
import { hostOrigin } from '../../code/flow/address.ts';
import { originOf } from '../../code/flow/flow.ts';
import { ADDRESS } from '../../code/flow/policy.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'request', 'stream'];
const CLIENTS = [
  'axios',
  'axios.create()',
  '@nestjs/axios.HttpService()',
  '@nestjs/axios.HttpService().axiosRef',
  'got',
  'got.extend()',
  'ky',
  'ky.create()',
  'ky.extend()',
  'request',
  'request-promise',
  'request-promise-native',
  'superagent',
  'needle',
  'http',
  'https',
  'undici',
];
const FUNCTIONS = [
  'fetch', 'node-fetch', 'cross-fetch', 'isomorphic-fetch', 'make-fetch-happen', 'undici.fetch', 'undici.stream',
  'axios', 'axios.create()', 'got', 'got.extend()', 'ky', 'request', 'request-promise', 'ofetch', 'ofetch.$fetch', 'ofetch.ofetch',
  'phin', 'superagent', 'open-graph-scraper', 'link-preview-js.getLinkPreview', 'rss-parser().parseURL', 'WebSocket', 'ws',
  'ws.WebSocket', 'EventSource', 'http-proxy-middleware.createProxyMiddleware', 'http-proxy-middleware', 'express-http-proxy',
  'http-proxy.createProxyServer', 'http2.connect',
]; // prettier-ignore

/** Pages of browsers that the service runs. */
const BROWSERS = ['puppeteer', 'puppeteer-core', 'playwright', 'playwright-core', 'playwright-chromium'];

/** Members of options that say where to. */
const ADDRESSES = /^(url|uri|baseURL|baseUrl|prefixUrl|hostname|host|target|upstream|href)$/;

/** What refuses addresses of the own network by itself: `ssrf-req-filter`, `request-filtering-agent`. */
const FILTERS =
  /^(ssrf-req-filter|request-filtering-agent|ssrf-agent|ssrf-agent-guard|dssrf|safe-axios|@hanazuki\/node-ssrf)\b/;

function* asked(node: CodeView): Generator<readonly [CallSite, Expression]> {
  const names = [...FUNCTIONS, ...CLIENTS.flatMap(client => VERBS.map(verb => `${client}.${verb}`))];
  for (const site of node.calls(...names)) {
    const first = site.call.args[0];
    if (first?.spread === '') yield [site, first.value];
  }
  for (const site of node.calls('needle')) {
    const second = site.call.args[1];
    if (second?.spread === '') yield [site, second.value];
  }
  if (!node.imports(...BROWSERS)) return;
  for (const site of node.callsEnding('goto')) {
    const first = site.call.args[0];
    if (first?.spread === '' && site.call.callee.kind === 'attribute') yield [site, first.value];
  }
}

/** The address itself, or what options say of it. */
function addressesIn(node: CodeView, given: Expression, scope: Scope): readonly Written[] {
  const options = optionsFor(node, given, scope);
  if (options.length === 0) return [{ expression: given, scope }];
  return options.flatMap(each =>
    entriesOf(each.options).map(expression => ({ expression, scope: each.scope })),
  );
}

interface Options {
  readonly options: Dictionary;
  readonly scope: Scope;
}

/** Options as they are written: in place, or under a name, which may get more than one value. */
function optionsFor(node: CodeView, given: Expression, scope: Scope): readonly Options[] {
  const found =
    given.kind === 'name' ? node.code.resolver.bindings(given.name, scope, given.start) : undefined;
  const written = found
    ? found.bindings.flatMap(binding =>
        binding.kind === 'value'
          ? writtenAs(node, binding.value, found.scope)
          : writtenAs(node, given, scope),
      )
    : [writtenAs(node, given, scope)];
  return written.flatMap(({ expression, scope: inside }) =>
    expression.kind === 'dictionary' ? [{ options: expression, scope: inside }] : [],
  );
}

const entriesOf = ({ entries }: Dictionary): readonly Expression[] =>
  entries.flatMap(({ key, value }) => (key?.kind === 'string' && ADDRESSES.test(key.value) ? [value] : []));

/** `fetch(url, { agent: filteringAgent(url) })` */
function isFiltered(node: CodeView, { call, scope }: CallSite): boolean {
  if (FILTERS.test(node.nameOf(call.callee, scope))) return true;
  return call.args.slice(1).some(({ value }) => {
    const { expression, scope: inside } = writtenAs(node, value, scope);
    return (
      expression.kind === 'dictionary' &&
      expression.entries.some(({ value: entry }) => {
        const written = writtenAs(node, entry, inside);
        const named = written.expression.kind === 'call' ? written.expression.callee : written.expression;
        return FILTERS.test(node.nameOf(named, written.scope));
      })
    );
  });
}

/** Clients that are made with an address to which paths are added. */
const MAKERS = /^(axios\.create|got\.extend|ky\.(create|extend))\(\)/;

/** `api.get("/users")`: the host is that with which the client was made. */
function baseOf(node: CodeView, { call, scope }: CallSite): Written | undefined {
  const { callee } = call;
  const client = callee.kind === 'attribute' ? callee.object : callee;
  const entity = node.resolve(client, scope);
  if (entity?.kind !== 'external' || !MAKERS.test(entity.name) || !entity.made) return undefined;
  const options = entity.made.call.args[0];
  const [base] = options ? addressesIn(node, options.value, entity.made.scope) : [];
  return base?.expression === options?.value ? undefined : base;
}

function originAt(node: CodeView, site: CallSite, { expression, scope }: Written): DataOrigin {
  const given = hostOrigin(node, expression, scope, ADDRESS);
  const base = given.kind === 'constant' ? baseOf(node, site) : undefined;
  const origin = base ? hostOrigin(node, base.expression, base.scope, ADDRESS) : given;
  return origin.kind === 'input' && isFiltered(node, site)
    ? originOf('checked', `${origin.says}, refused where it leads into the own network`, origin.at)
    : origin;
}

/** Addresses that the service asks, and who chooses them. */
export default defineExtractor({
  id: 'javascript/sinks/outbound',
  reads: [],
  produces: ['sink'],
  understands: hasNode,
  *extract({ node }): Generator<Sink> {
    for (const [site, given] of asked(node))
      for (const address of addressesIn(node, given, site.scope))
        yield {
          kind: 'sink',
          at: node.at(site.scope, site.call),
          of: 'outbound-address',
          callee: node.textOf(site.scope, site.call.callee).replace(/\s+/g, '').slice(0, 40),
          origin: originAt(node, site, address),
          whole: true,
          reached: node.reached(site),
        };
  },
});
