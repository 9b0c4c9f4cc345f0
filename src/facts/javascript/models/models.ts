import type { CodeView } from '../../code/view.ts';
import { drizzleModels } from './drizzle.ts';
import type { StoredModel } from './model.ts';
import { mongooseModels } from './mongoose.ts';
import { sequelizeModels } from './sequelize.ts';
import { typeormModels } from './typeorm.ts';

const READERS: readonly ((node: CodeView) => readonly StoredModel[])[] = [
  drizzleModels,
  typeormModels,
  sequelizeModels,
  mongooseModels,
];

const known = new WeakMap<CodeView, readonly StoredModel[]>();

/** What code keeps, whichever library describes it; read once for all who ask. */
export function storedModels(node: CodeView): readonly StoredModel[] {
  const before = known.get(node);
  if (before) return before;
  const models = READERS.flatMap(read => read(node));
  known.set(node, models);
  return models;
}
