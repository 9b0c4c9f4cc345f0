import type { ForeignKey, SchemaTable } from '../../model/index.ts';
import { defineControl, failOr, onProductionPath, passEvery, place } from '../define.ts';

interface Owned {
  readonly key: ForeignKey;
  readonly table: SchemaTable;
}

const keysOf = (tables: readonly SchemaTable[]): readonly Owned[] =>
  onProductionPath(tables).flatMap(table => table.foreignKeys.map(key => ({ key, table })));

const named = ({ key, table }: Owned): string =>
  `${table.name}.${key.columns.join(', ')} points at ${key.references === '' ? 'another table' : key.references}`;

export default defineControl({
  id: 'data/fk-on-delete',
  title: 'Each foreign key says what happens when its target goes',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks of each foreign key in SQL files and models whether it states an ON DELETE rule, or whether the models themselves delete along it.',
  why: 'Without a rule deleting a parent row fails at run time with an error nobody planned for, or somebody deletes by hand and leaves orphans.',
  remedy: 'State the rule that is meant: ON DELETE CASCADE, SET NULL or RESTRICT (in models ondelete).',
  sources: ['CATALOG data/fk-on-delete', 'PostgreSQL documentation: Foreign Keys'],
  fix: 'auto',
  drill: 'none',
  needs: ['schemaTable'],

  applies: ({ facts }) =>
    keysOf(facts.all('schemaTable')).length > 0 || 'no table with a foreign key was found',

  judge: ({ facts }) => {
    const keys = keysOf(facts.all('schemaTable'));
    return failOr(
      keys
        .filter(({ key }) => key.onDelete === '')
        .map(owned =>
          place(owned.key.at, `${named(owned)} without saying what happens when that row is deleted`),
        ),
      passEvery(keys.map(owned => place(owned.key.at, `${named(owned)}, on delete: ${owned.key.onDelete}`))),
    );
  },
});
