import type { SchemaCreation } from '../../../model/index.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** `Base.metadata.create_all(engine)`, `db.create_all()`, `await connection.run_sync(Base.metadata.create_all)`. */
export default defineExtractor({
  id: 'python/sqlalchemy/creation',
  reads: [],
  produces: ['schemaCreation'],
  understands: hasPython,
  *extract({ python }): Generator<SchemaCreation> {
    for (const site of python.callsEnding('create_all', 'run_sync', 'generate_schemas', 'create_tables')) {
      const made = [site.call.callee, ...site.call.args.map(arg => arg.value)]
        .flatMap(expressionsIn)
        .find(
          each =>
            each.kind === 'attribute' && /^(create_all|generate_schemas|create_tables)$/.test(each.name),
        );
      if (made)
        yield {
          kind: 'schemaCreation',
          at: python.at(site.scope, site.call),
          callee: python.textOf(site.scope, made),
          reached: python.reached(site),
        };
    }
  },
});
