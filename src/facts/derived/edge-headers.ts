import type { SecurityHeader } from '../../model/index.ts';
import { literal } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

const WANTED =
  /^(x-content-type-options|x-frame-options|referrer-policy|content-security-policy|strict-transport-security|permissions-policy)$/;

/** `add_header X "v";` and `more_set_headers "X: v";` in the snippets of an ingress. */
const SNIPPET = /(?:add_header\s+([\w-]+)\s+"?([^";]+)"?|more_set_headers\s+"?([\w-]+):\s*([^";]+)"?)/g;

/** Headers that the proxy in front of the service adds to each of its answers. */
export default defineExtractor({
  id: 'derived/edge-headers',
  reads: ['proxyConfig', 'kubernetesObject'],
  produces: ['securityHeader'],
  understands: () => true,
  *extract({ facts }): Generator<SecurityHeader> {
    for (const proxy of facts.all('proxyConfig'))
      for (const { name, value, at } of proxy.headers)
        if (WANTED.test(name.toLowerCase()))
          yield {
            kind: 'securityHeader',
            at,
            name: name.toLowerCase(),
            value: literal(value, at),
            by: proxy.software,
            covers: 'app',
            wired: 'yes',
            way: [],
          };
    for (const object of facts.all('kubernetesObject')) {
      if (object.about.kind !== 'ingress') continue;
      for (const [key, text] of Object.entries(object.annotations))
        if (/snippet|headers/.test(key))
          for (const [, added, value, set, content] of text.matchAll(SNIPPET)) {
            const name = (added ?? set ?? '').toLowerCase();
            if (WANTED.test(name))
              yield {
                kind: 'securityHeader',
                at: object.at,
                name,
                value: literal(value ?? content ?? '', object.at),
                by: `the ingress ${object.name}`,
                covers: 'app',
                wired: 'yes',
                way: [],
              };
          }
    }
  },
});
