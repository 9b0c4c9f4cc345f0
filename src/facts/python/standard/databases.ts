import type { AppSetting, DatabaseConnection, Location, Term } from '../../../model/index.ts';
import { literalTexts, termsIn } from '../../../model/index.ts';
import { engineOfText } from '../../database-engines.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { argumentOf } from '../../code/callers.ts';

type Engine = DatabaseConnection['engine'];

interface Client {
  readonly engine: Engine;
  readonly names: readonly string[];
  /** Where the whole address stands, and where its parts: by position (-1 for none) and keywords. */
  readonly url?: readonly [number, ...string[]];
  readonly host?: readonly [number, ...string[]];
  readonly user?: readonly [number, ...string[]];
  readonly password?: readonly [number, ...string[]];
  readonly database?: readonly [number, ...string[]];
}

const POSTGRES: Omit<Client, 'names' | 'engine'> = {
  url: [0, 'dsn', 'conninfo'],
  host: [-1, 'host', 'hostaddr'],
  user: [-1, 'user'],
  password: [-1, 'password'],
  database: [-1, 'dbname', 'database'],
};
const MYSQL: Omit<Client, 'names' | 'engine'> = {
  host: [0, 'host'],
  user: [1, 'user', 'username'],
  password: [2, 'password', 'passwd'],
  database: [3, 'database', 'db'],
};
/** Where clients are told to encrypt. */
const TLS = [
  -1,
  'sslmode',
  'ssl',
  'tls',
  'use_ssl',
  'ssl_mode',
  'ssl_ca',
  'ssl_context',
  'encrypt',
  'connect_args',
] as const;
const BY_KEYWORD: Omit<Client, 'names' | 'engine'> = {
  host: [-1, 'host', 'hostname'],
  user: [-1, 'user', 'username'],
  password: [-1, 'password', 'passwd'],
  database: [-1, 'database', 'db', 'dbname'],
};

const CLIENTS: readonly Client[] = [
  {
    engine: 'unclear',
    names: [
      'sqlalchemy.create_engine',
      'sqlalchemy.engine.create_engine',
      'sqlalchemy.ext.asyncio.create_async_engine',
      'sqlmodel.create_engine',
      'databases.Database',
      'gino.Gino().set_bind',
    ],
    url: [0, 'url', 'name_or_url'],
  },
  {
    engine: 'postgres',
    names: ['psycopg2.connect', 'psycopg.connect', 'psycopg.AsyncConnection.connect', 'asyncpg.connect', 'asyncpg.create_pool', 'aiopg.create_pool', 'aiopg.connect', 'psycopg_pool.ConnectionPool', 'psycopg_pool.AsyncConnectionPool'],
    ...POSTGRES,
  },
  {
    engine: 'postgres',
    names: ['psycopg2.pool.SimpleConnectionPool', 'psycopg2.pool.ThreadedConnectionPool'],
    ...POSTGRES,
    url: [2, 'dsn'],
  },
  { engine: 'postgres', names: ['peewee.PostgresqlDatabase', 'playhouse.pool.PooledPostgresqlDatabase'], ...BY_KEYWORD },
  { engine: 'mysql', names: ['pymysql.connect', 'MySQLdb.connect', 'pymysql.Connection'], ...MYSQL },
  { engine: 'mysql', names: ['mysql.connector.connect', 'mysql.connector.pooling.MySQLConnectionPool', 'aiomysql.connect', 'aiomysql.create_pool', 'mariadb.connect', 'peewee.MySQLDatabase'], ...BY_KEYWORD },
  { engine: 'mssql', names: ['pymssql.connect'], ...MYSQL, host: [0, 'server', 'host'] },
  { engine: 'mssql', names: ['pyodbc.connect', 'aioodbc.connect', 'aioodbc.create_pool', 'pypyodbc.connect'], url: [0, 'connstring', 'dsn'], host: [-1, 'server'], user: [-1, 'uid', 'user'], password: [-1, 'pwd', 'password'], database: [-1, 'database'] },
  { engine: 'oracle', names: ['cx_Oracle.connect', 'oracledb.connect', 'oracledb.create_pool', 'cx_Oracle.SessionPool'], host: [2, 'dsn', 'host'], user: [0, 'user'], password: [1, 'password'] },
  { engine: 'mongodb', names: ['pymongo.MongoClient', 'pymongo.mongo_client.MongoClient', 'motor.motor_asyncio.AsyncIOMotorClient', 'pymongo.AsyncMongoClient'], url: [0, 'host'], user: [-1, 'username'], password: [-1, 'password'] },
  { engine: 'mongodb', names: ['mongoengine.connect'], url: [-1, 'host'], user: [-1, 'username'], password: [-1, 'password'], database: [0, 'db'] },
  { engine: 'redis', names: ['redis.Redis', 'redis.StrictRedis', 'redis.asyncio.Redis', 'redis.client.Redis', 'aioredis.Redis', 'redis.ConnectionPool'], host: [0, 'host'], password: [3, 'password'], user: [-1, 'username'] },
  { engine: 'redis', names: ['redis.from_url', 'redis.Redis.from_url', 'redis.StrictRedis.from_url', 'redis.asyncio.from_url', 'redis.asyncio.Redis.from_url', 'aioredis.from_url', 'redis.ConnectionPool.from_url', 'redis.asyncio.ConnectionPool.from_url', 'aioredis.create_redis_pool'], url: [0, 'url'] },
  { engine: 'search', names: ['elasticsearch.Elasticsearch', 'elasticsearch.AsyncElasticsearch', 'opensearchpy.OpenSearch', 'opensearchpy.AsyncOpenSearch'], url: [0, 'hosts'], password: [-1, 'http_auth', 'basic_auth', 'api_key'] },
  { engine: 'other-server', names: ['clickhouse_driver.Client', 'clickhouse_connect.get_client'], ...BY_KEYWORD, host: [0, 'host'] },
  { engine: 'other-server', names: ['neo4j.GraphDatabase.driver', 'neo4j.AsyncGraphDatabase.driver'], url: [0, 'uri'], password: [1, 'auth'] },
  { engine: 'other-server', names: ['cassandra.cluster.Cluster'], host: [0, 'contact_points'] },
  { engine: 'file', names: ['sqlite3.connect', 'aiosqlite.connect', 'duckdb.connect', 'peewee.SqliteDatabase'], url: [0, 'database'] },
]; // prettier-ignore

/** The engine that an address names. A variable whose default is a file may hold anything in production. */
function engineOf(url: Term | undefined, otherwise: Engine): Engine {
  if (!url || otherwise !== 'unclear') return otherwise;
  const isOpen = [...termsIn(url)].some(term => term.kind === 'env');
  const texts = [...termsIn(url)].flatMap(term => (term.kind === 'literal' ? [String(term.value)] : []));
  const engines = texts.flatMap(text => engineOfText(text) ?? []);
  const server = engines.find(engine => engine !== 'file');
  if (server) return server;
  return engines.includes('file') && !isOpen ? 'file' : 'unclear';
}

/** What a dictionary that is spread into the call says under one of these keys. */
function spread(python: PythonView, { call, scope }: CallSite, names: readonly string[]): Term | undefined {
  for (const arg of call.args) {
    if (arg.spread !== '**') continue;
    const term = python.evaluate(arg.value, scope);
    const found = term.kind === 'object' ? term.entries.find(([key]) => names.includes(key)) : undefined;
    if (found) return found[1];
  }
  return undefined;
}

function connectionAt(python: PythonView, client: Client, site: CallSite): DatabaseConnection {
  const part = (of: readonly [number, ...string[]] | undefined): Term | undefined => {
    if (!of) return undefined;
    const [position, ...names] = of;
    for (const name of names) {
      const term = argumentOf(python, site, -1, name);
      if (term) return term;
    }
    return (
      (position >= 0 ? argumentOf(python, site, position, '') : undefined) ?? spread(python, site, names)
    );
  };
  const address = part(client.url);
  // `URL.create("postgresql", username=…, host=…)` is an address in parts.
  const parts = address?.kind === 'call' && /\.URL(\.create)?$/.test(address.target) ? address : undefined;
  const url = parts ? undefined : address;
  return {
    kind: 'databaseConnection',
    at: python.at(site.scope, site.call),
    callee: python.textOf(site.scope, site.call.callee),
    engine: engineOf(parts ? (parts.args[0] ?? parts.named['drivername']) : url, client.engine),
    url,
    host: parts?.named['host'] ?? part(client.host),
    user: parts?.named['username'] ?? part(client.user),
    password: parts?.named['password'] ?? part(client.password),
    database: parts?.named['database'] ?? part(client.database),
    tls: part(TLS) ?? parts?.named['query'],
    reached: python.reached(site),
  };
}

/** `SQLALCHEMY_DATABASE_URI`, `MONGO_URI` and the like among the settings of an app. */
const SETTINGS: Readonly<Record<string, Engine>> = {
  SQLALCHEMY_DATABASE_URI: 'unclear',
  MONGO_URI: 'mongodb',
  REDIS_URL: 'redis',
};

const fromSetting = ({ key, term, valueAt, reached }: AppSetting, engine: Engine): DatabaseConnection => ({
  kind: 'databaseConnection',
  at: valueAt,
  callee: key,
  engine: engineOf(term, engine),
  url: term,
  host: undefined,
  user: undefined,
  password: undefined,
  database: undefined,
  tls: undefined,
  reached,
});

/** A settings module or class that is loaded in a way that cannot be followed: the name is unmistakable. */
function* fromSettingsModules(python: PythonView): Generator<DatabaseConnection> {
  for (const { term, scope, at, conditions } of assignedOnTop(python, 'SQLALCHEMY_DATABASE_URI')) {
    const owner = scope.definition?.kind === 'class' ? scope.definition.name : '';
    if (ASIDE.test(owner)) continue;
    yield {
      ...fromSetting(
        {
          kind: 'appSetting',
          at,
          valueAt: at,
          key: 'SQLALCHEMY_DATABASE_URI',
          term,
          when: owner,
          reached: 'yes',
        },
        'unclear',
      ),
      reached:
        scope.kind === 'module'
          ? python.reached({ scope, conditions })
          : python.reach.reachesModule(scope.module),
    };
  }
}

/** `DATABASES = {"default": {"ENGINE": …, "HOST": …}}` of a Django settings module. */
function* fromDjango(python: PythonView): Generator<DatabaseConnection> {
  for (const { statement, scope, conditions } of python.statements('DATABASES')) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    const [target] = statement.targets;
    if (target?.kind !== 'name' || target.name !== 'DATABASES') continue;
    const all = python.evaluate(statement.value, scope);
    for (const [, each] of all.kind === 'object' ? all.entries : []) {
      if (each.kind !== 'object') continue;
      const entry = (key: string) => each.entries.find(([name]) => name === key)?.[1];
      const driver = entry('ENGINE');
      const name = driver ? (literalTexts(driver)[0]?.split('.').at(-1) ?? '') : '';
      yield {
        kind: 'databaseConnection',
        at: each.at,
        callee: 'DATABASES',
        engine: engineOfText(name) ?? 'unclear',
        url: undefined,
        host: entry('HOST'),
        user: entry('USER'),
        password: entry('PASSWORD'),
        database: entry('NAME'),
        tls: entry('OPTIONS'),
        reached: python.reached({ scope, conditions }),
      };
    }
  }
}

/** Connections to databases, by every client that is known. */
export default defineExtractor({
  id: 'python/standard/databases',
  reads: ['appSetting'],
  produces: ['databaseConnection'],
  understands: hasPython,
  *extract({ python, facts }) {
    const seen = new Set<string>();
    for (const client of CLIENTS)
      for (const site of python.calls(...client.names)) yield connectionAt(python, client, site);
    for (const setting of facts.all('appSetting')) {
      const engine = SETTINGS[setting.key];
      const place = keyOf(setting.valueAt);
      if (!engine || seen.has(place)) continue;
      seen.add(place);
      const others = facts
        .all('appSetting')
        .some(({ key, when }) => key === setting.key && !ASIDE.test(when));
      if (!/test/i.test(setting.when) && !(others && ASIDE.test(setting.when)))
        yield fromSetting(setting, engine);
    }
    if (!facts.all('appSetting').some(({ key }) => key === 'SQLALCHEMY_DATABASE_URI'))
      yield* fromSettingsModules(python);
    const entries = [...fromDjango(python)];
    // One of several, by a variable: which of them cannot be told.
    yield* entries.map(each =>
      entries.length > 1 && each.reached === 'yes' ? { ...each, reached: 'unclear' as const } : each,
    );
  },
});

/** Assignments to a name outside of functions. */
export function* assignedOnTop(
  python: PythonView,
  name: string,
): Generator<{
  readonly term: Term;
  readonly at: Location;
  readonly scope: Scope;
  readonly conditions: CallSite['conditions'];
}> {
  for (const { statement, scope, conditions } of python.statements(name)) {
    if (scope.kind === 'function' || statement.kind !== 'assign' || !statement.value) continue;
    if (statement.targets.some(target => target.kind === 'name' && target.name === name))
      yield {
        term: python.evaluate(statement.value, scope),
        at: python.at(scope, statement),
        scope,
        conditions,
      };
  }
}

/** Classes of settings beside those of production. */
const ASIDE = /test|dev|local/i;

const keyOf = ({ path, startLine }: Location): string => `${path}:${startLine}`;
