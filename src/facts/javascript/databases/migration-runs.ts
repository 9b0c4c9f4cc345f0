import type { MigrationTool } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { connectionSites } from './connections.ts';
import { optionsGiven } from './options.ts';

/** Calls that bring a schema to its newest version, and what they belong to. */
const RUNS: readonly (readonly [RegExp, string])[] = [
  [/^typeorm\..*\.runMigrations$/, 'TypeORM'],
  [/^(knex|objection).*\.migrate\.(latest|up)$/, 'Knex'],
  [/^drizzle-orm\/.*migrator\.migrate$/, 'Drizzle'],
  [/^umzug\.Umzug\(\)\.up$|^umzug\(\)\.up$/, 'Umzug'],
  [/^postgrator\(\)\.migrate$/, 'Postgrator'],
  [/^kysely\.Migrator\(\)\.migrate(ToLatest|Up|To)$/, 'Kysely'],
  [/^node-pg-migrate$/, 'node-pg-migrate'],
  [/^@mikro-orm\/.*\.getMigrator\(\)\.up$/, 'MikroORM'],
];
const WORDS = ['runMigrations', 'latest', 'up', 'migrate', 'migrateToLatest', 'runner', 'migrationRunner'];

/** Code that runs migrations, and connections that do so when they are made. */
export default defineExtractor({
  id: 'javascript/databases/migration-runs',
  reads: [],
  produces: ['migrationTool'],
  understands: hasNode,
  *extract({ node }): Generator<MigrationTool> {
    for (const site of node.callsOnOthers(...WORDS)) {
      const called = node.nameOf(site.call.callee, site.scope);
      const name = RUNS.find(([pattern]) => pattern.test(called))?.[1];
      if (name !== undefined)
        yield {
          kind: 'migrationTool',
          at: node.at(site.scope, site.call),
          name,
          reached: node.reached(site),
        };
    }
    for (const { site } of connectionSites(node)) {
      const runs = optionsGiven(node, site).option('migrationsRun');
      if (runs?.kind === 'literal' && runs.value === true)
        yield { kind: 'migrationTool', at: runs.at, name: 'TypeORM', reached: node.reached(site) };
    }
  },
});
