import type { OutboundCall, TlsVerification, Term, Value } from '../../../model/index.ts';
import { byDefault, stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Arguments } from '../evaluate.ts';
import type { CallSite } from '../sites.ts';
import type { PythonView } from '../view.ts';

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'];

interface Client {
  readonly names: readonly string[];
  /** What holds when the call says nothing of a timeout. */
  readonly silent: 'limited' | 'none';
  readonly timeout: { readonly position: number; readonly keyword: string };
  readonly verify: string;
  readonly target: number;
}

const members = (object: string, verbs: readonly string[]) => verbs.map(verb => `${object}.${verb}`);

const CLIENTS: readonly Client[] = [
  {
    names: [
      ...members('requests', VERBS),
      ...members('requests.Session()', VERBS),
      ...members('requests.session()', VERBS),
      ...members('requests.sessions.Session()', VERBS),
    ],
    silent: 'none',
    timeout: { position: -1, keyword: 'timeout' },
    verify: 'verify',
    target: 0,
  },
  {
    names: [
      ...members('httpx', [...VERBS, 'stream']),
      ...members('httpx.Client()', [...VERBS, 'stream']),
      ...members('httpx.AsyncClient()', [...VERBS, 'stream']),
      'httpx.Client',
      'httpx.AsyncClient',
    ],
    silent: 'limited', // httpx gives up after five seconds by itself
    timeout: { position: -1, keyword: 'timeout' },
    verify: 'verify',
    target: 0,
  },
  {
    names: ['urllib.request.urlopen'],
    silent: 'none',
    timeout: { position: 2, keyword: 'timeout' },
    verify: '',
    target: 0,
  },
  {
    names: [...members('aiohttp.ClientSession()', VERBS), ...members('aiohttp', ['request'])],
    silent: 'limited', // five minutes in all
    timeout: { position: -1, keyword: 'timeout' },
    verify: 'ssl',
    target: 0,
  },
];

function timeoutOf(args: Arguments, client: Client): Value<'limited' | 'none'> {
  const { position, keyword } = client.timeout;
  const term = args.arg(position, keyword);
  if (!term) return args.isOpen ? unclear('options are spread into the call') : byDefault(client.silent);
  if (term.kind === 'literal') return stated(term.value === null ? 'none' : 'limited');
  return term.kind === 'unclear' && /parameter/.test(term.because)
    ? unclear(term.because)
    : stated('limited');
}

const asBoolean = (term: Term): Value<boolean> => {
  const value = term.kind === 'env' ? term.fallback : term;
  if (value?.kind === 'literal' && typeof value.value === 'boolean') return stated(value.value);
  return value?.kind === 'literal' && typeof value.value === 'string'
    ? stated(true)
    : unclear('it is not a literal');
};

function* callsOf(
  python: PythonView,
  client: Client,
  site: CallSite,
): Generator<OutboundCall | TlsVerification> {
  const args = python.args(site);
  const at = python.at(site.scope, site.call);
  const callee = python.textOf(site.scope, site.call.callee);
  const reached = python.reached(site);
  const target = args.arg(client.target, 'url');
  yield { kind: 'outboundCall', at, callee, target, timeout: timeoutOf(args, client), reached };
  const verify = client.verify === '' ? undefined : args.arg(-1, client.verify);
  if (verify) yield { kind: 'tlsVerification', at, callee, verified: asBoolean(verify), reached };
}

/** Requests through requests, httpx, urllib and aiohttp. */
export default defineExtractor({
  id: 'python/requests/calls',
  reads: [],
  produces: ['outboundCall', 'tlsVerification'],
  understands: hasPython,
  *extract({ python }) {
    for (const client of CLIENTS)
      for (const site of python.calls(...client.names)) yield* callsOf(python, client, site);
  },
});
