import type { Place, SetVariable, ShadowedVariable, Term, Truth } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

/** Variables that runtimes, servers, frameworks and base images read themselves. */
const READ_BY_OTHERS =
  /^(PATH|HOME|TZ|LANG|LC_\w+|LANGUAGE|TERM|USER|SHELL|PWD|HOSTNAME|PORT|HOST|DEBIAN_FRONTEND|EDITOR|TMPDIR|PYTHON\w*|PIP_\w+|POETRY_\w+|UV_\w+|VIRTUAL_ENV|PIPENV_\w+|CONDA_\w+|FLASK_(APP|DEBUG|RUN_\w+|ENV|SKIP_DOTENV)|GUNICORN_CMD_ARGS|WEB_CONCURRENCY|UVICORN_\w+|FORWARDED_ALLOW_IPS|WORKERS_PER_CORE|MAX_WORKERS|APP_MODULE|MODULE_NAME|VARIABLE_NAME|GUNICORN_\w+|CELERY_\w+|C_FORCE_ROOT|DJANGO_SETTINGS_MODULE|NODE_\w+|NPM_\w+|YARN_\w+|POSTGRES_\w+|PG\w+|MYSQL_\w+|MARIADB_\w+|MONGO_\w+|REDIS_\w+|RABBITMQ_\w+|ACCEPT_EULA|SA_PASSWORD|MSSQL_\w+|ES_JAVA_OPTS|OPENSEARCH_\w+|DISABLE_\w+|COMPOSE_\w+|DOCKER_\w+|SENTRY_(DSN|ENVIRONMENT|RELEASE)|OTEL_\w+|DD_\w+|NEW_RELIC_\w+|AWS_\w+|GOOGLE_APPLICATION_CREDENTIALS|AZURE_\w+|HTTP_PROXY|HTTPS_PROXY|NO_PROXY|http_proxy|https_proxy|no_proxy|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|PROMETHEUS_MULTIPROC_DIR|prometheus_multiproc_dir|OPENAI_\w+|ANTHROPIC_\w+|HF_\w+|TRANSFORMERS_\w+|CUDA_\w+|NVIDIA_\w+|OMP_NUM_THREADS|TOKENIZERS_PARALLELISM|VIRTUAL_HOST|LETSENCRYPT_\w+|TRAEFIK_\w+|JAVA_\w+|LD_\w+|MALLOC_\w+|GEM_\w+|BUNDLE_\w+|UMASK|PUID|PGID|GF_\w+|MINIO_\w+|KAFKA_\w+|ZOOKEEPER_\w+|discovery\.type|cluster\.name|bootstrap\.\w+|plugins\..*)$/;

interface Readers {
  readonly truth: Truth;
  readonly dead: readonly Place[];
}

function readersOf(view: ServiceView): (name: string) => Readers {
  const { repository, facts, python } = view;
  const reads = facts.all('envRead');
  const live = new Set(reads.filter(each => each.reached !== 'no').map(each => each.term.name));
  /** Whole environments are handed on: any name may be read. */
  const takesAll =
    python.code.calls().length > 0 ||
    python.calls('flask.Flask().config.from_prefixed_env', 'builtins.vars').length > 0;
  const others = repository.files
    .filter(
      file =>
        !/\.(md|rst|txt|py)$/.test(file.path) &&
        !/(^|\/)\.env|\.env$|compose[\w.-]*\.ya?ml$|lock/.test(file.path),
    )
    .map(file => file.text);
  const dynamic = repository.files
    .filter(file => file.path.endsWith('.py') && file.role === 'production')
    .map(file => file.text);
  return name => {
    if (live.has(name) || READ_BY_OTHERS.test(name)) return { truth: 'yes', dead: [] };
    const pattern = new RegExp(`\\$\\{?${name.replace(/[^\w]/g, '\\$&')}\\b`);
    if (others.some(text => pattern.test(text))) return { truth: 'yes', dead: [] };
    const dead = reads
      .filter(each => each.term.name === name)
      .map((each): Place => ({ at: each.at, says: 'reads it, and production does not come by' }));
    // A name that stands in code in another way may be read there.
    const mentioned =
      dynamic.some(text => new RegExp(`["'\`]${name}["'\`]`, 'i').test(text)) && dead.length === 0;
    const isPrefix = dynamic.some(text =>
      /env_prefix|from_prefixed_env|os\.environ\.items\(\)|dict\(os\.environ\)|\*\*os\.environ|environ\.copy\(\)/.test(
        text,
      ),
    );
    return { truth: mentioned || isPrefix || takesAll ? 'unclear' : 'no', dead };
  };
}

function* variables(view: ServiceView): Generator<SetVariable> {
  const readers = readersOf(view);
  const seen = new Set<string>();
  const make = function* (
    name: string,
    term: Term,
    where: SetVariable['in'],
    at = term.at,
  ): Generator<SetVariable> {
    const key = `${at.path}:${at.startLine}:${name}`;
    if (seen.has(key)) return;
    seen.add(key);
    const { truth, dead } = readers(name);
    yield { kind: 'setVariable', at, name, in: where, read: truth, deadReaders: dead };
  };
  const { facts } = view;
  for (const service of facts.all('composeService'))
    if (service.role === 'app' && service.stage !== 'development')
      for (const [name, term] of Object.entries(service.environment)) yield* make(name, term, 'compose');
  for (const workload of facts.all('workload'))
    if (workload.builtBy !== '' && !workload.isInit)
      for (const variable of workload.environment)
        yield* make(variable.name, variable.value, 'manifest', variable.at);
  for (const file of facts.all('envFile')) {
    if (file.stage === 'development') continue;
    for (const entry of file.entries)
      yield* make(entry.name, entry.value, file.isTemplate ? 'template' : 'env-file', entry.at);
  }
}

/** `X=${X:-default}` in compose hides what the env file says; `load_dotenv(override=True)` hides what the platform says. */
function* shadowed(view: ServiceView): Generator<ShadowedVariable> {
  const { facts, python } = view;
  const documented = facts
    .all('envFile')
    .flatMap(file => file.entries.map(entry => ({ ...entry, path: file.path })));
  const seen = new Set<string>();
  for (const service of facts.all('composeService')) {
    if (service.role !== 'app' || service.envFiles.length === 0 || service.stage === 'development') continue;
    for (const [name, term] of Object.entries(service.environment)) {
      if (
        term.kind !== 'env' ||
        term.name !== name ||
        !term.fallback ||
        seen.has(`${term.at.path}:${term.at.startLine}`)
      )
        continue;
      const file = service.envFiles.find(use => known(use.path) !== undefined);
      const said = documented.find(entry => entry.name === name);
      if (!file || !said) continue;
      seen.add(`${term.at.path}:${term.at.startLine}`);
      yield {
        kind: 'shadowedVariable',
        at: term.at,
        name,
        says: `${name} is set here with a default, which hides what ${known(file.path) ?? 'the env file'} says`,
        way: [
          { at: file.at, says: 'the env file, which comes after' },
          { at: said.at, says: `${said.path} says that it belongs there` },
        ],
      };
    }
  }
  for (const site of python.calls('dotenv.load_dotenv', 'dotenv.main.load_dotenv')) {
    const override = python.args(site).arg(-1, 'override');
    if (override?.kind !== 'literal' || override.value !== true || python.reached(site) === 'no') continue;
    yield {
      kind: 'shadowedVariable',
      at: python.at(site.scope, site.call),
      name: 'every variable',
      says: 'a file overrides the variables that the platform sets',
      way: [],
    };
  }
}

/** What deploy files and templates set, whether anybody reads it, and what hides what. */
export default defineExtractor({
  id: 'derived/variables',
  reads: ['composeService', 'workload', 'envFile', 'envRead', 'platformFile'],
  produces: ['setVariable', 'shadowedVariable'],
  understands: () => true,
  *extract(view) {
    yield* variables(view);
    yield* shadowed(view);
  },
});
