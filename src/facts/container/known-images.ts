import type { ComposeRole } from '../../model/index.ts';

/** What is generally known about a published image. */
export interface KnownImage {
  readonly software: string;
  readonly role: ComposeRole;
  /** The port that it listens on when nothing else is said; 0 for none. */
  readonly port: number;
}

type Row = readonly [pattern: RegExp, software: string, role: ComposeRole, port: number];

/** Matched against the last part of the name, or the whole name where the pattern has a slash. First match wins. */
const TABLE: readonly Row[] = [
  [/^(pgadmin4?|dpage\/pgadmin4)$/, 'pgadmin', 'admin-tool', 80],
  [/^adminer$/, 'adminer', 'admin-tool', 8080],
  [/^phpmyadmin$/, 'phpmyadmin', 'admin-tool', 80],
  [/^mongo-express$/, 'mongo-express', 'admin-tool', 8081],
  [/^(redis-commander|redisinsight|redis-insight)$/, 'redis-admin', 'admin-tool', 8081],
  [/^(flower|celery-flower)$/, 'flower', 'admin-tool', 5555],
  [/^(portainer|portainer-ce)$/, 'portainer', 'admin-tool', 9000],
  [/^(kibana|opensearch-dashboards)$/, 'kibana', 'admin-tool', 5601],
  [/^(mailhog|mailpit|maildev|mailcatcher)$/, 'mailhog', 'admin-tool', 8025],
  [/^(kafka-ui|kafdrop|akhq|cmak)$/, 'kafka-ui', 'admin-tool', 8080],
  [/^(dozzle|cloudbeaver|metabase|sqlpad|elasticvue|cerebro|dejavu)$/, 'admin-tool', 'admin-tool', 8080],
  [/^(prometheus|alertmanager|.*exporter|cadvisor|pushgateway)$/, 'prometheus', 'monitoring', 9090],
  [/^(grafana|grafana-oss|grafana-enterprise)$/, 'grafana', 'monitoring', 3000],
  [
    /^(loki|promtail|tempo|jaeger|all-in-one|zipkin|otel.*|opentelemetry-collector.*|fluentd|fluent-bit|logstash|filebeat)$/,
    'telemetry',
    'monitoring',
    0,
  ],
  [
    /^(postgres|postgresql|postgis|timescaledb.*|pgvector|supabase\/postgres|postgres-.*)$/,
    'postgres',
    'database',
    5432,
  ],
  [/^(pgbouncer|pgbouncer-.*|pgpool)$/, 'pgbouncer', 'proxy', 6432],
  [/^(mysql|mysql-server|percona)$/, 'mysql', 'database', 3306],
  [/^mariadb$/, 'mariadb', 'database', 3306],
  [/^(mongo|mongodb|mongodb-community-server)$/, 'mongodb', 'database', 27017],
  [/^(mssql\/server|server|mssql.*|azure-sql-edge)$/, 'mssql', 'database', 1433],
  [/^(oracle-xe|oracle-free|database\/free|express)$/, 'oracle', 'database', 1521],
  [/^(cockroach|cockroachdb)$/, 'cockroachdb', 'database', 26257],
  [/^(cassandra|scylla)$/, 'cassandra', 'database', 9042],
  [/^(neo4j)$/, 'neo4j', 'database', 7687],
  [/^(clickhouse-server|clickhouse)$/, 'clickhouse', 'database', 8123],
  [/^(influxdb)$/, 'influxdb', 'database', 8086],
  [
    /^(couchdb|arangodb|dynamodb-local|qdrant|chroma|chromadb|milvus|weaviate|surrealdb)$/,
    'document-store',
    'database',
    0,
  ],
  [/^(redis|redis-stack|redis-stack-server|valkey|keydb|dragonfly)$/, 'redis', 'cache', 6379],
  [/^memcached$/, 'memcached', 'cache', 11211],
  [/^(rabbitmq)$/, 'rabbitmq', 'queue', 5672],
  [/^(kafka|cp-kafka|cp-server|redpanda)$/, 'kafka', 'queue', 9092],
  [/^(zookeeper|cp-zookeeper)$/, 'zookeeper', 'queue', 2181],
  [/^(nats|nats-streaming|activemq.*|mosquitto|eclipse-mosquitto|emqx|elasticmq)$/, 'broker', 'queue', 0],
  [/^(elasticsearch|elasticsearch-oss)$/, 'elasticsearch', 'search', 9200],
  [/^(opensearch)$/, 'opensearch', 'search', 9200],
  [/^(solr|meilisearch|typesense)$/, 'search', 'search', 0],
  [/^(minio|localstack|azurite|fake-gcs-server|seaweedfs)$/, 'object-storage', 'storage', 9000],
  [/^(nginx|nginx-unprivileged|openresty)$/, 'nginx', 'proxy', 80],
  [/^(traefik)$/, 'traefik', 'proxy', 80],
  [/^(caddy)$/, 'caddy', 'proxy', 80],
  [
    /^(haproxy|envoy|httpd|kong|apisix|nginx-proxy|nginx-proxy-manager|swag|cloudflared|oauth2-proxy)$/,
    'proxy',
    'proxy',
    80,
  ],
];

/** `server` and `express` are names of other things too: they count with their namespace alone. */
const NEEDS_NAMESPACE: Readonly<Record<string, RegExp>> = { server: /mssql\//, express: /database\// };

/** The row for an image name without tag; `undefined` for one that is not in the table. */
export function knownImage(name: string): KnownImage | undefined {
  const last = name.split('/').at(-1) ?? '';
  const namespace = Object.hasOwn(NEEDS_NAMESPACE, last) ? NEEDS_NAMESPACE[last] : undefined;
  if (namespace && !namespace.test(name)) return undefined;
  const row = TABLE.find(([pattern]) => pattern.test(last) || pattern.test(name));
  return row && { software: row[1], role: row[2], port: row[3] };
}

/** Where the official images, and the other widely used ones of the same software, keep their data. */
const DATA: Readonly<Record<string, readonly string[]>> = {
  postgres: [
    '/var/lib/postgresql/data',
    '/var/lib/postgresql',
    '/bitnami/postgresql',
    '/home/postgres/pgdata',
  ],
  mysql: ['/var/lib/mysql', '/bitnami/mysql'],
  mariadb: ['/var/lib/mysql', '/bitnami/mariadb', '/config'],
  mongodb: ['/data/db', '/bitnami/mongodb'],
  mssql: ['/var/opt/mssql'],
  oracle: ['/opt/oracle/oradata', '/u01/app/oracle'],
  cockroachdb: ['/cockroach/cockroach-data', '/cockroach'],
  cassandra: ['/var/lib/cassandra', '/var/lib/scylla', '/bitnami/cassandra'],
  neo4j: ['/data', '/bitnami/neo4j'],
  clickhouse: ['/var/lib/clickhouse', '/bitnami/clickhouse'],
  influxdb: ['/var/lib/influxdb', '/var/lib/influxdb2'],
  rabbitmq: ['/var/lib/rabbitmq', '/bitnami/rabbitmq'],
  elasticsearch: ['/usr/share/elasticsearch/data', '/bitnami/elasticsearch'],
  opensearch: ['/usr/share/opensearch/data', '/bitnami/opensearch'],
};

/** The folders with the data of a service: by its software, and by settings that move them. */
export function dataFoldersOf(
  software: string,
  settings: readonly (readonly [string, string])[],
): readonly string[] {
  const usual = Object.hasOwn(DATA, software) ? (DATA[software] ?? []) : [];
  if (usual.length === 0) return [];
  const moved = settings.flatMap(([name, value]) =>
    /DATA|DIR/i.test(name) && value.startsWith('/') ? value : [],
  );
  return [...usual, ...moved];
}
