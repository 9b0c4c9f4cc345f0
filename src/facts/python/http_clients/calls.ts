import type { OutboundCall, TlsVerification, Term, Value } from '../../../model/index.ts';
import { byDefault, stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { argumentOf } from '../../code/callers.ts';
import type { CallSite } from '../../code/sites.ts';
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
    names: [
      'urllib3.PoolManager().request',
      'urllib3.PoolManager().urlopen',
      'urllib3.request',
      'urllib3.HTTPSConnectionPool().request',
    ],
    silent: 'none',
    timeout: { position: -1, keyword: 'timeout' },
    verify: '',
    target: 1,
  },
  {
    names: ['http.client.HTTPConnection', 'http.client.HTTPSConnection'],
    silent: 'none',
    timeout: { position: 2, keyword: 'timeout' },
    verify: '',
    target: 0,
  },
  {
    names: ['aiohttp.ClientSession'],
    silent: 'limited',
    timeout: { position: -1, keyword: 'timeout' },
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

const isNone = (term: Term): boolean =>
  term.kind === 'oneOf'
    ? term.options.some(option => isNone(option.term))
    : term.kind === 'literal' && term.value === null;

function timeoutOf(python: PythonView, site: CallSite, client: Client): Value<'limited' | 'none'> {
  const { position, keyword } = client.timeout;
  const term = argumentOf(python, site, position, keyword);
  if (!term) {
    if (python.args(site).isOpen) return unclear('options are spread into the call');
    const isSession = /[Ss]ession\(\)/.test(client.names.join(' ')) && client.silent === 'none';
    const onSession = isSession && /[Ss]ession\(\)/.test(python.nameOf(site.call.callee, site.scope));
    return onSession && limitsSessions(python)
      ? unclear('its session may bring a limit of its own')
      : byDefault(client.silent);
  }
  if (isNone(term)) return stated('none');
  return term.kind === 'unclear' && /parameter/.test(term.because)
    ? unclear(term.because)
    : stated('limited');
}

const limiting = new WeakMap<PythonView, boolean>();

/** Own adapters, own kinds of session and `session.request = partial(…)` may set a limit for all calls. */
function limitsSessions(python: PythonView): boolean {
  const before = limiting.get(python);
  if (before !== undefined) return before;
  const classes = python
    .derivedFrom('requests.adapters.HTTPAdapter', 'requests.HTTPAdapter', 'requests.Session')
    .some(({ definition, scope }) => /timeout/.test(python.textOf(scope, definition)));
  const assigned = python
    .statements('.request', '.send')
    .some(
      ({ statement }) =>
        statement.kind === 'assign' &&
        statement.targets.some(target => target.kind === 'attribute' && /^(request|send)$/.test(target.name)),
    );
  limiting.set(python, classes || assigned);
  return classes || assigned;
}

/** `session.verify = False` */
function* switchedOff(python: PythonView): Generator<TlsVerification> {
  for (const { statement, scope, conditions } of python.statements('.verify')) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    const [target] = statement.targets;
    if (target?.kind !== 'attribute' || target.name !== 'verify') continue;
    const name = python.nameOf(target.object, scope);
    if (!/^(requests\.(sessions\.)?[Ss]ession\(\))$/.test(name)) continue;
    yield {
      kind: 'tlsVerification',
      at: python.at(scope, statement),
      callee: python.textOf(scope, target),
      verified: asBoolean(python.evaluate(statement.value, scope)),
      reached: python.reached({ scope, conditions }),
    };
  }
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
  yield { kind: 'outboundCall', at, callee, target, timeout: timeoutOf(python, site, client), reached };
  const verify = client.verify === '' ? undefined : args.arg(-1, client.verify);
  if (verify) yield { kind: 'tlsVerification', at, callee, verified: asBoolean(verify), reached };
}

/** Requests through requests, httpx, urllib and aiohttp. */
export default defineExtractor({
  id: 'python/http_clients/calls',
  reads: [],
  produces: ['outboundCall', 'tlsVerification'],
  understands: hasPython,
  *extract({ python }) {
    for (const client of CLIENTS)
      for (const site of python.calls(...client.names)) yield* callsOf(python, client, site);
    yield* switchedOff(python);
  },
});
