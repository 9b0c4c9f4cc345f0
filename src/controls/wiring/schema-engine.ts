import { defineControl, failOr, followed, pass, place } from '../define.ts';

export default defineControl({
  id: 'wiring/schema-engine',
  title: 'Schema and queries are written for the engine that is used',
  severity: 'high',
  stage: 'stable',
  asks: 'Compares the dialect of SQL files with the engines whose drivers the code uses.',
  why: 'The first statement fails on the real server, on the day of the deployment.',
  remedy: 'Rewrite the schema for the engine, or make it with a migration tool that knows it.',
  sources: ['CATALOG wiring/schema-engine'],
  fix: 'advice',
  drill: 'migrate-up-down',
  needs: ['schemaDialect', 'databaseDriver'],

  applies: ({ facts }) =>
    (facts.has('schemaDialect') && facts.all('databaseDriver').some(driver => driver.reached !== 'no')) ||
    'there are no SQL files in a certain dialect beside a driver',

  judge: ({ facts }) => {
    const drivers = facts.all('databaseDriver').filter(driver => driver.reached !== 'no');
    const engines = new Set(drivers.map(driver => driver.engine));
    const wrong = facts.all('schemaDialect').filter(schema => !engines.has(schema.dialect));
    return failOr(
      wrong.map(schema =>
        followed(
          place(
            schema.at,
            `${schema.path} is written for ${schema.dialect} (${schema.sign}), while the code talks to ${[...engines].join(' and ')}`,
          ),
          drivers.slice(0, 2).map(driver => ({ at: driver.at, says: `uses ${driver.name}` })),
        ),
      ),
      pass(facts.all('schemaDialect').map(schema => place(schema.at, `${schema.dialect}, as the driver`))),
    );
  },
});
