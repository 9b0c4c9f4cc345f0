import type { TestProject } from 'vitest/node';
import { migrate } from './migrate.js';
import { startPostgres } from './postgres.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** One PostgreSQL for all test files: each keeps to owners of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  await migrate(postgres.url, 'up');
  project.provide('databaseUrl', postgres.url);
  return postgres.stop;
}
