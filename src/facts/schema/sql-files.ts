import type { Repository, SourceFile } from '../../model/index.ts';
import { readSql, type SqlContent, type SqlDialect } from '../../read/documents/sql.ts';
import { defineDocumentExtractor } from '../define.ts';
import { folderOf } from '../code/modules.ts';
import { isPrismaSchema } from './prisma.ts';
import { tablesAfter, type Written } from './tables.ts';

/** What takes a change back makes no schema. */
const BACKWARDS = /(^|[/._-])(down|rollback|revert|undo|drop)[\w-]*\.sql$|\.(down|undo)\.[^/]*\.sql$|\/(down|rollback|revert)\//i;

export const isSchemaFile = ({ path, role }: SourceFile): boolean =>
  path.endsWith('.sql') && (role === 'production' || role === 'script') && !BACKWARDS.test(path);

export const dialectIn = ({ hints }: SqlContent): SqlDialect | '' => {
  const dialects = new Set(hints.map(hint => hint.dialect));
  return dialects.size === 1 ? (hints[0]?.dialect ?? '') : '';
};

function writtenIn(file: SourceFile): readonly Written[] {
  const read = readSql(file);
  if (read.state !== 'read') return [];
  const dialect = dialectIn(read.content);
  // One file may hold the way back too: `-- +goose Down`, `-- migrate:down`, `-- Down Migration`.
  const back = file.text.search(
    /^--[\s-]*(?:\+goose\s+down|migrate:down|!downgrade|\+micrate\s+down|down\s+migration)/im,
  );
  const last = back === -1 ? Infinity : file.text.slice(0, back).split('\n').length;
  return read.content.statements
    .filter(({ at }) => at.startLine < last)
    .map(statement => ({ statement, dialect }));
}

/** `prisma/migrations/1_init/migration.sql`: what the models of the schema above say, a second time. */
const isOfModels = (repository: Repository, { path }: SourceFile): boolean =>
  /\/migrations\/[^/]+\/migration\.sql$/.test(path) &&
  repository.files.some(
    file =>
      isPrismaSchema(file) &&
      file.path.startsWith(path.replace(/migrations\/[^/]+\/migration\.sql$/, '')) &&
      file.text.includes('model '),
  );

/** Files of one folder tell one story, in the order of their names. */
function byFolder(repository: Repository): ReadonlyMap<string, readonly SourceFile[]> {
  const folders = new Map<string, SourceFile[]>();
  for (const file of repository.files)
    if (isSchemaFile(file) && !isOfModels(repository, file)) {
      // `migrations/20240101_orders/migration.sql` belongs to the folder above.
      const own = folderOf(file.path);
      const folder = /\/migration\.sql$/.test(file.path) ? folderOf(own) : own;
      folders.set(folder, [...(folders.get(folder) ?? []), file]);
    }
  return folders;
}

const inOrder = (one: SourceFile, other: SourceFile): number =>
  one.path.localeCompare(other.path, 'en', { numeric: true });

/** Tables that the SQL files of the repository make. */
export default defineDocumentExtractor({
  id: 'schema/sql-files',
  produces: ['schemaTable'],
  *extract(repository) {
    for (const files of byFolder(repository).values())
      yield* tablesAfter([...files].sort(inOrder).flatMap(writtenIn), 'yes');
  },
});
