import type { OutboundCall, Term, TlsVerification, Value } from '../../../model/index.ts';
import { byDefault, stated, unclear } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

interface Client {
  /** Canonical names of the calls that send a request. */
  readonly names: readonly string[];
  /** Where the address and the options stand. */
  readonly target: number;
  readonly options: number;
  /** Members of the options that end a request which takes too long. */
  readonly limits: readonly string[];
  /** What holds when the call says nothing of a limit, as the library documents it. */
  readonly silent: 'limited' | 'none';
}

const members = (object: string, verbs: readonly string[]) => verbs.map(verb => `${object}.${verb}`);
const WITHOUT_BODY = ['get', 'delete', 'head', 'options'];
const WITH_BODY = ['post', 'put', 'patch', 'postForm', 'putForm', 'patchForm'];
const AXIOS = [
  'axios',
  'axios.create()',
  '@nestjs/axios.HttpService()',
  '@nestjs/axios.HttpService().axiosRef',
];
const GOT = ['get', 'post', 'put', 'patch', 'delete', 'head', 'stream', 'paginate'];

const CLIENTS: readonly Client[] = [
  // Node's own fetch and undici wait five minutes for the headers and for each part of the body, then give up.
  {
    names: ['fetch', 'undici.fetch', 'undici.request', 'undici.stream'],
    target: 0,
    options: 1,
    limits: ['signal', 'headersTimeout', 'bodyTimeout', 'dispatcher'],
    silent: 'limited',
  },
  {
    names: ['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'make-fetch-happen'],
    target: 0,
    options: 1,
    limits: ['signal', 'timeout'],
    silent: 'none',
  },
  {
    names: AXIOS.flatMap(object => members(object, WITHOUT_BODY)),
    target: 0,
    options: 1,
    limits: ['timeout', 'signal'],
    silent: 'none',
  },
  {
    names: AXIOS.flatMap(object => members(object, WITH_BODY)),
    target: 0,
    options: 2,
    limits: ['timeout', 'signal'],
    silent: 'none',
  },
  {
    names: ['axios', 'axios.create()', ...AXIOS.map(object => `${object}.request`)],
    target: 0,
    options: 0,
    limits: ['timeout', 'signal'],
    silent: 'none',
  },
  {
    names: ['got', ...members('got', GOT), ...members('got.extend()', GOT), 'got.extend()'],
    target: 0,
    options: 1,
    limits: ['timeout', 'signal'],
    silent: 'none',
  },
  {
    names: ['ky', ...members('ky', [...WITHOUT_BODY, ...WITH_BODY]), 'ofetch', 'ofetch.$fetch'],
    target: 0,
    options: 1,
    limits: ['timeout', 'signal'],
    silent: 'limited',
  },
  {
    names: ['request', 'request-promise', ...members('request', ['get', 'post', 'put', 'patch', 'delete'])],
    target: 0,
    options: 0,
    limits: ['timeout'],
    silent: 'none',
  },
  {
    names: ['http.request', 'http.get', 'https.request', 'https.get'],
    target: 0,
    options: 1,
    limits: ['timeout', 'signal'],
    silent: 'none',
  },
];

/** What is set for all requests of a client: `axios.create({ timeout })`, `got.extend({ timeout })`. */
const MAKERS = /^(axios\.create|got\.extend)\(\)/;

const isNothing = (term: Term): boolean =>
  term.kind === 'literal' && (term.value === 0 || term.value === null || term.value === false);

function limitIn(
  node: CodeView,
  site: CallSite,
  options: Term | undefined,
  limits: readonly string[],
): Value<'limited' | 'none'> | undefined {
  if (!options) return undefined;
  const args = node.args(site);
  const given = limits.flatMap(name => args.member(options, name) ?? []);
  const [first] = given;
  if (first) return given.every(isNothing) ? stated('none') : stated('limited');
  if (options.kind === 'object')
    return options.open ? unclear('its options are spread into the call') : undefined;
  return options.kind === 'literal' ? undefined : unclear('its options come from elsewhere');
}

/** `const request = https.get(…); request.setTimeout(5000)`, `.on("timeout", …)`: in the function around the call. */
function isLimitedBeside(node: CodeView, { scope }: CallSite): boolean {
  const { definition } = scope;
  return (
    definition !== undefined &&
    scope.parent !== undefined &&
    /\.setTimeout\(|['"]timeout['"]/.test(node.textOf(scope.parent, definition))
  );
}

function timeoutOf(node: CodeView, site: CallSite, client: Client, name: string): Value<'limited' | 'none'> {
  const args = node.args(site);
  const isCallback = site.call.args[client.options]?.value.kind === 'function';
  const own = isCallback ? undefined : limitIn(node, site, args.arg(client.options, ''), client.limits);
  if (own) return own;
  const made = MAKERS.test(name) ? madeBy(node, site.call.callee, site) : undefined;
  if (made) {
    const forAll = limitIn(node, made, node.args(made).arg(0, ''), client.limits);
    if (forAll) return forAll;
  }
  if (/^https?\./.test(name) && isLimitedBeside(node, site)) return stated('limited');
  if (/^@nestjs\/axios/.test(name) || (name.startsWith('axios') && setsDefaults(node)))
    return unclear('its client may bring a limit of its own');
  return args.isOpen ? unclear('options are spread into the call') : byDefault(client.silent);
}

/** The call that made the client on which a request is sent. */
function madeBy(node: CodeView, callee: Expression, { scope }: CallSite): CallSite | undefined {
  const entity = node.resolve(callee, scope);
  const made = entity?.kind === 'external' ? entity.made : undefined;
  return made && node.calls('axios.create', 'got.extend').find(({ call }) => call === made.call);
}

const defaults = new WeakMap<CodeView, boolean>();

/** `axios.defaults.timeout = 5000` holds for all. */
function setsDefaults(node: CodeView): boolean {
  let found = defaults.get(node);
  if (found === undefined) {
    found = node.statements('defaults.timeout').some(({ statement }) => statement.kind === 'assign');
    defaults.set(node, found);
  }
  return found;
}

/** `new https.Agent({ rejectUnauthorized: false })`, and the same in the options of a request. */
function* agents(node: CodeView): Generator<TlsVerification> {
  const names = [
    'https.Agent',
    'https.request',
    'https.get',
    'tls.connect',
    'undici.Agent',
    'axios.create',
    'got.extend',
    'got',
    'needle',
    'request',
  ];
  for (const site of node.calls(...names)) {
    const args = node.args(site);
    for (const position of [0, 1]) {
      const options = args.arg(position, '');
      const nested =
        options && ['https', 'connect', 'agentOptions'].flatMap(name => args.member(options, name) ?? []);
      const said = [options, ...(nested ?? [])].flatMap(each =>
        each ? (args.member(each, 'rejectUnauthorized') ?? args.member(each, 'strictSSL') ?? []) : [],
      );
      for (const term of said)
        yield {
          kind: 'tlsVerification',
          at: term.at,
          callee: node.textOf(site.scope, site.call.callee),
          verified: asBoolean(term),
          reached: node.reached(site),
        };
    }
  }
}

/** A setting that asks for just this: whoever sets it knows what it does. */
const CHOICE = /reject_?unauth|insecure|verif|self_?signed|strict_?ssl|skip_?(tls|ssl|cert)/i;

/** `ssl: { rejectUnauthorized: false }` of a database, a broker, or of options that are put together first. */
function* writtenOff(node: CodeView): Generator<TlsVerification> {
  for (const { statement, scope, conditions } of node.statements('rejectUnauthorized'))
    for (const head of headOf(statement)) {
      const all = [...expressionsIn(head)];
      for (const each of all) {
        if (each.kind !== 'dictionary') continue;
        const said = each.entries.find(
          ({ key }) => key?.kind === 'string' && key.value === 'rejectUnauthorized',
        );
        // A server that asks its callers for a certificate of their own is another thing.
        const isOfServer = each.entries.some(
          ({ key }) => key?.kind === 'string' && key.value === 'requestCert',
        );
        if (said?.value.kind !== 'constant' || said.value.value !== false || isOfServer) continue;
        const isChosen = all.some(
          other =>
            other.kind === 'conditional' &&
            other.start <= each.start &&
            each.end <= other.end &&
            CHOICE.test(node.textOf(scope, other.test)),
        );
        const isAsked = conditions.some(
          condition => condition.kind === 'if' && CHOICE.test(node.textOf(scope, condition.test)),
        );
        if (isChosen || isAsked) continue;
        const call = all.findLast(
          other => other.kind === 'call' && other.start <= each.start && each.end <= other.end,
        );
        yield {
          kind: 'tlsVerification',
          at: node.at(scope, said.value),
          callee: call?.kind === 'call' ? node.textOf(scope, call.callee) : 'what is made with these options',
          verified: stated(false),
          reached: node.reached({ scope, conditions }),
        };
      }
    }
}

const asBoolean = (term: Term): Value<boolean> => {
  const value = term.kind === 'env' ? term.fallback : term;
  return value?.kind === 'literal' && typeof value.value === 'boolean'
    ? stated(value.value)
    : unclear('it is not a literal');
};

/** `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"` turns it off for everything. */
function* switchedOff(node: CodeView): Generator<TlsVerification> {
  for (const { statement, scope, conditions } of node.statements('NODE_TLS_REJECT_UNAUTHORIZED')) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    const [target] = statement.targets;
    const value = node.evaluate(statement.value, scope);
    if (
      !target ||
      !/NODE_TLS_REJECT_UNAUTHORIZED/.test(node.textOf(scope, target)) ||
      value.kind !== 'literal'
    )
      continue;
    yield {
      kind: 'tlsVerification',
      at: node.at(scope, statement),
      callee: 'NODE_TLS_REJECT_UNAUTHORIZED',
      verified: stated(String(value.value) !== '0'),
      reached: node.reached({ scope, conditions }),
    };
  }
}

/** Requests that the service sends, and whether it checks who answers them. */
export default defineExtractor({
  id: 'javascript/http_clients/calls',
  reads: [],
  produces: ['outboundCall', 'tlsVerification'],
  understands: hasNode,
  *extract({ node }): Generator<OutboundCall | TlsVerification> {
    for (const client of CLIENTS)
      for (const site of node.calls(...client.names)) {
        const name = node.nameOf(site.call.callee, site.scope);
        yield {
          kind: 'outboundCall',
          at: node.at(site.scope, site.call),
          callee: node.textOf(site.scope, site.call.callee),
          target: targetOf(node, site, client),
          timeout: timeoutOf(node, site, client, name),
          reached: node.reached(site),
        };
      }
    const seen = new Set<string>();
    for (const fact of [...agents(node), ...writtenOff(node), ...switchedOff(node)]) {
      const line = `${fact.at.path}:${fact.at.startLine}`;
      if (!seen.has(line)) yield fact;
      seen.add(line);
    }
  },
});

/** The address: an argument of its own, or `url` of the options. */
function targetOf(node: CodeView, site: CallSite, { target }: Client): Term | undefined {
  const args = node.args(site);
  const given = args.arg(target, '');
  return given?.kind === 'object' ? args.member(given, 'url') : given;
}
