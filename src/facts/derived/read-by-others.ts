/** Variables that systems, runtimes, servers, frameworks and well-known clients read by themselves. */
const RUNTIME =
  'PATH HOME TZ LANG LC_* LANGUAGE TERM USER SHELL PWD HOSTNAME PORT HOST DEBIAN_FRONTEND EDITOR TMPDIR UMASK PUID PGID LD_* MALLOC_* PYTHON* PIP_* POETRY_* UV_* VIRTUAL_ENV PIPENV_* CONDA_* NODE_* NPM_* YARN_* GEM_* BUNDLE_* JAVA_* HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy SSL_CERT_* REQUESTS_CA_BUNDLE CURL_CA_BUNDLE CUDA_* NVIDIA_* OMP_NUM_THREADS COMPOSE_* DOCKER_*';
const SERVERS =
  'GUNICORN_* WEB_CONCURRENCY UVICORN_* FORWARDED_ALLOW_IPS WORKERS_PER_CORE MAX_WORKERS APP_MODULE MODULE_NAME VARIABLE_NAME UWSGI_* FLASK_APP FLASK_DEBUG FLASK_RUN_* FLASK_ENV FLASK_SKIP_DOTENV CELERY_* C_FORCE_ROOT DJANGO_SETTINGS_MODULE VIRTUAL_HOST VIRTUAL_PORT LETSENCRYPT_* TRAEFIK_* PROMETHEUS_MULTIPROC_DIR prometheus_multiproc_dir';
const CLIENTS =
  'PG* AWS_* GOOGLE_APPLICATION_CREDENTIALS GOOGLE_CLOUD_PROJECT AZURE_* SENTRY_DSN SENTRY_ENVIRONMENT SENTRY_RELEASE OTEL_* DD_* NEW_RELIC_* OPENAI_* ANTHROPIC_* HF_* TRANSFORMERS_* TOKENIZERS_PARALLELISM';
/** Read by the images of databases and the like, not by a service that talks to them. */
const IMAGES =
  'POSTGRES_* PGDATA MYSQL_* MARIADB_* MONGO_* REDIS_* RABBITMQ_* ACCEPT_EULA SA_PASSWORD MSSQL_* ES_JAVA_OPTS OPENSEARCH_* DISABLE_* GF_* MINIO_* KAFKA_* ZOOKEEPER_* PGADMIN_* discovery.type cluster.name bootstrap.* plugins.*';

const patternOf = (names: string): RegExp =>
  new RegExp(
    `^(${names
      .split(' ')
      .map(name => name.replaceAll('.', '\\.').replace('*', '[\\w.]*'))
      .join('|')})$`,
  );

const ALWAYS = patternOf(`${RUNTIME} ${SERVERS} ${CLIENTS}`);
const OF_IMAGES = patternOf(IMAGES);

/** Whether something that is no code of the repository reads a variable of this name. */
export const isReadByOthers = (name: string): boolean => ALWAYS.test(name);
export const isReadByImages = (name: string): boolean => OF_IMAGES.test(name);
