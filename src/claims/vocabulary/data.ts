import { topic } from '../topic.ts';

/** Databases. */
export const data = [
  topic(
    'versioned migrations',
    ['data/migrations'],
    [
      'database migration*',
      'db migration*',
      'schema migration*',
      'migration framework|system|tool',
      'alembic',
      'flask migrate',
      'versioned migrations',

      'database migrations ~ alembic',
    ],
    {
      labels: ['migrations'],
      products: ['alembic', 'flask-migrate', 'flyway', 'liquibase'],
      denials: ['schema changes require manual sql'],
      other: [
        'migration guide',
        'migration scripts',
        'data migration*',
        'migration from',
        'run* migrations',
        'migrations? folder|directory',
      ],
    },
  ),
  topic(
    'connection pool',
    ['data/pool'],
    ['connection pool*', 'db pool', 'database pool*', 'connection pool configur*', 'pgbouncer'],
    { denials: ['single database connection'], products: ['pgbouncer'] },
  ),
  topic(
    'data kept by a database server',
    ['data/engine'],
    [
      'production database',
      'move* to postgresql|postgres|mysql',
      'configure production database',
      'postgresql database',
      'postgres database',
      'postgresql for|as ~ database|storage|persistence|data',
    ],
    {
      products: ['postgres', 'mysql', 'mariadb', 'mssql', 'oracle'],
      other: ['postgresql backups', 'production database url|credentials|password|backup*|migration*'],
    },
  ),
  topic(
    'data on a volume',
    ['compose/volumes', 'data/engine'],
    [
      'data ~ kept|stored|persisted on ~ volume*',
      'database ~ persistent|docker volume*',
      'persistent volume* ~ database|data',
      'data persist* ~ volume*',
      'survive* ~ restart*',
    ],
    { aspects: ['volume'], other: ['volumes for models|logs|uploads'] },
  ),
  topic(
    'indexes',
    ['data/indexes'],
    ['database index*', 'db index*', 'indexes on', 'proper index*', 'indexed ~ columns|fields'],
    {
      other: ['more indexes', 'optimi* index*', 'vector database index*', 'vector index*'],
    },
  ),
  topic(
    'rules for foreign keys',
    ['data/fk-on-delete'],
    ['foreign key cascade*', 'cascade rules?', 'on delete'],
    {
      other: ['on delete cascade'],
    },
  ),
  topic(
    'transactions that end',
    ['data/transactions'],
    ['transactions? ~ closed|ended|rolled|safe', 'safe transactions', 'context managers ~ transactions'],
  ),
  topic(
    'account of its own',
    ['data/least-privilege'],
    ['least privilege ~ database', 'database user ~ minimal|least|limited', 'dedicated database user'],
  ),
  topic(
    'encrypted connection to the database',
    ['data/tls'],
    ['database|db ~ tls|ssl', 'tls|ssl ~ database|db', 'sslmode require'],
  ),
  topic(
    'second try for the database',
    ['data/connect-retry'],
    ['database connection retr*', 'retry logic ~ database|db|connection', 'reconnect* ~ database'],
  ),
  topic(
    'password of stores',
    ['data/authentication'],
    [
      'redis password',
      'redis authentication',
      'mongodb authentication',
      'database authentication ~ enabled|required',
    ],
    {
      aspects: ['redis', 'mongo', 'postgres', 'mysql', 'elasticsearch'],
      other: ['redis password hash*'],
    },
  ),
  topic('read replicas', [], ['read replicas?', 'database replication']),
];
