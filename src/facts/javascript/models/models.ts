import { indexesInTexts } from '../../code/sql-tables.ts';
import type { CodeView } from '../../code/view.ts';
import { drizzleModels } from './drizzle.ts';
import { mikroOrmModels } from './mikro-orm.ts';
import { migratedTables } from './migrations.ts';
import type { StoredModel } from './model.ts';
import { mongooseModels } from './mongoose.ts';
import { sequelizeModels } from './sequelize.ts';
import { typeormModels } from './typeorm.ts';

const READERS: readonly ((node: CodeView) => readonly StoredModel[])[] = [
  drizzleModels,
  typeormModels,
  mikroOrmModels,
  sequelizeModels,
  mongooseModels,
];

const known = new WeakMap<CodeView, readonly StoredModel[]>();

/** What code keeps, whichever library describes it; read once for all who ask. */
export function storedModels(node: CodeView): readonly StoredModel[] {
  const before = known.get(node);
  if (before) return before;
  const models = withVersions(
    READERS.flatMap(read => read(node)),
    migratedTables(node),
  );
  for (const { table, columns } of indexesInTexts(node))
    for (const model of models)
      if (model.table.toLowerCase() === table.toLowerCase()) model.indexes.push(columns);
  known.set(node, models);
  return models;
}

/** Versions add indexes to the tables of models; what no model describes is there by them alone. */
function withVersions(
  models: readonly StoredModel[],
  versions: readonly StoredModel[],
): readonly StoredModel[] {
  const byTable = new Map(models.map(model => [model.table.toLowerCase(), model]));
  const alone: StoredModel[] = [];
  for (const version of versions) {
    const model = byTable.get(version.table.toLowerCase());
    if (model) model.indexes.push(...version.indexes);
    else alone.push(version);
  }
  return [...models, ...alone];
}
