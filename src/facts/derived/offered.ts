import type { ComposeService, Term } from '../../model/index.ts';
import { known } from '../../model/index.ts';

/** What a service of a compose project offers to the others. */
export interface Offered {
  readonly service: ComposeService;
  /** The port in its container; `undefined` when the software is not known. */
  readonly port: number | undefined;
  readonly schemes: RegExp;
  /** As they come out in the end; `undefined` when they are not stated there. */
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  /** Scripts of its own make users and databases when it is set up. */
  readonly isPrepared: boolean;
}

interface Software {
  readonly port: number;
  readonly schemes: RegExp;
  readonly user: readonly string[];
  readonly password: readonly string[];
  readonly database: readonly string[];
  /** What the database is called when nothing is said: like its user. */
  readonly usual: 'user' | '';
}

const row = (port: number, schemes: RegExp, rest: Partial<Software> = {}): Software => ({
  port,
  schemes,
  user: [],
  password: [],
  database: [],
  usual: '',
  ...rest,
});

const MYSQL = row(3306, /^(mysql|mariadb)/, {
  user: ['MYSQL_USER', 'MARIADB_USER'],
  password: ['MYSQL_PASSWORD', 'MARIADB_PASSWORD'],
  database: ['MYSQL_DATABASE', 'MARIADB_DATABASE'],
});
const SEARCH = row(9200, /^https?$/);

const KNOWN: Readonly<Record<string, Software>> = {
  postgres: row(5432, /^postgres|^psycopg|^asyncpg/, {
    user: ['POSTGRES_USER'],
    password: ['POSTGRES_PASSWORD'],
    database: ['POSTGRES_DB'],
    usual: 'user',
  }),
  mysql: MYSQL,
  mariadb: MYSQL,
  redis: row(6379, /^(redis|rediss)$/),
  mongo: row(27017, /^mongodb/),
  mongodb: row(27017, /^mongodb/),
  opensearch: SEARCH,
  elasticsearch: SEARCH,
  rabbitmq: row(5672, /^(amqp|amqps|pyamqp)$/, {
    user: ['RABBITMQ_DEFAULT_USER'],
    password: ['RABBITMQ_DEFAULT_PASS'],
  }),
  mssql: row(1433, /^mssql/),
  memcached: row(11211, /^memcached?$/),
};

/** A text with its variables as `${NAME}`, so that two places that take the same variable are equal. */
export function rendered(term: Term | undefined): string | undefined {
  switch (term?.kind) {
    case 'literal':
      return term.value === null ? undefined : String(term.value);
    case 'env':
      return `\${${term.name}}`;
    case 'text': {
      const parts = term.parts.map(rendered);
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    default:
      return undefined;
  }
}

const pick = ({ environment }: ComposeService, names: readonly string[]): string | undefined =>
  names.map(name => rendered(environment[name])).find(value => value !== undefined);

export function offeredBy(service: ComposeService): Offered {
  const software = Object.hasOwn(KNOWN, service.software) ? KNOWN[service.software] : undefined;
  const user = software && pick(service, software.user);
  const database = software && pick(service, software.database);
  const isWhole = service.envFiles.length === 0 && software?.usual === 'user';
  return {
    service,
    isPrepared: service.volumes.some(({ target }) => /initdb|docker-entrypoint/.test(target)),
    port: software?.port,
    schemes: software?.schemes ?? /^/,
    user,
    password: software && pick(service, software.password),
    // Where no database is named, it has the name of the user.
    database: database ?? (isWhole ? user : undefined),
  };
}

/** Whether a service listens on a port of its own choice. */
export const opens = ({ service }: Offered, port: number): boolean =>
  service.exposes.includes(port) ||
  new RegExp(`\\b${port}\\b`).test(service.command?.text ?? '') ||
  Object.values(service.environment).some(term => rendered(term) === String(port));

/** A port of the host that stands for another one in the container. */
export const publishedAs = ({ service }: Offered, port: number): boolean =>
  service.ports.some(each => known(each.host) === String(port) && known(each.container) !== port);
