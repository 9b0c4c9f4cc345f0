import type { ProxyConfig, ProxyHeader, ProxyRate, ProxyText, SourceFile } from '../../model/index.ts';
import { truth } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { allDirectives, readCaddyfile, readNginx, type Directive } from '../../read/documents/nginx.ts';
import { baseName } from '../../read/documents/path.ts';
import { defineDocumentExtractor } from '../define.ts';

const textOf = ({ args, at }: Directive): ProxyText => ({ text: args.join(' '), at });

const headerOf = ({ args, at }: Directive): ProxyHeader => ({
  name: args[0] ?? '',
  value: args
    .slice(1)
    .filter(word => word !== 'always')
    .join(' '),
  at,
});

/** What it sends elsewhere, and so does not take from a folder. */
const forwards = ({ block }: Directive): boolean =>
  block.some(({ name }) => /^(proxy|uwsgi|fastcgi|grpc)_pass$|^return$/.test(name));

const isFolder = ({ name }: Directive): boolean => name === 'root' || name === 'alias';

/** Folders that it hands files out of: the one of the whole server only where some location is left to it. */
function rootsOf({ block }: Directive): readonly Directive[] {
  const locations = block.filter(({ name }) => name === 'location');
  const isLeft =
    !locations.some(each => each.args.at(-1) === '/' && forwards(each)) ||
    locations.some(
      each => !forwards(each) && !/well-known|acme|favicon|robots|\b[45]\d\d\b/.test(each.args.join(' ')),
    );
  return [
    ...(isLeft ? block.filter(isFolder) : []),
    ...locations.flatMap(each => [...allDirectives(each.block)].filter(isFolder)),
  ];
}

/** What an nginx server says, by its own directives first, then by those of the `http` block around it. */
function nginxServer(server: Directive, around: readonly Directive[], path: string): ProxyConfig {
  const own = [...allDirectives(server.block)];
  const shared = around.filter(({ block }) => block.length === 0);
  const all = (name: string): readonly Directive[] => own.filter(each => each.name === name);
  const first = (name: string): ProxyText | undefined => {
    const found = own.find(each => each.name === name) ?? shared.find(each => each.name === name);
    return found && textOf(found);
  };
  const listens = all('listen').map(textOf);
  const redirect = [...all('return'), ...all('rewrite')].find(each => /https:\/\//.test(each.args.join(' ')));
  const certificate = first('ssl_certificate');
  return {
    kind: 'proxyConfig',
    at: server.at,
    path,
    software: 'nginx',
    names: all('server_name').flatMap(({ args }) => args),
    listens,
    tls: certificate ?? listens.find(({ text }) => /\b(ssl|443)\b/.test(text)),
    redirectsToHttps: redirect && textOf(redirect),
    headers: [...all('add_header'), ...shared.filter(({ name }) => name === 'add_header')].map(headerOf),
    forwards: [...all('proxy_set_header'), ...shared.filter(({ name }) => name === 'proxy_set_header')].map(
      headerOf,
    ),
    upstreams: ['proxy_pass', 'uwsgi_pass', 'fastcgi_pass', 'grpc_pass'].flatMap(name =>
      all(name).map(each => upstreamOf(each, around)),
    ),
    bodyLimit: first('client_max_body_size'),
    readTimeout: first('proxy_read_timeout') ?? first('uwsgi_read_timeout'),
    rateLimits: ratesOf(server, shared),
    compression: [first('gzip'), first('brotli')].find(each => each?.text === 'on'),
    roots: rootsOf(server).map(textOf),
    basicAuth: first('auth_basic'),
    logsRequests: truth(first('access_log')?.text !== 'off'), // nginx does so unless it is told not to
  };
}

const limitsIn = (directives: Iterable<Directive>): readonly Directive[] =>
  [...directives].filter(({ name, args }) => name === 'limit_req' && args[0] !== 'off');

/** Places that sound settings leave without a limit: probes, metrics, and files that cost nothing. */
const SPARED =
  /health|alive|ready|\bping\b|metrics|static|assets|media|favicon|robots|well-known|acme|\.\(?[^/]*\b(css|js|png|jpe?g|svg|woff2?|ico)\b|\b[45]\d\d\b/i;

/** A limit of one location says nothing of the others, unless each that hands on to the service has one. */
function ratesOf({ block }: Directive, shared: readonly Directive[]): readonly ProxyRate[] {
  // A server that sends every caller elsewhere limits nothing of the service.
  if (block.some(({ name }) => name === 'return')) return [];
  const whole = limitsIn([...block, ...shared]);
  const locations = block.filter(({ name }) => name === 'location');
  const forwarding = locations.filter(each => [...allDirectives(each.block)].some(handsOn));
  const isWhole = forwarding
    .filter(each => !SPARED.test(each.args.join(' ')))
    .every(each => limitsIn(allDirectives(each.block)).length > 0);
  return [
    ...whole.map((limit): ProxyRate => ({ ...textOf(limit), covers: 'all' })),
    ...locations.flatMap(each =>
      limitsIn(allDirectives(each.block)).map((limit): ProxyRate => ({
        ...textOf(limit),
        covers: isWhole ? 'all' : [each.args.join(' ')],
      })),
    ),
  ];
}

const handsOn = ({ name }: Directive): boolean => /^(proxy|uwsgi|fastcgi|grpc)_pass$/.test(name);

/** `http://app` where an upstream block is called so: the servers in it. */
function upstreamOf(directive: Directive, around: readonly Directive[]): ProxyText {
  const text = directive.args.join(' ');
  const [, scheme = '', name = ''] = /^(\w+:\/\/)?([\w.-]+)/.exec(text) ?? [];
  const block = around.find(each => each.name === 'upstream' && each.args[0] === name);
  const servers =
    block?.block.filter(each => each.name === 'server').map(({ args }) => scheme + (args[0] ?? '')) ?? [];
  return { text: servers.length > 0 ? servers.join(' ') : text, at: directive.at };
}

function* nginxFacts(file: SourceFile): Generator<ProxyConfig> {
  const top = contentOf(readNginx(file)) ?? [];
  const around = [...top, ...top.filter(({ name }) => name === 'http').flatMap(({ block }) => block)];
  for (const directive of around)
    if (directive.name === 'server' && directive.block.length > 0)
      yield nginxServer(directive, around, file.path);
}

/** A site of a Caddyfile. Caddy gets certificates and redirects by itself for every name that is not plain http. */
function* caddyFacts(file: SourceFile): Generator<ProxyConfig> {
  for (const site of contentOf(readCaddyfile(file)) ?? []) {
    // The first block without a name holds the global options, `(name)` is a snippet.
    if (site.name === '' || site.name.startsWith('(') || site.block.length === 0) continue;
    const all = [...allDirectives(site.block)];
    const named = (name: string): readonly Directive[] => all.filter(each => each.name === name);
    const names = [site.name, ...site.args].map(name => name.replace(/,$/, ''));
    const isPlain = names.every(name => /^http:\/\/|^:80$|^:\d+$/.test(name));
    const automatic: ProxyText | undefined = isPlain ? undefined : { text: 'automatic', at: site.at };
    const headers = named('header');
    const compression = named('encode')[0];
    const limit = all.find(each => each.name === 'max_size');
    const auth = named('basicauth')[0] ?? named('basic_auth')[0];
    yield {
      kind: 'proxyConfig',
      at: site.at,
      path: file.path,
      software: 'caddy',
      names,
      listens: [],
      tls: automatic,
      redirectsToHttps: automatic,
      headers: headers.flatMap(header =>
        header.block.length > 0
          ? header.block.map(({ name, args, at }) => ({ name, value: args.join(' '), at }))
          : [headerOf(header)],
      ),
      forwards: named('header_up').map(headerOf),
      upstreams: named('reverse_proxy').map(textOf),
      bodyLimit: limit && textOf(limit),
      readTimeout: undefined,
      rateLimits: named('rate_limit').map(each => ({ ...textOf(each), covers: 'all' })),
      compression: compression && textOf(compression),
      roots: named('root').map(textOf),
      basicAuth: auth && textOf(auth),
      logsRequests: truth(named('log').length > 0),
    };
  }
}

const isNginx = (file: SourceFile): boolean =>
  (/\.(conf|nginx|template|tmpl)$/.test(file.path) || /nginx|sites-(available|enabled)/.test(file.path)) &&
  !/\.(ya?ml|json|md|py|js|ts|sh|toml|html)$/.test(file.path) &&
  !/^(Dockerfile|Containerfile)/i.test(baseName(file.path)) &&
  /^[ \t]*server\s{0,20}\{/m.test(file.text);

/** Reverse proxies that the repository configures: nginx and Caddy. */
export default defineDocumentExtractor({
  id: 'deploy/proxies',
  produces: ['proxyConfig'],

  *extract(repository) {
    for (const file of repository.files) {
      if (file.role !== 'production' && file.role !== 'script') continue;
      if (/^Caddyfile(\.\w+)?$/.test(baseName(file.path))) yield* caddyFacts(file);
      else if (isNginx(file)) yield* nginxFacts(file);
    }
  },
});
