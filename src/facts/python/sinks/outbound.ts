import type { Sink } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { ADDRESS } from '../../code/flow/policy.ts';
import { hostOrigin } from '../../code/flow/address.ts';

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'stream'];
const CLIENTS = [
  'requests',
  'requests.Session()',
  'requests.session()',
  'httpx',
  'httpx.Client()',
  'httpx.AsyncClient()',
  'aiohttp.ClientSession()',
  'urllib3',
  'urllib3.PoolManager()',
];

interface Argument {
  readonly position: number;
  readonly keyword: string;
}

const FIRST: Argument = { position: 0, keyword: 'url' };
const SECOND: Argument = { position: 1, keyword: 'url' };

const clientCalls = (client: string): readonly (readonly [string, Argument])[] => [
  ...VERBS.map(verb => [`${client}.${verb}`, FIRST] as const),
  [`${client}.request`, SECOND],
];

/** Where the address stands among the arguments. */
const CALLS: Readonly<Record<string, Argument>> = {
  ...Object.fromEntries(CLIENTS.flatMap(clientCalls)),
  'urllib.request.urlopen': FIRST,
  'urllib.request.urlretrieve': FIRST,
  'urllib.request.Request': FIRST,
  'http.client.HTTPConnection': { position: 0, keyword: 'host' },
  'http.client.HTTPSConnection': { position: 0, keyword: 'host' },
  'feedparser.parse': { position: 0, keyword: 'url_file_stream_or_string' },
};

/** Addresses that the service asks, and who chooses them. */
export default defineExtractor({
  id: 'python/sinks/outbound',
  reads: [],
  produces: ['sink'],
  understands: hasPython,
  *extract({ python }): Generator<Sink> {
    for (const [name, { position, keyword }] of Object.entries(CALLS))
      for (const site of python.calls(name)) {
        const positional = site.call.args.filter(arg => arg.name === '' && arg.spread === '');
        const given = site.call.args.find(arg => arg.name === keyword) ?? positional[position];
        if (!given) continue;
        // `urlopen(Request(url))`: the request has been looked at itself.
        if (given.value.kind === 'call' && python.nameOf(given.value.callee, site.scope) in CALLS) continue;
        yield {
          kind: 'sink',
          at: python.at(site.scope, site.call),
          of: 'outbound-address',
          callee: name.replaceAll('()', ''),
          origin: hostOrigin(python, given.value, site.scope, ADDRESS),
          whole: true,
          reached: python.reached(site),
        };
      }
  },
});
