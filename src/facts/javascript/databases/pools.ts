import type { ConnectionPool, DatabaseUse, Location, Term, Truth, Value } from '../../../model/index.ts';
import { byDefault, literalTexts, stated, termsIn, truth, unclear } from '../../../model/index.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { prismaClients } from '../prisma/clients.ts';
import type { Keeping } from './clients.ts';
import { connectionSites } from './connections.ts';
import { optionsGiven, type GivenOptions } from './options.ts';

const keyOf = ({ path, startLine }: Location): string => `${path}:${startLine}`;

function wordsFor(path: string, term: Term): string {
  const name = path.split('.').at(-1) ?? path;
  if (term.kind === 'literal') return `${name} ${String(term.value)}`;
  const variable = [...termsIn(term)].find(each => each.kind === 'env');
  return variable ? `${name} from ${variable.name}` : name;
}

/** Addresses say it too: `?connection_limit=20`. */
const IN_ADDRESS = /[?&](connection_?limit|pool_?max|max|maxPoolSize|connectionLimit)=(\d+|\0)/i;

function sizeOf(keeping: Keeping, given: GivenOptions, use: DatabaseUse): Value<string> {
  for (const path of keeping.sizes) {
    const term = given.option(path);
    if (term) return stated(wordsFor(path, term));
  }
  const texts = [...use.addresses.map(({ text }) => text), ...given.texts.flatMap(literalTexts)];
  const said = texts.map(text => IN_ADDRESS.exec(text)).find(found => found !== null);
  if (said) return stated(`${said[1] ?? ''} ${said[2] === '\0' ? 'from outside' : (said[2] ?? '')}`);
  return given.isOpen && (given.texts.length === 0 || given.hidesOptions)
    ? unclear('its options are put together at run time')
    : byDefault(keeping.usual);
}

/** Connections for one task: a migration, a question whether the server is there. */
const TASK = /migrat|upgrade|backup|seed|wait|ping|health|create-?database|drop-?database|(^|\/)scripts?\//i;

const isForTask = ({ scope }: CallSite): boolean =>
  TASK.test(functionAround(scope)?.name ?? '') || TASK.test(scope.module.path);

/** Made while the process comes up, in a constructor or kept by a name: once; else by whoever asks. */
function timesMade(node: CodeView, site: CallSite): Value<'once' | 'each-call'> {
  const around = functionAround(site.scope);
  if (!around || around.name === 'constructor' || isKept(node, site)) return stated('once');
  if (runsAtStart(node, site) !== 'no') return stated('once');
  // Providers of a framework are made once.
  if (around.isInline && around.handedTo.length === 0) return stated('once');
  return node.callsEnding(around.name).some(caller => functionAround(caller.scope) !== undefined)
    ? stated('each-call')
    : unclear(`how often ${around.name || 'the function around it'} is called cannot be told`);
}

/** `pool ??= new Pool()`, `if (!cached) cached = await connect()`, `this.client = …`. */
function isKept(node: CodeView, { statement, scope, conditions }: CallSite): boolean {
  if (statement.kind === 'augment') return true;
  if (statement.kind !== 'assign' || statement.declares !== 'nothing') return false;
  const isGuarded = conditions.some(({ kind }) => kind === 'if');
  return statement.targets.some(
    target =>
      (target.kind === 'attribute' && !/^(req|request|ctx|context|res)\b/.test(node.textOf(scope, target))) ||
      (target.kind === 'name' && (isGuarded || !scope.bindings().has(target.name))),
  );
}

function sharingOf(node: CodeView, keeping: Keeping, site: CallSite): ConnectionPool['sharing'] {
  const made = timesMade(node, site);
  if (made.state === 'unclear') return keeping.makes === 'pool' ? stated('pool') : made;
  if (made.value === 'each-call') return stated('each-call');
  return stated(keeping.makes === 'pool' ? 'pool' : 'one');
}

/** The engine of Prisma keeps a pool, which the address bounds; broken connections are made anew. */
const PRISMA: Keeping = {
  makes: 'pool',
  sizes: [],
  usual: 'twice the processors and one more',
  reconnects: true,
  retries: false,
};

/** `$connect()` at the start ends it when the database is away. */
const connectsAtStart = (node: CodeView): Truth =>
  truth(node.callsEnding('$connect').some(site => runsAtStart(node, site) === 'yes'));

/** How connections are kept, by every client that is known. */
export default defineExtractor({
  id: 'javascript/databases/pools',
  reads: ['databaseUse'],
  produces: ['connectionPool'],
  understands: hasNode,
  *extract({ node, facts }): Generator<ConnectionPool> {
    const uses = new Map(facts.all('databaseUse').map(use => [keyOf(use.at), use]));
    for (const { client, site } of connectionSites(node)) {
      const at = node.at(site.scope, site.call);
      const use = uses.get(keyOf(at));
      if (!use || !client.keeping || isForTask(site)) continue;
      const given = optionsGiven(node, site);
      yield {
        kind: 'connectionPool',
        at,
        callee: node.textOf(site.scope, site.call.callee),
        engine: use.engine,
        sharing: sharingOf(node, client.keeping, site),
        size: sizeOf(client.keeping, given, use),
        reconnects: truth(client.keeping.reconnects),
        // Modules of NestJS try ten times, when nothing else is said.
        retries: truth(
          client.keeping.retries || /^@nestjs\//.test(node.nameOf(site.call.callee, site.scope)),
        ),
        atStart: client.keeping.makes === 'single' ? runsAtStart(node, site) : 'no',
        reached: node.reached(site),
      };
    }
    for (const { at, callee, site, reached } of prismaClients(node)) {
      const use = uses.get(keyOf(at));
      if (!use || (site && isForTask(site))) continue;
      yield {
        kind: 'connectionPool',
        at,
        callee,
        engine: use.engine,
        sharing: site && reached !== 'no' ? sharingOf(node, PRISMA, site) : stated('pool'),
        size: sizeOf(PRISMA, site ? optionsGiven(node, site) : NOTHING, use),
        reconnects: 'yes',
        retries: 'no',
        atStart: connectsAtStart(node),
        reached,
      };
    }
  },
});

const NOTHING: GivenOptions = {
  texts: [],
  option: () => undefined,
  hasOptions: false,
  isOpen: false,
  hidesOptions: false,
};
