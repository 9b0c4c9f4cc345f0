import type { DatabaseConnection } from '../model/index.ts';

type Engine = DatabaseConnection['engine'];

const SCHEMES: readonly (readonly [RegExp, Engine])[] = [
  [/^postgres/i, 'postgres'],
  [/^(mysql|mariadb)/i, 'mysql'],
  [/^mssql|^sqlserver/i, 'mssql'],
  [/^oracle/i, 'oracle'],
  [/^mongodb/i, 'mongodb'],
  [/^rediss?/i, 'redis'],
  [/^(sqlite|duckdb)/i, 'file'],
  [/^(cockroachdb|snowflake|bigquery|clickhouse|redshift)/i, 'other-server'],
];

/** The engine that an address or a connection string names. */
export const engineOfText = (text: string): Engine | undefined =>
  SCHEMES.find(([pattern]) => pattern.test(text))?.[1] ??
  (/(^|;)\s*(server|driver)\s*=/i.test(text) ? 'mssql' : undefined);
