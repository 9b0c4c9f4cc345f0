import type { MigrationTool } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** `Migrate(app, db)`, or `migrate.init_app(app, db)`: without the app the commands do not exist. */
export default defineExtractor({
  id: 'python/flask_migrate/extension',
  reads: [],
  produces: ['migrationTool'],
  understands: hasPython,
  *extract({ python }): Generator<MigrationTool> {
    for (const site of python.calls(
      'flask_migrate.Migrate',
      'flask_migrate.Migrate().init_app',
      'flask_alembic.Alembic',
      'flask_alembic.Alembic().init_app',
    )) {
      const isAttached = site.call.args.some(arg => arg.name === '' || arg.name === 'app');
      if (isAttached)
        yield {
          kind: 'migrationTool',
          at: python.at(site.scope, site.call),
          name: 'Flask-Migrate',
          reached: python.reached(site),
        };
    }
  },
});
