import type { ForeignKey, Repository, SchemaTable, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import {
  readPrisma,
  type PrismaAttribute,
  type PrismaBlock,
  type PrismaField,
} from '../../read/documents/prisma.ts';
import { folderOf } from '../code/modules.ts';
import { defineDocumentExtractor } from '../define.ts';
import { indexesForeignKeys } from './tables.ts';

const DIALECTS: Readonly<Record<string, string>> = {
  postgresql: 'postgres',
  postgres: 'postgres',
  cockroachdb: 'postgres',
  mysql: 'mysql',
  sqlserver: 'mssql',
  sqlite: 'sqlite',
};

export const isPrismaSchema = ({ path, role }: SourceFile): boolean =>
  path.endsWith('.prisma') && (role === 'production' || role === 'script');

/** One schema, which may lie in several files of a folder. */
interface Schema {
  readonly provider: string;
  readonly blocks: readonly PrismaBlock[];
}

export const settingOf = (blocks: readonly PrismaBlock[], kind: PrismaBlock['kind'], key: string) =>
  blocks.find(block => block.kind === kind)?.settings.find(setting => setting.key === key);

export const textIn = (written: string): string => /^"([^"]*)"/.exec(written)?.[1] ?? '';

/** Files with models belong to the datasource in their folder or the one above. */
function schemasIn(repository: Repository): readonly Schema[] {
  const files = repository.files
    .filter(isPrismaSchema)
    .map(file => ({ folder: folderOf(file.path), blocks: contentOf(readPrisma(file)) ?? [] }));
  const heads = files.filter(({ blocks }) => blocks.some(({ kind }) => kind === 'datasource'));
  return heads.map(head => ({
    provider: textIn(settingOf(head.blocks, 'datasource', 'provider')?.value ?? ''),
    blocks: files
      .filter(
        file =>
          file === head ||
          (!heads.includes(file) &&
            (file.folder === head.folder || file.folder.startsWith(`${head.folder}/`))),
      )
      .flatMap(({ blocks }) => blocks),
  }));
}

const given = (attributes: readonly PrismaAttribute[], name: string): PrismaAttribute | undefined =>
  attributes.find(each => each.name === name);

const has = (attributes: readonly PrismaAttribute[], ...names: readonly string[]): boolean =>
  attributes.some(each => names.includes(each.name));

/** `[userId, createdAt(sort: Desc)]`, also behind `fields:`. */
const listed = (args: string, key = ''): readonly string[] => {
  const list = new RegExp(`${key === '' ? '' : `${key}\\s*:\\s*`}\\[([^\\]]*)\\]`).exec(args)?.[1] ?? '';
  return list.split(/,(?![^(]*\))/).flatMap(part => /^\s*(\w+)/.exec(part)?.[1] ?? []);
};

const mapped = (attributes: readonly PrismaAttribute[], otherwise: string): string =>
  /"([^"]+)"/.exec(given(attributes, 'map')?.args ?? '')?.[1] ?? otherwise;

/** The way in which Prisma itself writes the rule into the database, when nothing is said. */
const ruleOf = (relation: string, isOptional: boolean): string =>
  /onDelete\s*:\s*(\w+)/.exec(relation)?.[1] ?? (isOptional ? 'SetNull by Prisma' : 'Restrict by Prisma');

function tableOf(block: PrismaBlock, { provider, blocks }: Schema): SchemaTable {
  const models = new Map(blocks.filter(({ kind }) => kind === 'model').map(each => [each.name, each]));
  const columnName = (field: string): string => {
    const found = block.fields.find(({ name }) => name === field);
    return found ? mapped(found.attributes, found.name) : field;
  };
  const foreignKey = ({ attributes, type, isOptional, at }: PrismaField): readonly ForeignKey[] => {
    const relation = given(attributes, 'relation')?.args ?? '';
    const columns = listed(relation, 'fields').map(columnName);
    const target = models.get(type);
    return columns.length === 0
      ? []
      : [
          {
            at,
            columns,
            references: target ? mapped(target.attributes, target.name) : type,
            onDelete: ruleOf(relation, isOptional),
          },
        ];
  };
  const columns = block.fields.filter(({ type, isList }) => !models.has(type) && !isList);
  const keys = [
    ...columns
      .filter(({ attributes }) => has(attributes, 'id', 'unique'))
      .map(({ name }) => [columnName(name)]),
    ...block.attributes
      .filter(({ name }) => /^(index|unique|id|fulltext)$/.test(name))
      .map(({ args }) => listed(args).map(columnName)),
  ];
  const dialect = DIALECTS[provider] ?? '';
  return {
    kind: 'schemaTable',
    at: block.at,
    name: mapped(block.attributes, block.name),
    from: 'code',
    dialect,
    columns: columns.map(({ name, type, at }) => ({ name: columnName(name), type: type.toLowerCase(), at })),
    foreignKeys: block.fields.flatMap(foreignKey),
    indexed: keys.map(([first = '']) => first),
    inIndexes: keys.flat(),
    indexesForeignKeys: indexesForeignKeys(dialect),
    reached: 'yes',
  };
}

interface PrismaModel {
  readonly name: string;
  readonly table: string;
  readonly fields: readonly string[];
  /** Names of other models, by the fields that lead to them. */
  readonly relations: ReadonlyMap<string, string>;
}

/** Models by the names that code asks them by, with their fields. */
export const prismaModels = (repository: Repository): readonly PrismaModel[] =>
  schemasIn(repository).flatMap(({ blocks }) => {
    const models = blocks.filter(({ kind }) => kind === 'model');
    const names = new Set(models.map(({ name }) => name));
    return models.map(({ name, attributes, fields }) => ({
      name,
      table: mapped(attributes, name),
      fields: fields.map(field => field.name),
      relations: new Map(fields.flatMap(field => (names.has(field.type) ? [[field.name, field.type]] : []))),
    }));
  });

/** Tables of the models in a schema of Prisma. */
export default defineDocumentExtractor({
  id: 'schema/prisma',
  produces: ['schemaTable'],
  *extract(repository) {
    for (const schema of schemasIn(repository))
      // Collections of MongoDB have no foreign keys and no schema that is migrated.
      if (schema.provider !== 'mongodb')
        for (const block of schema.blocks) if (block.kind === 'model') yield tableOf(block, schema);
  },
});
