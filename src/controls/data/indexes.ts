import {
  sameName,
  type ColumnFilter,
  type Facts,
  type Finding,
  type SchemaTable,
} from '../../model/index.ts';
import { defineControl, failOr, followed, onProductionPath, passEvery, place } from '../define.ts';

type Known = Facts<'schemaTable' | 'columnFilter' | 'databaseUse' | 'composeService'>;

/** From here on a search by a column is a habit. */
const COMMON = 2;
/** An index on few values finds half of the table. */
const FEW_VALUES = /^(bool|bit|enum|tinyint)/;

const isIn = (columns: readonly string[], column: string): boolean =>
  columns.some(each => sameName(each, column));

/** Where the dialect does not show, an engine that indexes foreign keys by itself may be in use. */
function indexesByItself(table: SchemaTable, facts: Known): boolean {
  if (table.indexesForeignKeys !== 'unclear') return table.indexesForeignKeys === 'yes';
  return facts.all('databaseUse').some(({ engine, reached }) => engine === 'mysql' && reached !== 'no');
}

const keys = (table: SchemaTable, facts: Known): readonly Finding[] =>
  indexesByItself(table, facts)
    ? []
    : table.foreignKeys
        .filter(({ columns: [first = ''] }) => first !== '' && !isIn(table.indexed, first))
        .map(({ at, columns: [first = ''] }) =>
          place(at, `the foreign key ${table.name}.${first} has no index`),
        );

function searches(table: SchemaTable, filters: readonly ColumnFilter[]): readonly Finding[] {
  const own = filters.filter(filter => sameName(filter.table, table.name));
  return table.columns.flatMap(({ name, type, at }) => {
    const uses = own.filter(filter => sameName(filter.column, name));
    const isKey = table.foreignKeys.some(({ columns }) => columns.some(each => sameName(each, name)));
    if (uses.length < COMMON || isIn(table.inIndexes, name) || isKey || FEW_VALUES.test(type)) return [];
    const finding = place(at, `${table.name}.${name} has no index, and ${uses.length} queries search by it`);
    return [
      followed(
        finding,
        uses.slice(0, 3).map(use => ({ at: use.at, says: `searches by ${name}` })),
      ),
    ];
  });
}

export default defineControl({
  id: 'data/indexes',
  title: 'Foreign keys and columns that are searched by have an index',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for foreign keys, and for columns that several queries search by, that are the first column of no key, unique constraint or index.',
  why: 'Each such query and each delete of a parent row reads the whole table: fast with a hundred rows, a standstill with a million.',
  remedy: 'Add an index on the column by a migration (in the model, or CREATE INDEX in SQL).',
  sources: ['CATALOG data/indexes', 'PostgreSQL documentation: Foreign Keys, last paragraph of 5.5.5'],
  fix: 'auto',
  drill: 'none',
  needs: ['schemaTable', 'columnFilter', 'databaseUse', 'composeService'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('schemaTable')).length > 0 || 'no relational schema was found',

  judge: ({ facts }) => {
    const tables = onProductionPath(facts.all('schemaTable'));
    const filters = onProductionPath(facts.all('columnFilter'));
    return failOr(
      tables.flatMap(table => [...keys(table, facts), ...searches(table, filters)]),
      passEvery(tables.map(table => place(table.at, `${table.name}: what is searched by has an index`))),
    );
  },
});
