import type { DatabaseConnection, DatabaseUse, DeliveredText, Facts } from '../../model/index.ts';
import { productionServices, termsIn } from '../../model/index.ts';
import { engineOfText } from '../database-engines.ts';
import { defineExtractor, hasNode, hasPython } from '../define.ts';
import { encryptedBy, remoteBy } from './database-tls.ts';
import { deliveryOf, texts } from './delivered.ts';

const USER = /^[a-z][\w+.-]*:\/\/([^:@/\0]+)(?::[^@/]*)?@/i;
const KEYED_USER = /(?:^|[;\s])(?:uid|user(?:\s*id|name)?)\s*=\s*([^;\s\0]+)/i;
const HOST = /^[a-z][\w+.-]*:\/\/(?:[^@/]*@|(?![^/]*@))([^:/?\0]+)/i;
const KEYED_HOST = /(?:^|[;\s])(?:server|host|data source|hostaddr)\s*=\s*([^;,\s\0]+)/i;

const part = (address: DeliveredText, ...patterns: readonly RegExp[]): readonly DeliveredText[] => {
  const found = patterns.map(pattern => pattern.exec(address.text)?.[1]).find(text => text !== undefined);
  return found === undefined ? [] : [{ ...address, text: decode(found) }];
};

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const RELATIONAL: Readonly<Record<string, DatabaseUse['engine']>> = {
  postgres: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
  mssql: 'mssql',
  oracle: 'oracle',
};

/** Drivers that a manifest declares: what the address does not say, they do. */
const DRIVERS: readonly (readonly [RegExp, DatabaseUse['engine']])[] = [
  [/^(psycopg2?(-binary|-c)?|asyncpg|pg8000|aiopg)$/, 'postgres'],
  [/^(pymysql|mysqlclient|mysql-connector(-python)?|aiomysql|asyncmy|mariadb)$/, 'mysql'],
  [/^(pyodbc|pymssql|aioodbc)$/, 'mssql'],
  [/^(pg|postgres|pg-promise|slonik|@neondatabase\/serverless)$/, 'postgres'],
  [/^(mysql|mysql2)$/, 'mysql'],
  [/^(mssql|tedious)$/, 'mssql'],
];

interface Around {
  readonly engine: DatabaseUse['engine'];
  readonly from: 'descriptions' | 'drivers';
}

/** The engine that production runs beside the service, else the only one that it has a driver for. */
function engineAround(facts: Facts): Around {
  const run = productionServices(facts.all('composeService')).flatMap(
    ({ software }) => RELATIONAL[software] ?? [],
  );
  const declared = facts
    .all('package')
    .filter(({ group }) => group === 'production')
    .flatMap(({ name }) => DRIVERS.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? []);
  const engines = new Set(run.length > 0 ? run : declared);
  const [only] = engines;
  return {
    engine: engines.size === 1 && only ? only : 'unclear',
    from: run.length > 0 ? 'descriptions' : 'drivers',
  };
}

/** By what is delivered; examples speak only where nothing else does. */
function engineIn(
  connection: DatabaseConnection,
  addresses: readonly DeliveredText[],
  around: Around,
): DatabaseUse['engine'] {
  if (connection.engine !== 'unclear') return connection.engine;
  const engines = addresses.flatMap(({ text, isExample }) => ({
    engine: engineOfText(text) ?? 'unclear',
    isExample,
  }));
  const server = engines.find(({ engine }) => engine !== 'unclear' && engine !== 'file');
  if (server) return server.engine;
  const isFile = engines.some(({ engine }) => engine === 'file');
  // A file is what it falls back to: not where a server runs beside it.
  if (
    isFile &&
    (around.from === 'drivers' || engines.some(({ engine, isExample }) => engine === 'file' && !isExample))
  )
    return 'file';
  if (around.engine === 'unclear') return isFile ? 'file' : 'unclear';
  // The only driver says what a variable holds, not what code puts together.
  const isSetting = connection.url && [...termsIn(connection.url)].some(({ kind }) => kind === 'env');
  return around.from === 'descriptions' || isSetting ? around.engine : 'unclear';
}

/** Connections beside what the descriptions of production hand to them. */
export default defineExtractor({
  id: 'derived/database-uses',
  reads: ['databaseConnection', 'composeService', 'workload', 'envFile', 'platformFile', 'image', 'package'],
  produces: ['databaseUse'],
  understands: view => hasPython(view) || hasNode(view),
  *extract(view): Generator<DatabaseUse> {
    const delivery = deliveryOf(view);
    const around = engineAround(view.facts);
    for (const connection of view.facts.all('databaseConnection')) {
      const { at, callee, url, host, user, reached } = connection;
      const addresses = texts(url, delivery);
      const terms = [url, host, user].flatMap(term => (term ? [...termsIn(term)] : []));
      // Whom a caller names is not the database of the service itself.
      const isForeign =
        terms.some(({ kind }) => ['unclear', 'input', 'call'].includes(kind)) &&
        !terms.some(({ kind }) => kind === 'env');
      if (isForeign && connection.engine !== 'unclear' && reached !== 'yes') continue;
      const hosts = [...addresses.flatMap(each => part(each, HOST, KEYED_HOST)), ...texts(host, delivery)];
      yield {
        kind: 'databaseUse',
        at,
        callee,
        engine: engineIn(connection, addresses, around),
        addresses,
        hosts,
        users: [...addresses.flatMap(each => part(each, USER, KEYED_USER)), ...texts(user, delivery)],
        encrypted: encryptedBy(connection, addresses, delivery),
        remote: remoteBy(hosts, view.facts),
        open: terms.some(
          ({ kind }) => kind === 'env' || kind === 'unclear' || kind === 'call' || kind === 'reference',
        ),
        reached,
      };
    }
  },
});
