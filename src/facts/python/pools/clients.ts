/** How a client keeps its connections, by its canonical name. */
export interface PoolClient {
  readonly names: readonly string[];
  /** `pool`: it has one by itself; `single`: one call is one connection. */
  readonly makes: 'pool' | 'single';
  /** Arguments that set its size. */
  readonly sizes: readonly string[];
  /** Its size when nothing is said, in words; empty where only a stated size makes sense. */
  readonly usual: string;
  /** It makes broken connections anew by itself; else the argument that asks for it. */
  readonly reconnects: boolean | string;
  /** It goes on trying until the server is there. */
  readonly retries: boolean;
}

export const POOL_CLIENTS: readonly PoolClient[] = [
  {
    names: ['sqlalchemy.create_engine', 'sqlalchemy.engine.create_engine', 'sqlalchemy.ext.asyncio.create_async_engine', 'sqlmodel.create_engine'],
    makes: 'pool',
    sizes: ['pool_size', 'max_overflow'],
    usual: '5 connections and 10 more',
    reconnects: 'pool_pre_ping',
    retries: false,
  },
  { names: ['asyncpg.create_pool', 'databases.Database'], makes: 'pool', sizes: ['max_size', 'min_size'], usual: '10 connections', reconnects: true, retries: false },
  { names: ['psycopg_pool.ConnectionPool', 'psycopg_pool.AsyncConnectionPool'], makes: 'pool', sizes: ['max_size', 'min_size'], usual: '4 connections', reconnects: true, retries: true },
  { names: ['aiopg.create_pool', 'aiomysql.create_pool', 'aioodbc.create_pool'], makes: 'pool', sizes: ['maxsize', 'minsize'], usual: '10 connections', reconnects: 'pool_recycle', retries: false },
  { names: ['psycopg2.pool.SimpleConnectionPool', 'psycopg2.pool.ThreadedConnectionPool'], makes: 'pool', sizes: ['maxconn', '1'], usual: '', reconnects: false, retries: false },
  { names: ['mysql.connector.pooling.MySQLConnectionPool'], makes: 'pool', sizes: ['pool_size'], usual: '5 connections', reconnects: true, retries: false },
  { names: ['dbutils.pooled_db.PooledDB', 'DBUtils.PooledDB.PooledDB'], makes: 'pool', sizes: ['maxconnections', 'maxcached', '3'], usual: 'no bound', reconnects: true, retries: false },
  { names: ['oracledb.create_pool', 'cx_Oracle.SessionPool'], makes: 'pool', sizes: ['max'], usual: '2 connections', reconnects: true, retries: false },
  { names: ['playhouse.pool.PooledPostgresqlDatabase', 'playhouse.pool.PooledMySQLDatabase'], makes: 'pool', sizes: ['max_connections'], usual: '20 connections', reconnects: true, retries: false },
  { names: ['peewee.PostgresqlDatabase', 'peewee.MySQLDatabase'], makes: 'single', sizes: [], usual: '', reconnects: false, retries: false },
  { names: ['psycopg2.connect', 'psycopg.connect', 'psycopg.AsyncConnection.connect', 'asyncpg.connect', 'aiopg.connect'], makes: 'single', sizes: [], usual: '', reconnects: false, retries: false },
  { names: ['pymysql.connect', 'pymysql.Connection', 'MySQLdb.connect', 'aiomysql.connect', 'mariadb.connect', 'mysql.connector.connect'], makes: 'single', sizes: ['pool_size'], usual: '', reconnects: false, retries: false },
  { names: ['pymssql.connect', 'pyodbc.connect', 'pypyodbc.connect', 'aioodbc.connect', 'cx_Oracle.connect', 'oracledb.connect'], makes: 'single', sizes: [], usual: '', reconnects: false, retries: false },
  {
    names: ['pymongo.MongoClient', 'pymongo.mongo_client.MongoClient', 'pymongo.AsyncMongoClient', 'motor.motor_asyncio.AsyncIOMotorClient', 'mongoengine.connect'],
    makes: 'pool',
    sizes: ['maxPoolSize', 'minPoolSize', 'maxpoolsize'],
    usual: '100 connections',
    reconnects: true,
    retries: true,
  },
  {
    names: ['elasticsearch.Elasticsearch', 'elasticsearch.AsyncElasticsearch', 'opensearchpy.OpenSearch', 'opensearchpy.AsyncOpenSearch'],
    makes: 'pool',
    sizes: ['maxsize', 'pool_maxsize', 'connections_per_node'],
    usual: '10 connections to each node',
    reconnects: true,
    retries: true,
  },
]; // prettier-ignore
