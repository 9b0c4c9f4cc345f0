import type { BodyLimit, RateLimit } from '../../model/index.ts';
import { stated, unclear } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

const RATES = /\/(limit-rps|limit-rpm|limit-connections|rate-limit[\w-]*)$|konghq\.com\/plugins/;
const BODY = /\/(proxy-body-size|client-max-body-size)$/;

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** `10m`, `512KB`; 0 switches the limit off. */
export function bytesOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmg]?)i?b?$/i.exec(text.trim()) ?? [];
  return number === undefined ? undefined : Number(number) * (UNITS[unit.toLowerCase()] ?? 1);
}

/** Limits that the proxy or ingress in front of the service keeps. */
export default defineExtractor({
  id: 'derived/edge-limits',
  reads: ['proxyConfig', 'kubernetesObject'],
  produces: ['rateLimit', 'bodyLimit'],
  understands: () => true,
  *extract({ facts }): Generator<RateLimit | BodyLimit> {
    for (const proxy of facts.all('proxyConfig')) {
      const whole = proxy.rateLimits.find(({ covers }) => covers === 'all');
      const [some] = proxy.rateLimits;
      if (whole) yield edgeRate(whole.at, `${proxy.software}: ${whole.text}`);
      else if (some)
        yield {
          ...edgeRate(some.at, `${proxy.software}: ${some.text}`),
          covers: 'routes',
          covered: proxy.rateLimits.flatMap(({ covers }) => covers),
        };
      if (proxy.bodyLimit) yield edgeBody(proxy.bodyLimit.at, proxy.software, proxy.bodyLimit.text);
      // Where nothing is said, nginx takes one megabyte and no more.
      else if (proxy.software === 'nginx' && proxy.upstreams.length > 0)
        yield edgeBody(proxy.at, 'nginx, by default', '1m');
    }
    for (const object of facts.all('kubernetesObject')) {
      if (object.about.kind !== 'ingress') continue;
      for (const [key, value] of Object.entries(object.annotations)) {
        if (RATES.test(key))
          yield edgeRate(object.at, `the ingress ${object.name}: ${key.split('/').at(-1) ?? key} ${value}`);
        if (BODY.test(key)) yield edgeBody(object.at, `the ingress ${object.name}`, value);
      }
    }
  },
});

const edgeRate = (at: RateLimit['at'], name: string): RateLimit => ({
  kind: 'rateLimit',
  at,
  name,
  covers: 'app',
  covered: [],
  store: 'shared',
  storeSays: 'the proxy counts',
  wired: 'yes',
  way: [],
  missing: '',
});

function edgeBody(at: BodyLimit['at'], name: string, text: string): BodyLimit {
  const bytes = bytesOf(text);
  return {
    kind: 'bodyLimit',
    at,
    name,
    covers: 'app',
    handlerAt: undefined,
    bytes: bytes === undefined ? unclear('its size is put in later') : stated(bytes),
    reached: 'yes',
  };
}
