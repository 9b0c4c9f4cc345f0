import type { ConnectionPool, DatabaseUse, Location, Term, Truth, Value } from '../../../model/index.ts';
import { byDefault, stated, termsIn, truth, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { CallSite } from '../../code/sites.ts';
import { assignedOnTop } from '../standard/databases.ts';
import type { PythonView } from '../view.ts';
import { POOL_CLIENTS, type PoolClient } from './clients.ts';
import { isForTask, timesMade } from './sharing.ts';

const keyOf = ({ path, startLine }: Location): string => `${path}:${startLine}`;

/** What a call or a dictionary of options says, as far as it can be read. */
interface Options {
  get(name: string): Term | undefined;
  readonly isOpen: boolean;
}

/** Keywords, what is spread in from dictionaries, and numbered arguments. */
function optionsOf(python: PythonView, site: CallSite): Options {
  const spread = site.call.args
    .filter(arg => arg.spread === '**')
    .map(arg => python.evaluate(arg.value, site.scope));
  const positional = site.call.args.filter(arg => arg.name === '' && arg.spread === '');
  const inSpread = (name: string) =>
    spread.flatMap(term => (term.kind === 'object' ? term.entries : [])).find(([key]) => key === name)?.[1];
  return {
    get: name => {
      const given = /^\d$/.test(name)
        ? positional[Number(name)]
        : site.call.args.find(arg => arg.name === name);
      return given ? python.evaluate(given.value, site.scope) : inSpread(name);
    },
    isOpen: spread.some(term => term.kind !== 'object' || term.open),
  };
}

const fromObject = (term: Term): Options => ({
  get: name => (term.kind === 'object' ? term.entries.find(([key]) => key === name)?.[1] : undefined),
  isOpen: term.kind !== 'object' || term.open,
});

function wordsFor(name: string, term: Term): string {
  if (term.kind === 'literal') return `${name} ${String(term.value)}`;
  const variable = [...termsIn(term)].find(each => each.kind === 'env');
  return variable ? `${name} from ${variable.name}` : name;
}

function sizeOf({ sizes, usual }: PoolClient, options: Options): Value<string> {
  for (const name of sizes) {
    const term = options.get(name);
    if (term) return stated(wordsFor(/^\d$/.test(name) ? 'size' : name, term));
  }
  return options.isOpen ? unclear('options are spread into it') : byDefault(usual);
}

const isTrue = (term: Term | undefined): Truth => {
  const value = term?.kind === 'env' ? term.fallback : term;
  if (!value) return 'no';
  if (value.kind !== 'literal') return 'unclear';
  return truth(Boolean(value.value) && value.value !== 'false');
};

function reconnectsBy({ reconnects }: PoolClient, options: Options): Truth {
  if (typeof reconnects === 'boolean') return truth(reconnects);
  const said = isTrue(options.get(reconnects));
  return said === 'no' && options.isOpen ? 'unclear' : said;
}

/** A pool class that keeps nothing, or one connection for all. */
function poolClass(options: Options): 'none' | 'one' | 'usual' {
  const term = options.get('poolclass');
  const name = term?.kind === 'reference' ? term.target : '';
  return name.endsWith('NullPool') ? 'none' : name.endsWith('StaticPool') ? 'one' : 'usual';
}

function sharingOf(
  python: PythonView,
  client: PoolClient,
  site: CallSite,
  options: Options,
): ConnectionPool['sharing'] {
  const kind = poolClass(options);
  if (kind !== 'usual') return stated(kind === 'none' ? 'each-call' : 'one');
  const made = timesMade(python, site);
  if (made.state === 'unclear') return made;
  if (made.value === 'each-call') return stated('each-call');
  return stated(client.makes === 'pool' || client.sizes.some(name => options.get(name)) ? 'pool' : 'one');
}

/** A setting of the app, or one of its name in a settings module. */
function settingOf(
  { facts, python }: ServiceView,
  name: string,
): { readonly term: Term; readonly at: Location } | undefined {
  const setting = facts.all('appSetting').find(({ key, when }) => key === name && !/test|dev/i.test(when));
  if (setting) return { term: setting.term, at: setting.valueAt };
  const [assigned] = assignedOnTop(python, name);
  return assigned;
}

/** Engines of an extension, which takes its options from the settings of the app. */
function* fromSettings(view: ServiceView): Generator<ConnectionPool> {
  const [client] = POOL_CLIENTS;
  const uses = view.facts.all('databaseUse').filter(({ callee }) => callee === 'SQLALCHEMY_DATABASE_URI');
  if (!client || uses.length === 0) return;
  const given = settingOf(view, 'SQLALCHEMY_ENGINE_OPTIONS');
  const old = settingOf(view, 'SQLALCHEMY_POOL_SIZE');
  const options = given && fromObject(given.term);
  for (const use of uses)
    yield {
      kind: 'connectionPool',
      at: given?.at ?? use.at,
      callee: given ? 'SQLALCHEMY_ENGINE_OPTIONS' : use.callee,
      engine: use.engine,
      sharing: stated(options && poolClass(options) === 'none' ? 'each-call' : 'pool'),
      size: old
        ? stated(wordsFor('size', old.term))
        : options
          ? sizeOf(client, options)
          : byDefault(client.usual),
      reconnects: options ? reconnectsBy(client, options) : 'no',
      retries: 'no',
      atStart: 'no',
      reached: use.reached,
    };
}

/** `CONN_MAX_AGE` keeps a connection for each thread; without it each request opens its own. */
function* fromDatabases(
  python: PythonView,
  uses: ReadonlyMap<string, DatabaseUse>,
): Generator<ConnectionPool> {
  for (const { statement, scope } of python.statements('DATABASES')) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    const term = python.evaluate(statement.value, scope);
    for (const [, each] of term.kind === 'object' ? term.entries : []) {
      const use = uses.get(keyOf(each.at));
      if (!use || use.callee !== 'DATABASES') continue;
      const options = fromObject(each);
      const age = options.get('CONN_MAX_AGE');
      const inner = options.get('OPTIONS');
      const pool = inner && fromObject(inner).get('pool');
      const isOff = age?.kind === 'literal' && age.value === 0;
      yield {
        kind: 'connectionPool',
        at: each.at,
        callee: 'DATABASES',
        engine: use.engine,
        sharing: options.isOpen
          ? unclear('it is put together at run time')
          : stated(pool || (age && !isOff) ? 'pool' : 'each-call'),
        size: stated(pool ? 'a pool' : 'one connection for each thread'),
        reconnects: age && !isOff && !pool ? isTrue(options.get('CONN_HEALTH_CHECKS')) : 'yes',
        retries: 'no',
        atStart: 'no',
        reached: use.reached,
      };
    }
  }
}

/** How connections are kept, by every client that is known. */
export default defineExtractor({
  id: 'python/pools/pools',
  reads: ['databaseUse', 'appSetting'],
  produces: ['connectionPool'],
  understands: hasPython,
  *extract(view): Generator<ConnectionPool> {
    const { python, facts } = view;
    const uses = new Map(facts.all('databaseUse').map(use => [keyOf(use.at), use]));
    for (const client of POOL_CLIENTS)
      for (const site of python.calls(...client.names)) {
        const at = python.at(site.scope, site.call);
        const use = uses.get(keyOf(at));
        if (!use || isForTask(site)) continue;
        const options = optionsOf(python, site);
        yield {
          kind: 'connectionPool',
          at,
          callee: python.textOf(site.scope, site.call.callee),
          engine: use.engine,
          sharing: sharingOf(python, client, site, options),
          size: sizeOf(client, options),
          reconnects: reconnectsBy(client, options),
          retries: truth(client.retries),
          atStart:
            client.makes === 'single' || client.names.includes('asyncpg.create_pool')
              ? runsAtStart(python, site)
              : 'no',
          reached: python.reached(site),
        };
      }
    yield* fromSettings(view);
    yield* fromDatabases(python, uses);
  },
});
