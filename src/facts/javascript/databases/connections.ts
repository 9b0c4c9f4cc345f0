import type { DatabaseConnection, Term } from '../../../model/index.ts';
import { literalTexts, termsIn } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { engineOfText } from '../../database-engines.ts';
import { defineExtractor, hasNode, type ServiceView } from '../../define.ts';
import { prismaConnections } from '../prisma/clients.ts';
import { DATABASE_CLIENTS, engineNamed, PARTS, TAKES_CLIENT, type DatabaseClient } from './clients.ts';
import { optionsGiven, type GivenOptions } from './options.ts';

type Engine = DatabaseConnection['engine'];

const textOf = (given: GivenOptions, client: DatabaseClient, part: keyof typeof PARTS): Term | undefined => {
  const position = client.positions.findIndex(each => each === part);
  // A single text is an address, whatever may stand in its place when there are several.
  if (part === 'url' && given.texts.length === 1 && client.positions.length > 0) return given.texts[0];
  if (given.texts.length === 1 && client.positions[0] !== 'url') return undefined;
  return position === -1 ? undefined : given.texts[position];
};

/** By what an option says, else by the address. A variable whose default is a file may hold anything. */
function engineOf(said: Term | undefined, url: Term | undefined, file: Term | undefined): Engine {
  const named = said ? literalTexts(said).flatMap(text => engineNamed(text) ?? []) : [];
  const [first] = new Set(named);
  if (first && new Set(named).size === 1) return first;
  if (!url) return file ? 'file' : 'unclear';
  const texts = [...termsIn(url)].flatMap(term => (term.kind === 'literal' ? [String(term.value)] : []));
  const engines = texts.flatMap(text => engineOfText(text) ?? []);
  const server = engines.find(engine => engine !== 'file');
  const isOpen = [...termsIn(url)].some(({ kind }) => kind === 'env');
  return server ?? (engines.includes('file') && !isOpen ? 'file' : 'unclear');
}

/** `ioredis` takes a port first, or a path; a file may be opened by a name that is none of an address. */
function connectionAt(
  node: CodeView,
  client: DatabaseClient,
  site: CallSite,
): DatabaseConnection | undefined {
  const given = optionsGiven(node, site);
  const part = (name: keyof typeof PARTS): Term | undefined =>
    textOf(given, client, name) ?? (given.hasOptions ? given.option(...PARTS[name]) : undefined);
  const url = part('url');
  const [only] = given.texts;
  // A client that was made elsewhere is a connection there.
  if (TAKES_CLIENT.test(client.names[0] ?? '') && !isAddress(url)) return undefined;
  const isEmpty = site.call.args.length === 0;
  const variable = IMPLIED[client.engine];
  const name = node.textOf(site.scope, site.call.callee);
  return {
    kind: 'databaseConnection',
    at: node.at(site.scope, site.call),
    callee: name,
    engine:
      client.engine === 'unclear'
        ? engineOf(part('engine'), url ?? only, given.option('storage', 'filename', 'connection.filename'))
        : client.engine,
    // `new Pool()` reads PGHOST and the like by itself.
    url: isEmpty && variable ? environment(node, site, variable) : url,
    host: part('host'),
    user: part('user'),
    password: part('password'),
    database: part('database'),
    tls: part('tls'),
    reached: node.reached(site),
  };
}

const IMPLIED: Partial<Record<Engine, string>> = { postgres: 'PGHOST' };

const environment = (node: CodeView, site: CallSite, name: string): Term => ({
  kind: 'env',
  name,
  fallback: undefined,
  required: false,
  at: node.at(site.scope, site.call),
});

const isAddress = (term: Term | undefined): boolean =>
  term !== undefined && [...termsIn(term)].some(({ kind }) => kind === 'env' || kind === 'literal');

/** Every call that connects, with the client that makes it. */
export function* connectionSites(
  node: CodeView,
): Generator<{ readonly client: DatabaseClient; readonly site: CallSite }> {
  const seen = new Set<CallSite['call']>();
  for (const client of DATABASE_CLIENTS)
    for (const site of node.calls(...client.names)) {
      if (seen.has(site.call)) continue;
      seen.add(site.call);
      yield { client, site };
    }
}

/** Connections to databases, by every client that is known. */
export default defineExtractor({
  id: 'javascript/databases/connections',
  reads: [],
  produces: ['databaseConnection'],
  understands: hasNode,
  *extract(view: ServiceView): Generator<DatabaseConnection> {
    for (const { client, site } of connectionSites(view.node)) {
      const connection = connectionAt(view.node, client, site);
      if (connection) yield connection;
    }
    yield* prismaConnections(view);
  },
});
