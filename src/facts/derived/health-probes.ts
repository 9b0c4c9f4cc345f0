import type {
  ComposeService,
  Healthcheck,
  HealthProbe,
  Image,
  Route,
  StartPath,
  Truth,
} from '../../model/index.ts';
import { hasProgram, known, shippedImages, sourcesAt } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

/** The scheme may be left out: `curl -f localhost:8000/health`. */
const URL =
  /(?:https?:\/\/|(?<=[\s"']|^))(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+|\$\{?\w+\}?))?(\/[^\s"'?)|;&]*)?/;

/** Modules of HTTP clients that are no part of Python. */
const CLIENT = /\b(?:import|from)\s+(requests|httpx|aiohttp|urllib3)\b/;
/** Packages that bring no HTTP client with them, so that one which is not declared is not there. */
const ALONE =
  /^(flask|flask-[a-z]+|werkzeug|jinja2|click|itsdangerous|markupsafe|blinker|gunicorn|waitress|gevent|uvicorn|fastapi|starlette|pydantic|sqlalchemy|alembic|psycopg2|psycopg2-binary|psycopg|asyncpg|redis|python-dotenv|pyjwt|bcrypt|passlib|django|whitenoise|pyyaml|orjson)$/;

/** Words of a shell that are no programs. */
const BUILT_IN = new Set([
  'exit',
  'test',
  '[',
  'true',
  'false',
  'echo',
  'cd',
  'set',
  'if',
  'then',
  'fi',
  'exec',
  '||',
  '&&',
]);
const LAUNCHERS = /^(timeout|exec|env)$/;

interface Finding {
  readonly flaws: readonly string[];
  readonly works: Truth;
  readonly because: string;
}

/** A parameter of a route stands for one part of a path. */
const matches = (pattern: string, path: string): boolean => {
  const escaped = pattern
    .replace(/\/+$/, '')
    .split(/\{[^}]*\}|<[^>]*>/)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  return new RegExp(`^${escaped}$`).test(path.replace(/\/+$/, ''));
};

export function isServed(routes: readonly Route[], path: string): Truth {
  const http = routes.filter(route => route.transport === 'http' && route.reached !== 'no');
  if (http.some(route => route.path.state !== 'unclear' && matches(route.path.value, path))) return 'yes';
  return http.length === 0 || http.some(route => route.path.state === 'unclear') ? 'unclear' : 'no';
}

function askedFor(view: ServiceView, text: string): Finding {
  const [, port, path = '/'] = URL.exec(text) ?? [];
  if (!URL.test(text)) return { flaws: [], works: 'yes', because: '' };
  const served = view.facts.gaps('route').length > 0 ? 'unclear' : isServed(view.facts.all('route'), path);
  const wrongPort = portFlaw(view.facts.all('startPath'), port);
  const flaws = [
    ...(served === 'no' ? [`asks ${path}, which the service does not serve`] : []),
    ...(wrongPort ? [wrongPort] : []),
  ];
  return {
    flaws,
    works: flaws.length > 0 ? 'no' : served,
    because: served === 'unclear' ? `whether ${path} is served cannot be told` : '',
  };
}

function portFlaw(paths: readonly StartPath[], asked: string | undefined): string | undefined {
  if (asked === undefined || !/^\d+$/.test(asked)) return undefined;
  const serving = paths.filter(
    path =>
      path.serves.with !== 'program' && path.serves.with !== 'worker' && path.command.stage !== 'development',
  );
  const ports = serving.flatMap(path =>
    (known(path.binds) ?? []).flatMap(bind => /:(\d+)$/.exec(bind)?.[1] ?? []),
  );
  const isKnown =
    serving.length > 0 &&
    serving.every(
      path => path.binds.state === 'stated' && path.binds.value.every(bind => /:\d+$/.test(bind)),
    );
  return isKnown && ports.length > 0 && !ports.includes(asked)
    ? `asks port ${asked}, while the service listens on ${[...new Set(ports)].join(', ')}`
    : undefined;
}

/** Programs that come with system packages alone: one that the image does not list is not there. */
const SYSTEM_TOOLS =
  /^(curl|wget|nc|ncat|netcat|ps|pgrep|pkill|top|ss|netstat|lsof|telnet|dig|nslookup|jq|redis-cli|psql|pg_isready|mysql|mysqladmin|mongosh|sh|bash|ash|grpc_health_probe|node|python|python3)$/;

/** Whether an image has a program; those that come with packages are not all known. */
function isInImage({ facts }: ServiceView, image: Image, name: string): Truth {
  const there = hasProgram(image, name);
  if (there !== 'no' || SYSTEM_TOOLS.test(name)) return there;
  const isDeclared =
    facts.all('package').some(each => each.name === name) ||
    facts.all('manifest').some(({ scripts }) => Object.hasOwn(scripts, name));
  return isDeclared ? 'yes' : 'unclear';
}

/** The programs that a check calls, without the folders in which they lie. */
const programsIn = (check: Healthcheck): readonly string[] => [
  ...(check.form === 'shell' ? ['sh'] : []),
  ...check.commands
    .map(words =>
      LAUNCHERS.test(words[0] ?? '') ? words.slice(1).filter(word => /[a-z]/i.test(word)) : words,
    )
    .flatMap(words => words[0] ?? [])
    .filter(word => !BUILT_IN.has(word) && !word.includes('$'))
    .map(word => word.replace(/^\/(usr\/(local\/)?)?s?bin\//, ''))
    .filter(word => !word.includes('/')),
];

/** Scripts of the repository that a check runs: none of the places that they may come from has them. */
function missingScript(view: ServiceView, check: Healthcheck, image: Image): string | undefined {
  const workdir = known(image.workdir.value) ?? '/';
  return check.commands
    .flatMap(([program = '', first = '']) =>
      /\.(sh|py)$/.test(program)
        ? [program]
        : /^(python[\d.]*|sh|bash)$/.test(program) && /\.(sh|py)$/.test(first)
          ? [first]
          : [],
    )
    .find(script => {
      const path = script.startsWith('/')
        ? script
        : `${workdir.replace(/\/$/, '')}/${script.replace(/^\.\//, '')}`;
      const isWritten = image.runs.some(run => run.text.includes(script.split('/').at(-1) ?? script));
      const fromElsewhere = image.copies.some(({ from }) => from.kind === 'image' || from.kind === 'text');
      return (
        !isWritten && !fromElsewhere && !sourcesAt(image, path).some(source => view.repository.exists(source))
      );
    });
}

/** Whether the HTTP client that a one-line program imports is installed. */
function clientOf({ facts }: ServiceView, check: Healthcheck): Finding | undefined {
  const [, client] = CLIENT.exec(check.text) ?? [];
  if (client === undefined) return undefined;
  const declared = facts.all('package').filter(({ group }) => group === 'production');
  const byHand = facts
    .all('image')
    .some(({ installs }) =>
      installs.some(({ what }) => what.some(thing => thing.kind === 'package' && thing.name === client)),
    );
  if (byHand || declared.some(({ name }) => name === client)) return undefined;
  if (declared.length > 0 && declared.every(({ name }) => ALONE.test(name)))
    return { flaws: [`imports ${client}, which nothing installs`], works: 'no', because: '' };
  return { flaws: [], works: 'unclear', because: `whether another package brings ${client} cannot be told` };
}

function checked(view: ServiceView, check: Healthcheck, image: Image | undefined): Finding {
  if (image) {
    const programs = programsIn(check).map(name => ({ name, there: isInImage(view, image, name) }));
    const missing = programs.find(({ there }) => there === 'no');
    if (missing)
      return {
        flaws: [`calls ${missing.name}, which is not in ${image.base.text}`],
        works: 'no',
        because: '',
      };
    const script = missingScript(view, check, image);
    if (script !== undefined)
      return { flaws: [`runs ${script}, which is not in the image`], works: 'no', because: '' };
    const open = programs.find(({ there }) => there === 'unclear');
    if (open)
      return { flaws: [], works: 'unclear', because: `whether the image has ${open.name} cannot be told` };
  }
  const client = clientOf(view, check);
  if (client?.works === 'no') return client;
  const asked = askedFor(view, check.text);
  return client && asked.works === 'yes' ? client : asked;
}

const probe = (at: HealthProbe['at'], found: Finding): HealthProbe => ({ kind: 'healthProbe', at, ...found });

const isOn = (check: Healthcheck | undefined): check is Healthcheck => check !== undefined && !check.disabled;

/** Each health check with what can be said of its program, path and port. */
export default defineExtractor({
  id: 'derived/health-probes',
  reads: ['image', 'composeService', 'workload', 'route', 'startPath', 'package', 'manifest'],
  produces: ['healthProbe'],
  understands: () => true,
  *extract(view) {
    const { facts } = view;
    const imageOf = (service: ComposeService) =>
      facts.all('image').find(image => image.id === service.build?.image);
    for (const image of shippedImages(facts.all('image'), facts.all('composeService'))) {
      const { healthcheck } = image;
      if (isOn(healthcheck)) yield probe(healthcheck.at, checked(view, healthcheck, image));
    }
    for (const service of facts.all('composeService')) {
      const { healthcheck } = service;
      if (service.role === 'app' && service.build && isOn(healthcheck))
        yield probe(healthcheck.at, checked(view, healthcheck, imageOf(service)));
    }
    for (const { liveness, readiness, startup, builtBy } of facts.all('workload'))
      for (const each of [liveness, readiness, startup])
        if (builtBy !== '' && each?.asks.kind === 'http' && each.asks.path.state !== 'unclear')
          yield probe(each.at, askedFor(view, `http://localhost${each.asks.path.value}`));
  },
});
