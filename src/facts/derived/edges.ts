import type { Edge, KubernetesObject, Platform, ProxyConfig, Truth, Value } from '../../model/index.ts';
import { ask, either, truth } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

/** Platforms whose router ends TLS for every service. */
const PLATFORMS: readonly Platform[] = [
  'heroku',
  'fly',
  'render',
  'railway',
  'vercel',
  'netlify',
  'app-engine',
  'app-runner',
  'replit',
  'digital-ocean',
  'cloud-run',
];

const sendsHsts = ({ headers }: ProxyConfig): boolean =>
  headers.some(({ name }) => name.toLowerCase() === 'strict-transport-security');

/** The servers of one file belong together: one redirects, the other answers. */
function* proxyEdges(proxies: readonly ProxyConfig[]): Generator<Edge> {
  for (const path of new Set(proxies.map(proxy => proxy.path))) {
    const servers = proxies.filter(proxy => proxy.path === path);
    const first = servers.find(({ upstreams }) => upstreams.length > 0);
    if (!first) continue;
    const tls = servers.find(proxy => proxy.tls);
    const isCaddy = first.software === 'caddy' && tls !== undefined;
    yield {
      kind: 'edge',
      at: tls?.tls?.at ?? first.at,
      name: first.software,
      isProxy: true,
      tls: truth(tls !== undefined),
      redirects: truth(isCaddy || servers.some(proxy => proxy.redirectsToHttps)),
      hsts: truth(servers.some(sendsHsts)),
    };
  }
}

function ingressEdge({ at, name, about, annotations, templated }: KubernetesObject): readonly Edge[] {
  if (about.kind !== 'ingress') return [];
  const tls: Truth = about.hasTls ? 'yes' : templated ? 'unclear' : 'no';
  const says = Object.entries(annotations).map(([key, value]) => `${key}=${value}`);
  const isOff = says.some(each => /ssl-redirect=false/i.test(each));
  const cloud = says.some(each => /certificate-arn|managed-certificates|pre-shared-cert/.test(each));
  return [
    {
      kind: 'edge',
      at,
      name: `the ingress ${name}`,
      isProxy: true,
      tls: cloud ? 'yes' : tls,
      redirects: isOff ? 'no' : cloud ? truth(says.some(each => /ssl-redirect/.test(each))) : tls,
      // The usual controller sends it by itself wherever there is TLS; others have to be told.
      hsts: tls === 'yes' ? 'unclear' : 'no',
    },
  ];
}

/** A platform that is not told so may redirect or not. */
const redirectsOf = (forces: Value<boolean>): Truth =>
  forces.state === 'default' && !forces.value ? 'unclear' : ask(forces, value => value);

const CERTIFICATE = /^--(certfile|ssl-certfile|keyfile|ssl-keyfile)(=|$)/;

/** What stands in front of the service: proxies, ingresses, platforms, or the server's own certificate. */
export default defineExtractor({
  id: 'derived/edges',
  reads: ['proxyConfig', 'kubernetesObject', 'platformFile', 'composeService', 'startPath'],
  produces: ['edge'],
  understands: () => true,
  *extract({ facts }): Generator<Edge> {
    const proxies = [...proxyEdges(facts.all('proxyConfig'))];
    const ingresses = facts.all('kubernetesObject').flatMap(ingressEdge);
    yield* [...proxies, ...ingresses];
    // A Procfile is read by many things; it says where a service runs only when nothing else does.
    const isAlone = proxies.length + ingresses.length === 0;
    for (const { at, path, platform, forcesHttps, process } of facts.all('platformFile'))
      if (
        PLATFORMS.includes(platform) &&
        (process === 'web' || process === '') &&
        (isAlone || !path.endsWith('Procfile'))
      )
        yield {
          kind: 'edge',
          at,
          name: `the platform ${platform}`,
          isProxy: true,
          tls: 'yes',
          redirects: redirectsOf(forcesHttps),
          hsts: 'unclear',
        };
    for (const { at, name, labels } of facts.all('composeService')) {
      const routers = Object.keys(labels).filter(key => /^traefik\.http\.routers\./.test(key));
      if (routers.length === 0) continue;
      const tls = truth(routers.some(key => /\.tls(\.|$)/.test(key)));
      const redirects = truth(Object.keys(labels).some(key => /redirectscheme/i.test(key)));
      const hsts = truth(Object.keys(labels).some(key => /stsseconds/i.test(key)));
      yield {
        kind: 'edge',
        at,
        name: `the router of ${name}`,
        isProxy: true,
        tls,
        redirects: either(redirects, 'unclear'),
        hsts,
      };
    }
    for (const { at, command } of facts.all('startPath'))
      if (command.commands.flat().some(word => CERTIFICATE.test(word)))
        yield {
          kind: 'edge',
          at,
          name: 'the server itself',
          isProxy: false,
          tls: 'yes',
          redirects: 'no',
          hsts: 'no',
        };
  },
});
