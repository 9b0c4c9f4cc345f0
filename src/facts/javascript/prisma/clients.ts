import type { DatabaseConnection, Location, Repository, Service, Term, Truth } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { readPrisma, type PrismaBlock } from '../../../read/documents/prisma.ts';
import type { CallSite } from '../../code/sites.ts';
import { folderOf } from '../../code/modules.ts';
import type { CodeView } from '../../code/view.ts';
import type { ServiceView } from '../../define.ts';
import { isPrismaSchema, settingOf, textIn } from '../../schema/prisma.ts';
import { optionsGiven } from '../databases/options.ts';

const ENGINES: Readonly<Record<string, DatabaseConnection['engine']>> = {
  postgresql: 'postgres',
  postgres: 'postgres',
  cockroachdb: 'postgres',
  mysql: 'mysql',
  sqlserver: 'mssql',
  sqlite: 'file',
  mongodb: 'mongodb',
};

/** The datasource of the schema that a client was generated from. */
interface Source {
  readonly engine: DatabaseConnection['engine'];
  readonly url: Term | undefined;
}

function sourceIn(blocks: readonly PrismaBlock[]): Source | undefined {
  const provider = settingOf(blocks, 'datasource', 'provider');
  if (!provider) return undefined;
  const url = settingOf(blocks, 'datasource', 'url');
  return { engine: ENGINES[textIn(provider.value)] ?? 'unclear', url: url && urlOf(url.value, url.at) };
}

/** `env("DATABASE_URL")` stops the start when it is missing. */
function urlOf(written: string, at: Location): Term {
  const variable = /^env\(\s*"([^"]+)"\s*\)/.exec(written)?.[1];
  return variable === undefined
    ? literal(textIn(written), at)
    : { kind: 'env', name: variable, fallback: undefined, required: true, at };
}

/** Of several schemas that of the service, else the one that shares the longest way with the code. */
function sourceFor(repository: Repository, { root }: Service, path: string): Source | undefined {
  const found = repository.files.filter(isPrismaSchema).flatMap(file => {
    const source = sourceIn(contentOf(readPrisma(file)) ?? []);
    return source ? [{ source, path: file.path }] : [];
  });
  const near = (schema: string): number => {
    const [own, other] = [folderOf(path).split('/'), schema.split('/')];
    const apart = own.findIndex((part, index) => part !== other[index]);
    return (apart === -1 ? own.length : apart) + (schema.startsWith(`${root}/`) ? 1 : 0);
  };
  return found.toSorted((one, other) => near(other.path) - near(one.path))[0]?.source;
}

export interface PrismaClient {
  readonly at: Location;
  readonly callee: string;
  readonly path: string;
  /** The call that makes it; a class that a framework makes has none. */
  readonly site: CallSite | undefined;
  readonly reached: Truth;
}

/** `new PrismaClient()`, also of a generated folder, and classes that extend it. */
export function prismaClients(node: CodeView): readonly PrismaClient[] {
  const made = node.callsEnding('PrismaClient').flatMap((site): PrismaClient[] => {
    const entity = node.resolve(site.call.callee, site.scope);
    if (entity && entity.kind !== 'external') return [];
    return [
      {
        at: node.at(site.scope, site.call),
        callee: node.textOf(site.scope, site.call.callee),
        path: site.scope.module.path,
        site,
        reached: node.reached(site),
      },
    ];
  });
  const extended = node
    .classesNaming('PrismaClient')
    .filter(({ definition, scope }) =>
      definition.bases.some(
        ({ value }) =>
          (value.kind === 'name' || value.kind === 'attribute') &&
          value.name === 'PrismaClient' &&
          node.resolve(value, scope)?.kind !== 'class',
      ),
    )
    .map(({ definition, scope }): PrismaClient => ({
      at: node.at(scope, definition.head),
      callee: definition.name,
      path: scope.module.path,
      site: superCall(node, definition.name, scope.module.path),
      reached: node.reachesDefinition(definition),
    }));
  return [...made, ...extended];
}

/** `super({ datasources: … })` of the class. */
const superCall = (node: CodeView, name: string, path: string): CallSite | undefined =>
  node
    .callsEnding('super')
    .find(
      ({ scope }) =>
        scope.module.path === path &&
        scope.parent?.definition?.kind === 'class' &&
        scope.parent.definition.name === name,
    );

const URLS = ['datasourceUrl', 'datasources.db.url'];

export function* prismaConnections({
  node,
  repository,
  service,
}: ServiceView): Generator<DatabaseConnection> {
  for (const { at, callee, path, site, reached } of prismaClients(node)) {
    const given = site && optionsGiven(node, site);
    // Adapters connect by themselves, and stand for the connection.
    if (given?.option('adapter') || given?.option('accelerateUrl')) continue;
    const source = sourceFor(repository, service, path);
    yield {
      kind: 'databaseConnection',
      at,
      callee,
      engine: source?.engine ?? 'unclear',
      url: given?.option(...URLS) ?? source?.url,
      host: undefined,
      user: undefined,
      password: undefined,
      database: undefined,
      tls: undefined,
      reached,
    };
  }
}
