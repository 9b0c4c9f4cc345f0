import type { CallSite } from '../../code/sites.ts';
import { POOL_CLIENTS } from '../pools/clients.ts';
import type { PythonView } from '../view.ts';

const ENGINES = [
  'sqlalchemy.create_engine()',
  'sqlalchemy.engine.create_engine()',
  'sqlmodel.create_engine()',
  'sqlalchemy.ext.asyncio.create_async_engine()',
  'flask_sqlalchemy.SQLAlchemy().engine',
];
const MAKERS = [
  'sqlalchemy.orm.sessionmaker()',
  'sqlalchemy.orm.session.sessionmaker()',
  'sqlalchemy.ext.asyncio.async_sessionmaker()',
  'sqlalchemy.ext.asyncio.session.async_sessionmaker()',
];
const POOLS = [
  'psycopg2.pool.SimpleConnectionPool()',
  'psycopg2.pool.ThreadedConnectionPool()',
  'psycopg_pool.ConnectionPool()',
  'psycopg_pool.AsyncConnectionPool()',
];

const CONNECTS = POOL_CLIENTS.flatMap(({ names, makes }) =>
  makes === 'single' ? names.filter(name => !name.startsWith('peewee.')) : [],
);

/** Calls that open a connection or session which somebody has to end. */
const OPENERS: readonly string[] = [
  ...CONNECTS,
  'sqlite3.connect', 'aiosqlite.connect',
  ...ENGINES.flatMap(name => [`${name}.connect`, `${name}.raw_connection`, `${name}.begin`]),
  ...MAKERS.flatMap(name => [name, `${name}.begin`]),
  'sqlalchemy.orm.Session', 'sqlalchemy.orm.session.Session', 'sqlmodel.Session', 'sqlalchemy.ext.asyncio.AsyncSession', 'sqlmodel.ext.asyncio.session.AsyncSession',
  ...POOLS.map(name => `${name}.getconn`),
  'psycopg_pool.ConnectionPool().connection', 'psycopg_pool.AsyncConnectionPool().connection',
  'mysql.connector.pooling.MySQLConnectionPool().get_connection', 'asyncpg.create_pool().acquire', 'aiomysql.create_pool().acquire',
]; // prettier-ignore

const PACKAGES = [...new Set(OPENERS.map(name => /^\w+/.exec(name)?.[0] ?? ''))];

export const openings = (python: PythonView): readonly CallSite[] =>
  python.imports(...PACKAGES) ? python.calls(...OPENERS) : [];
