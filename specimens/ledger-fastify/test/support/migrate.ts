import { runner } from 'node-pg-migrate';

export const migrate = (databaseUrl: string, direction: 'up' | 'down', count?: number): Promise<unknown> =>
  runner({
    databaseUrl,
    dir: 'migrations',
    direction,
    migrationsTable: 'pgmigrations',
    ...(count !== undefined && { count }),
    log: () => undefined,
  });
