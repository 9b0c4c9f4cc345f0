import type { MigrationHistory, Repository, SourceFile, Truth } from '../../model/index.ts';
import { fileOf, truth } from '../../model/index.ts';
import { holds } from '../../read/text-filter.ts';
import { defineDocumentExtractor } from '../define.ts';
import { folderOf } from '../code/modules.ts';

/** A tool that is known by what its versions look like. */
interface Tool {
  readonly name: string;
  readonly path: RegExp;
  /** Stands in every version of the tool: looked for first, as that is fast. */
  readonly mark: string;
  readonly text: RegExp;
}

const VERSIONED = /(^|\/)(\d[\d_.-]*|V\d[\w.]*__)[^/]*\.sql$/i;

/** Code in a folder of migrations. */
const CODE = /(^|\/)(migrations?|migrate|migration[_-]?files|changesets)\/(.*\/)?[^/]+\.[cm]?[jt]s$/i;

const TOOLS: readonly Tool[] = [
  { name: 'Alembic', path: /\.py$/, mark: 'revision', text: /^(down_)?revision\s*(?::[^=\n]*)?=/m },
  { name: 'Django', path: /\/migrations\/\d[^/]*\.py$/, mark: 'migrations.Migration', text: /\bmigrations\.Migration\b/ },
  { name: 'yoyo', path: /\.py$/, mark: 'yoyo', text: /^(from|import) yoyo\b/m },
  { name: 'Aerich', path: /\/\d+_\d+_[^/]*\.py$/, mark: 'async def upgrade(', text: /async def upgrade\(/ },
  { name: 'yoyo', path: /\.sql$/, mark: '-- depends:', text: /^-- depends:/m },
  { name: 'dbmate', path: /\.sql$/, mark: '-- migrate:up', text: /^-- migrate:up/m },
  { name: 'goose', path: /\.sql$/, mark: '', text: /^-- \+goose up/im },
  { name: 'node-pg-migrate', path: /\.sql$/, mark: '', text: /^--[\s-]*up\s+migration/im },
  { name: 'Flyway', path: /(^|\/)[VR]\d[\w.]*__[^/]*\.sql$/, mark: '', text: /\S/ },
  { name: 'golang-migrate', path: /(^|\/)\d+_[^/]*\.up\.sql$/, mark: '', text: /\S/ },
  { name: 'Prisma', path: /\/migrations\/[^/]+\/migration\.sql$/, mark: '', text: /\S/ },
  { name: 'Liquibase', path: /\.(xml|ya?ml|json)$/, mark: 'databaseChangeLog', text: /<databaseChangeLog|^databaseChangeLog:|"databaseChangeLog"/m },
  { name: 'TypeORM', path: CODE, mark: 'MigrationInterface', text: /\bimplements\s+MigrationInterface\b|\bmodule\.exports\s*=\s*class\b[^]*\bqueryRunner\b/ },
  { name: 'Sequelize', path: CODE, mark: 'ueryInterface', text: /\bup\b[^]*\b(addColumn|createTable|changeColumn|addIndex|removeColumn|bulkInsert|addConstraint|renameColumn|sequelize\.query|dropTable|bulkUpdate|removeIndex)\b/ },
  { name: 'node-pg-migrate', path: CODE, mark: 'pgm', text: /\bup\b\s*(=|\()[^]*\bpgm\./ },
  { name: 'Kysely', path: CODE, mark: 'Kysely', text: /\bfunction\s+up\s*\(\s*\w+\s*:\s*Kysely\b|\bup\s*[=:(][^]*\bKysely\b/ },
  { name: 'MikroORM', path: CODE, mark: '@mikro-orm/migrations', text: /\bextends\s+Migration\b/ },
  { name: 'Knex', path: CODE, mark: 'nex', text: /\bexports\.up\s*=|\bfunction\s+up\s*\(|\bconst\s+up\s*[=:]|\bup\s*:/ },
  { name: 'Sqitch', path: /(^|\/)sqitch\.plan$/, mark: '%project=', text: /^%project=/m },
]; // prettier-ignore

/** The way back of a version is no version: `001.undo.users.sql`. */
const TAKES_BACK = /\.(undo|down)\.([^/]*\.)?sql$/i;

const isRead = ({ role }: SourceFile): boolean => role === 'production' || role === 'script' || role === 'generated';

interface Found {
  readonly tool: string;
  readonly folder: string;
  readonly files: SourceFile[];
}

/** All versions, by tool and folder. */
function versionsIn(repository: Repository): readonly Found[] {
  const found = new Map<string, Found>();
  for (const file of repository.files) {
    if (!isRead(file) || TAKES_BACK.test(file.path) || !/\.(py|sql|xml|ya?ml|json|plan|[cm]?[jt]s)$/.test(file.path)) continue;
    const tool = TOOLS.find(({ path, mark, text }) => path.test(file.path) && holds(file, mark) && text.test(file.text))?.name ?? journalled(repository, file) ?? plainTool(file);
    if (tool === undefined) continue;
    const folder = tool === 'Prisma' ? folderOf(folderOf(file.path)) : folderOf(file.path);
    const key = `${tool} ${folder}`;
    const known = found.get(key) ?? { tool, folder, files: [] };
    known.files.push(file);
    found.set(key, known);
  }
  return [...found.values()];
}

/** Drizzle keeps a journal beside its versions. */
const journalled = (repository: Repository, { path }: SourceFile): string | undefined =>
  VERSIONED.test(path) && repository.file(`${folderOf(path)}/meta/_journal.json`) ? 'Drizzle' : undefined;

/** Numbered SQL in a folder that is called so, whichever program runs it. */
const plainTool = ({ path }: SourceFile): string | undefined =>
  VERSIONED.test(path) && /(^|\/)(migrations?|migrate|changesets|schema[_-]?versions)\//i.test(path) ? '' : undefined;

/** Something that runs SQL files of a folder: it names the folder. */
function isNamed(repository: Repository, folder: string): Truth {
  const name = folder.split('/').at(-1) ?? folder;
  const pattern = new RegExp(`\\b${name.replace(/[^\w-]/g, '.')}\\b`);
  return truth(
    repository.files.some(
      file =>
        !file.path.startsWith(`${folder}/`) &&
        (isRead(file) || file.path.startsWith('.github/')) &&
        /(\.(py|sh|ya?ml|toml|ini|json|conf|go|js|ts)|Dockerfile|Makefile|Procfile|Justfile)$/.test(file.path) &&
        pattern.test(file.text),
    ),
  );
}

const byName = (one: SourceFile, other: SourceFile): number =>
  one.path.localeCompare(other.path, 'en', { numeric: true });

function historyOf(repository: Repository, { tool, folder, files }: Found): MigrationHistory {
  const newest = [...files].sort(byName).at(-1);
  const base = {
    kind: 'migrationHistory',
    at: fileOf(newest?.path ?? folder),
    tool: tool === '' ? 'numbered SQL files' : tool,
    folder,
    versions: files.length,
    complete: 'yes',
    lacks: '',
    through: '',
  } as const;
  if (tool === '') {
    const complete = isNamed(repository, folder);
    return { ...base, complete, lacks: complete === 'yes' ? '' : 'nothing in the repository runs them' };
  }
  if (tool !== 'Alembic') return base;
  const environment = repository.file(`${folderOf(folder)}/env.py`) ?? repository.file(`${folder}/env.py`);
  return {
    ...base,
    complete: truth(environment !== undefined),
    lacks: environment ? '' : 'there is no env.py beside them, without which the tool does not run',
    through: environment && /\bcurrent_app\b/.test(environment.text) ? 'Flask-Migrate' : '',
  };
}

/** Environments of Alembic whose folder of versions is empty. */
function* empty(repository: Repository, found: readonly Found[]): Generator<MigrationHistory> {
  for (const file of repository.files) {
    if (!file.path.endsWith('env.py') || !isRead(file) || !/\balembic\b/.test(file.text)) continue;
    const folder = folderOf(file.path);
    if (found.some(each => each.tool === 'Alembic' && (each.folder === folder || each.folder.startsWith(`${folder}/`)))) continue;
    yield {
      kind: 'migrationHistory',
      at: fileOf(file.path),
      tool: 'Alembic',
      folder,
      versions: 0,
      complete: 'yes',
      lacks: 'it has no version',
      through: '',
    };
  }
}

/** Versions of schemas, by every tool that is known. */
export default defineDocumentExtractor({
  id: 'schema/histories',
  produces: ['migrationHistory'],
  *extract(repository) {
    const found = versionsIn(repository);
    for (const each of found) yield historyOf(repository, each);
    yield* empty(repository, found);
  },
});
