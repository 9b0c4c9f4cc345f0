import type { DataLoss, Location, Place, Truth } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { joinPath } from '../../read/documents/path.ts';
import type { Module } from '../code/modules.ts';
import { sourceAt, sourceOf } from '../javascript/builds/sources.ts';
import { lossesInNode, lossesOfNodeModule } from '../javascript/databases/losses.ts';
import { nodeProgramOf } from '../javascript/start/programs.ts';
import { lossesInCode, lossesOfCommand, lossesOfModule } from '../python/sql/losses.ts';
import { commandsOf, plainWords, shown, type RunCommand } from './loss-commands.ts';
import { lossesInSql, type Loss } from '../schema/losses.ts';

const SQL_CLIENT = /^(psql|mysql|mariadb|sqlcmd|sqlite3|cockroach|usql|osql)$/;

/** What a command does to data by itself. */
const DIRECT: readonly (readonly [RegExp, string])[] = [
  [/\bflask(?:\s+\S+)?\s+db\s+downgrade\s+base\b|\balembic\b.*\bdowngrade\s+base\b/, 'takes all migrations back'],
  [/\bmanage\.py\s+(?:flush|reset_db|sqlflush)\b|\bdjango-admin\s+flush\b/, 'empties the database'],
  [/\b(?:prisma\s+migrate\s+reset|prisma\s+db\s+push\s+.*--force-reset|typeorm\b.*\bschema:drop|sequelize(?:-cli)?\s+db:drop|knex\s+migrate:rollback\s+--all)\b/, 'resets the database'],
  [/\bprisma\s+db\s+push\b.*--accept-data-loss/, 'changes the tables and accepts that data is lost'],
  [/\bdrizzle-kit\s+push\b.*--force\b/, 'drops columns and tables that no longer fit the schema'],
  [/\bsequelize(?:-cli)?\s+db:migrate:undo:all\b/, 'takes all migrations back'],
  [/\b(?:migration|schema):(?:fresh|refresh)\b/, 'resets the database'],
  [/^(?:sudo\s+)?dropdb\b/, 'drops the database'],
  [/\bredis-cli\b.*\bFLUSH(?:ALL|DB)\b/i, 'empties Redis'],
  [/\bdropDatabase\(\)/, 'drops the database'],
  [/\bdocker[ -]compose\b.*\bdown\b.*\s(?:-v|--volumes)\b/, 'removes the volumes with their data'],
  [/\b(?:psql|mysql|mariadb|sqlcmd|sqlite3)\b[^|]*\b(?:DROP\s+(?:TABLE|DATABASE|SCHEMA)|TRUNCATE)\b/i, 'drops or empties tables'],
]; // prettier-ignore

/** `python init_db.py`, `python -u -m shop.init_db`. */
const PYTHON = /\bpython[\d.]*\s+(?:-u\s+)?(?:(-m)\s+)?([\w./-]+)/g;

interface Caused {
  readonly loss: Loss;
  readonly way: readonly Place[];
}

/** A file that a command names, found from the folder of whoever says it, from the root, or by its end. */
function fileNamed({ repository }: ServiceView, name: string, from: string): string | undefined {
  const clean = name.replace(/^\.?\//, '').replace(/^.*\$\{?\w+\}?\//, '');
  const folder = from.slice(0, Math.max(0, from.lastIndexOf('/')));
  const direct = [folder === '' ? clean : `${folder}/${clean}`, clean].find(path => repository.file(path));
  return direct ?? repository.files.find(({ path }) => path.endsWith(`/${clean}`))?.path;
}

/** What `node scripts/reset.js`, `tsx src/seed` and `node dist/seed.js` run; of a build's output the source. */
function nodeModulesOf(view: ServiceView, { commands, folder }: RunCommand): readonly Module[] {
  const { repository, service, node } = view;
  return commands.flatMap(words => {
    const [program = '', ...rest] = plainWords(words);
    const target = nodeProgramOf(program)?.(rest)?.target;
    if (target?.kind !== 'file') return [];
    const paths = [...new Set([folder, service.root, ''])].map(each => joinPath(each, target.path));
    const path =
      paths.flatMap(each => sourceAt(repository, each) ?? [])[0] ??
      paths.flatMap(each => {
        const source = sourceOf(repository, each);
        return source?.kind === 'file' ? [source.path] : [];
      })[0];
    return node.code.modules.at(path ?? '') ?? [];
  });
}

/** What comes of a command: its own words, the SQL that it feeds to a client, the program that it runs. */
function* causedBy(view: ServiceView, command: RunCommand): Generator<Caused> {
  const says = DIRECT.find(([pattern]) => pattern.test(command.text))?.[1];
  // A script that calls another one says so twice.
  const isTold = command.way.some(({ says: before }) => DIRECT.some(([pattern]) => pattern.test(before)));
  if (says !== undefined && !isTold) yield { loss: { at: command.at, says, guarded: 'no' }, way: [] };
  const way: Place = { at: command.at, says: shown(command.text) };
  const programs = command.text.split(/[\s|;&(]+/);
  if (programs.some(word => SQL_CLIENT.test(word)))
    for (const [name] of command.text.matchAll(/[\w./${}-]+\.sql\b/g)) {
      const file = view.repository.file(fileNamed(view, name, command.at.path) ?? '');
      for (const loss of file ? lossesInSql(file) : []) yield { loss, way: [way] };
    }
  for (const [, isModule, name = ''] of command.text.matchAll(PYTHON)) {
    const path = isModule ? `${name.replaceAll('.', '/')}.py` : name;
    const module = view.python.code.modules.at(fileNamed(view, path, command.at.path) ?? '');
    for (const loss of module ? lossesOfModule(view.python, module, command.text) : [])
      yield { loss, way: [way] };
  }
  for (const module of nodeModulesOf(view, command))
    for (const loss of lossesOfNodeModule(view.node, module)) yield { loss, way: [way] };
  if (/\bflask\s/.test(command.text))
    for (const loss of lossesOfCommand(view.python, command.text)) yield { loss, way: [way] };
}

const stricter = (one: Truth, other: Truth): Truth =>
  one === 'yes' || other === 'yes' ? 'yes' : one === 'no' ? other : one;

/** What drops or empties tables: by start paths, deploy scripts and documents, or by code at the start. */
export default defineExtractor({
  id: 'derived/data-losses',
  reads: [
    'script',
    'startCommand',
    'startPath',
    'document',
    'platformFile',
    'migrationHistory',
    'composeService',
  ],
  produces: ['dataLoss'],
  understands: () => true,
  *extract(view): Generator<DataLoss> {
    const seen = new Set<string>();
    const isNew = ({ path, startLine }: Location): boolean => {
      const key = `${path}:${startLine}`;
      const before = seen.has(key);
      seen.add(key);
      return !before;
    };
    for (const command of commandsOf(view))
      for (const { loss, way } of causedBy(view, command))
        if (isNew(loss.at))
          yield {
            kind: 'dataLoss',
            ...loss,
            runs: command.runs,
            guarded: stricter(loss.guarded, command.guarded),
            way: [...command.way, ...way],
          };
    for (const loss of [...lossesInCode(view.python), ...lossesInNode(view.node)])
      if (isNew(loss.at)) yield { kind: 'dataLoss', ...loss, runs: 'at the start', way: [] };
    const migrations = view.facts.all('migrationHistory').map(({ folder }) => folder);
    for (const file of view.repository.files)
      if (file.path.endsWith('.sql') && !migrations.some(folder => file.path.startsWith(`${folder}/`)))
        for (const loss of lossesInSql(file))
          if (isNew(loss.at)) yield { kind: 'dataLoss', ...loss, runs: 'nobody', way: [] };
  },
});
