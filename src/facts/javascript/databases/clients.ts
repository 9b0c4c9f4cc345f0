import type { DatabaseConnection } from '../../../model/index.ts';

/** How a client keeps its connections. */
export interface Keeping {
  /** `pool`: it has one by itself; `single`: one call is one connection. */
  readonly makes: 'pool' | 'single';
  /** Options that set its size, as paths. */
  readonly sizes: readonly string[];
  /** Its size when nothing is said, in words. */
  readonly usual: string;
  /** It makes broken connections anew by itself. */
  readonly reconnects: boolean;
  /** It goes on trying until the server is there. */
  readonly retries: boolean;
}

export type Part = 'url' | 'host' | 'port' | 'user' | 'password' | 'database';

/** A library that connects to a database, by canonical names. */
export interface DatabaseClient {
  /** `unclear` where an option or the address says it. */
  readonly engine: DatabaseConnection['engine'];
  readonly names: readonly string[];
  /** What its arguments are while they are texts; an object among them holds options. */
  readonly positions: readonly Part[];
  readonly keeping: Keeping | undefined;
}

const pool = (usual: string, sizes: readonly string[], more: Partial<Keeping> = {}): Keeping => ({
  makes: 'pool',
  sizes,
  usual,
  reconnects: true,
  retries: false,
  ...more,
});

const SINGLE: Keeping = { makes: 'single', sizes: [], usual: '', reconnects: false, retries: false };

/** Clients of MongoDB keep a pool, find the servers by themselves and make broken connections anew. */
const MONGO = pool('100 connections', ['maxPoolSize', 'minPoolSize', 'poolSize'], { retries: true });
const SEARCH = pool('as many connections as are needed', ['maxRetries', 'agent.maxSockets'], {
  retries: true,
});
const DRIVEN = [
  'extra.max',
  'extra.connectionLimit',
  'poolSize',
  'pool.max',
  'pool.min',
  'extra.poolMax',
  'replication.master.extra.max',
];

export const DATABASE_CLIENTS: readonly DatabaseClient[] = [
  { engine: 'postgres', names: ['pg.Pool', 'pg-pool', '@neondatabase/serverless.Pool', '@vercel/postgres.createPool', 'pg.native.Pool'], positions: [], keeping: pool('10 connections', ['max']) },
  { engine: 'postgres', names: ['pg.Client', 'pg.native.Client'], positions: ['url'], keeping: SINGLE },
  { engine: 'postgres', names: ['postgres'], positions: ['url'], keeping: pool('10 connections', ['max'], { retries: true }) },
  { engine: 'postgres', names: ['pg-promise()'], positions: ['url'], keeping: pool('10 connections', ['max']) },
  { engine: 'postgres', names: ['slonik.createPool'], positions: ['url'], keeping: pool('10 connections', ['maximumPoolSize'], { retries: true }) },
  { engine: 'postgres', names: ['@neondatabase/serverless.neon'], positions: ['url'], keeping: undefined },
  { engine: 'postgres', names: ['@prisma/adapter-pg.PrismaPg'], positions: ['url'], keeping: pool('10 connections', ['max']) },
  { engine: 'mysql', names: ['mysql.createPool', 'mysql2.createPool', 'mysql2/promise.createPool', 'mariadb.createPool', 'promise-mysql.createPool'], positions: ['url'], keeping: pool('10 connections', ['connectionLimit']) },
  { engine: 'mysql', names: ['mysql.createConnection', 'mysql2.createConnection', 'mysql2/promise.createConnection', 'mariadb.createConnection', 'promise-mysql.createConnection'], positions: ['url'], keeping: SINGLE },
  { engine: 'mysql', names: ['@planetscale/database.connect', '@planetscale/database.Client'], positions: [], keeping: undefined },
  { engine: 'mssql', names: ['mssql.connect', 'mssql.ConnectionPool', 'mssql/msnodesqlv8.connect'], positions: ['url'], keeping: pool('10 connections', ['pool.max', 'pool.min']) },
  { engine: 'mssql', names: ['tedious.Connection'], positions: [], keeping: SINGLE },
  { engine: 'oracle', names: ['oracledb.createPool'], positions: [], keeping: pool('4 connections', ['poolMax', 'poolMin']) },
  { engine: 'oracle', names: ['oracledb.getConnection'], positions: [], keeping: SINGLE },
  { engine: 'mongodb', names: ['mongodb.MongoClient', 'mongodb.MongoClient.connect', 'mongoose.connect', 'mongoose.createConnection', '@nestjs/mongoose.MongooseModule.forRoot', '@nestjs/mongoose.MongooseModule.forRootAsync'], positions: ['url'], keeping: MONGO },
  { engine: 'redis', names: ['ioredis.Redis', 'redis.createClient', 'redis.createCluster', 'ioredis.Cluster', '@upstash/redis.Redis', 'connect-redis.createClient'], positions: ['url', 'host'], keeping: undefined },
  { engine: 'search', names: ['@elastic/elasticsearch.Client', '@opensearch-project/opensearch.Client', 'elasticsearch.Client', '@nestjs/elasticsearch.ElasticsearchModule.register', 'meilisearch.MeiliSearch', 'meilisearch.Meilisearch'], positions: [], keeping: SEARCH },
  { engine: 'other-server', names: ['neo4j-driver.driver'], positions: ['url'], keeping: undefined },
  { engine: 'other-server', names: ['@clickhouse/client.createClient', 'cassandra-driver.Client', 'clickhouse.ClickHouse'], positions: [], keeping: undefined },
  { engine: 'file', names: ['better-sqlite3.Database', 'sqlite3.Database', 'sqlite3.cached.Database', 'sqlite.open', 'sqlite.DatabaseSync', 'bun:sqlite.Database', 'expo-sqlite.openDatabaseSync'], positions: ['url'], keeping: undefined },
  { engine: 'unclear', names: ['@libsql/client.createClient', '@libsql/client/web.createClient'], positions: [], keeping: undefined },
  { engine: 'unclear', names: ['sequelize.Sequelize', '@nestjs/sequelize.SequelizeModule.forRoot', '@nestjs/sequelize.SequelizeModule.forRootAsync'], positions: ['database', 'user', 'password'], keeping: pool('5 connections', ['pool.max', 'pool.min']) },
  { engine: 'unclear', names: ['typeorm.DataSource', 'typeorm.createConnection', 'typeorm.createConnections', '@nestjs/typeorm.TypeOrmModule.forRoot', '@nestjs/typeorm.TypeOrmModule.forRootAsync'], positions: ['url'], keeping: pool('10 connections', DRIVEN) },
  { engine: 'unclear', names: ['knex', 'objection.knex'], positions: ['url'], keeping: pool('2 to 10 connections', ['pool.max', 'pool.min']) },
  { engine: 'unclear', names: ['@mikro-orm/core.MikroORM.init', '@mikro-orm/nestjs.MikroOrmModule.forRoot', '@mikro-orm/nestjs.MikroOrmModule.forRootAsync'], positions: [], keeping: pool('10 connections', ['pool.max', 'pool.min']) },
  { engine: 'postgres', names: ['@mikro-orm/postgresql.MikroORM.init', '@mikro-orm/postgresql.defineConfig'], positions: [], keeping: pool('10 connections', ['pool.max', 'pool.min']) },
  { engine: 'mysql', names: ['@mikro-orm/mysql.MikroORM.init', '@mikro-orm/mysql.defineConfig'], positions: [], keeping: pool('10 connections', ['pool.max', 'pool.min']) },
  { engine: 'postgres', names: ['drizzle-orm/node-postgres.drizzle', 'drizzle-orm/postgres-js.drizzle', 'drizzle-orm/neon-http.drizzle', 'drizzle-orm/neon-serverless.drizzle', 'drizzle-orm/vercel-postgres.drizzle'], positions: ['url'], keeping: pool('10 connections', ['connection.max']) },
  { engine: 'mysql', names: ['drizzle-orm/mysql2.drizzle', 'drizzle-orm/planetscale-serverless.drizzle'], positions: ['url'], keeping: pool('10 connections', ['connection.connectionLimit']) },
  { engine: 'unclear', names: ['drizzle-orm/libsql.drizzle', 'drizzle-orm/better-sqlite3.drizzle'], positions: ['url'], keeping: undefined },
]; // prettier-ignore

/** Drizzle takes a client that is already connected, too. */
export const TAKES_CLIENT = /^drizzle-orm\//;

/** Where options say a part of the address; the first that is there counts. */
export const PARTS: Readonly<Record<Exclude<Part, 'port'> | 'tls' | 'engine', readonly string[]>> = {
  url: ['connectionString', 'url', 'uri', 'dbUrl', 'clientUrl', 'connectString', 'node', 'nodes', 'cloud.id', 'connection.connectionString', 'connection.url', 'connection.uri', 'replication.master.url', 'connection'],
  host: ['host', 'server', 'hostname', 'socket.host', 'connection.host', 'connection.server', 'replication.master.host', 'hosts', 'contactPoints', 'replication.write.host'],
  user: ['user', 'username', 'userName', 'auth.username', 'connection.user', 'authentication.options.userName', 'replication.master.username', 'credentials.username'],
  password: ['password', 'auth.password', 'auth.apiKey', 'connection.password', 'authentication.options.password', 'replication.master.password', 'authToken', 'apiKey'],
  database: ['database', 'dbName', 'storage', 'filename', 'connection.database', 'connection.filename', 'db', 'replication.master.database'],
  tls: ['ssl', 'tls', 'socket.tls', 'options.encrypt', 'encrypt', 'dialectOptions.ssl', 'extra.ssl', 'connection.ssl', 'driverOptions.connection.ssl', 'dialectOptions.options.encrypt', 'connection.options.encrypt'],
  engine: ['type', 'dialect', 'client', 'driver'],
}; // prettier-ignore

/** What libraries call the engines. */
const ENGINES: readonly (readonly [RegExp, DatabaseConnection['engine']])[] = [
  [/^(pg|postgres|postgresql|pgnative|cockroachdb|aurora-postgres|pg-native)$/i, 'postgres'],
  [/^(mysql2?|mariadb|aurora-mysql)$/i, 'mysql'],
  [/^(mssql|tedious|sqlserver)$/i, 'mssql'],
  [/^(oracle|oracledb)$/i, 'oracle'],
  [/^mongo(db)?$/i, 'mongodb'],
  [/^(better-)?sqlite3?$|^(sqljs|libsql|expo|better-sqlite)$/i, 'file'],
];

export const engineNamed = (name: string): DatabaseConnection['engine'] | undefined =>
  ENGINES.find(([pattern]) => pattern.test(name))?.[1];
