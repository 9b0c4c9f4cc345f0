import type { Backup, BackupContent } from './facts/backup.ts';
import { keepsData, productionServices, type ComposeService } from './facts/compose-service.ts';
import type { DatabaseConnection } from './facts/database-connection.ts';
import type { Facts } from './facts/index.ts';
import type { Location } from './location.ts';

/** Data that would be missed, and where it shows. */
export interface StoredData {
  readonly what: BackupContent['what'];
  readonly at: Location;
  readonly says: string;
  /** The repository itself runs what keeps it: then its backup is its business too. */
  readonly isOwn: boolean;
  /** The file or folder, where it is one. */
  readonly path: string;
}

const ENGINES: Readonly<Partial<Record<DatabaseConnection['engine'], BackupContent['what']>>> = {
  postgres: 'postgres',
  mysql: 'mysql',
  mssql: 'mssql',
  mongodb: 'mongodb',
};

const SOFTWARE: readonly (readonly [RegExp, BackupContent['what']])[] = [
  [/postgres|postgis|timescale|pgvector/i, 'postgres'],
  [/mysql|mariadb|percona/i, 'mysql'],
  [/mongo/i, 'mongodb'],
  [/mssql|sql-?server/i, 'mssql'],
];

const engineOf = (text: string): BackupContent['what'] | undefined =>
  SOFTWARE.find(([pattern]) => pattern.test(text))?.[1];

/** The engine of the database that a compose service runs. */
export const keptBy = ({ software, image }: ComposeService): BackupContent['what'] | undefined =>
  engineOf(`${software} ${image?.text ?? ''}`);

/** What the service stores: databases that it connects to, files that it keeps, databases that the repository runs. */
export function storedData(
  facts: Facts<'databaseConnection' | 'ownStore' | 'composeService' | 'workload'>,
): readonly StoredData[] {
  const composed = productionServices(facts.all('composeService')).flatMap(
    (service): readonly StoredData[] => {
      const what = keptBy(service);
      // One that is said to be for production holds its data, even where no volume keeps it.
      return what && (keepsData(service) || service.stage === 'production')
        ? [
            {
              what,
              at: service.at,
              says: `compose service ${service.name} keeps a database`,
              isOwn: true,
              path: '',
            },
          ]
        : [];
    },
  );
  const workloads = facts.all('workload').flatMap(({ object, image, at, name }): readonly StoredData[] => {
    const what = object === 'StatefulSet' || object === 'Deployment' ? engineOf(image.text) : undefined;
    return what ? [{ what, at, says: `${object} ${name} keeps a database`, isOwn: true, path: '' }] : [];
  });
  const files = facts
    .all('ownStore')
    .filter(({ medium, reached }) => medium !== 'memory' && reached !== 'no')
    .map(({ medium, at, what, certain }): StoredData => ({
      what: medium === 'sqlite' ? 'sqlite' : 'files',
      at,
      says: `the service keeps ${what}`,
      isOwn: certain === 'yes',
      path: what,
    }));
  const own = [...composed, ...workloads];
  const connected = facts
    .all('databaseConnection')
    .flatMap(({ engine, at, reached, callee }): readonly StoredData[] => {
      const what = ENGINES[engine];
      return what && reached !== 'no' && !own.some(each => each.what === what)
        ? [{ what, at, says: `${callee} connects to a database elsewhere`, isOwn: false, path: '' }]
        : [];
    });
  const found = [...own, ...files, ...connected];
  return found.length > 0 ? found : searchEngines(facts);
}

/** What stands in a search engine can be made anew from a database: without one it is the data itself. */
function searchEngines(facts: Facts<'databaseConnection' | 'composeService'>): readonly StoredData[] {
  const connections = facts.all('databaseConnection').filter(({ reached }) => reached !== 'no');
  if (connections.some(({ engine }) => engine !== 'search' && engine !== 'redis')) return [];
  const [first] = connections.filter(({ engine }) => engine === 'search');
  if (!first) return [];
  const own = productionServices(facts.all('composeService')).find(
    service => service.role === 'search' && keepsData(service),
  );
  return [
    {
      what: 'search',
      at: own?.at ?? first.at,
      says: own
        ? `compose service ${own.name} keeps a search engine`
        : `${first.callee} connects to a search engine elsewhere`,
      isOwn: own !== undefined,
      path: '',
    },
  ];
}

/** Whether a backup holds this: the same engine, everything, or files below which it lies. */
export function isCoveredBy(data: StoredData, { contents }: Backup): boolean {
  return contents.some(({ what, source }) => {
    if (what === 'everything' || what === data.what) return true;
    if (what !== 'files' || (data.what !== 'sqlite' && data.what !== 'files')) return false;
    // Without a path on either side nothing can be told against it.
    const name = /[\w.-]+\.(db|sqlite3?|json|csv|pkl)\b/.exec(data.path)?.[0];
    return source === '' || name === undefined || source.includes(name) || !/\w\/\w/.test(source);
  });
}
