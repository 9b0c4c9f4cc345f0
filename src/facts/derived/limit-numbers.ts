import type {
  BodyLimit,
  ComposeService,
  Facts,
  Location,
  ProxyConfig,
  StartPath,
  StatedLimit,
  Truth,
  Value,
} from '../../model/index.ts';
import { known, truth } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

const limit = (
  at: Location,
  about: StatedLimit['about'],
  agrees: Truth,
  says: string,
  other: { readonly at: Location; readonly says: string },
): StatedLimit => ({ kind: 'statedLimit', at, about, agrees, says, way: [other] });

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, '': 1, m: 60, h: 3600 };

/** `30s`, `2m`, `75`: in seconds. */
function secondsOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+)(ms|s|m|h)?;?$/.exec(text.trim()) ?? [];
  return number === undefined ? undefined : Number(number) * (UNITS[unit] ?? 1);
}

const HOST = /^(?:https?:\/\/)?(?:unix:|([\w.-]+))/;

/** Whether a proxy sends to what this path starts: by its name in a compose project, else on the same machine. */
const isBehind = ({ upstreams }: ProxyConfig, { command }: StartPath): boolean =>
  upstreams.some(({ text }) => {
    const host = HOST.exec(text)?.[1] ?? 'localhost';
    return command.source === 'compose' ? host === command.name : /^(localhost|127\.0\.0\.1)$/.test(host);
  });

/** Requests that the worker would still serve, and that the proxy has given up. */
function* workerTimes(facts: Facts): Generator<StatedLimit> {
  for (const path of facts.all('startPath')) {
    if (path.command.stage === 'development' || path.requestTimeout.state !== 'stated') continue;
    const worker = path.requestTimeout.value;
    for (const config of facts.all('proxyConfig')) {
      const { readTimeout, software } = config;
      const proxy = readTimeout && secondsOf(readTimeout.text);
      if (!readTimeout || proxy === undefined || worker === 0 || !isBehind(config, path)) continue;
      yield limit(
        readTimeout.at,
        'time',
        truth(worker <= proxy),
        worker <= proxy
          ? `${software} waits ${proxy} s, the worker has ${worker} s`
          : `${software} gives up after ${proxy} s, while the worker goes on for ${worker} s`,
        { at: path.at, says: `gives a request ${worker} s` },
      );
    }
  }
}

const GRACE = /--graceful[-_]timeout[= ](\d+)/;

/** Time to finish that the server is promised, and that the platform does not give. */
function* stopTimes(facts: Facts): Generator<StatedLimit> {
  const given = (at: Location, who: string, grace: Value<number>, text: string, from: Location) => {
    const wanted = GRACE.exec(text)?.[1];
    const seconds = known(grace);
    if (wanted === undefined || seconds === undefined) return [];
    const agrees = Number(wanted) <= seconds;
    return [
      limit(
        at,
        'time',
        truth(agrees),
        agrees
          ? `${who} gives ${seconds} s to stop`
          : `${who} kills it after ${seconds} s, while the server wants ${wanted} s to finish`,
        { at: from, says: `wants ${wanted} s to finish` },
      ),
    ];
  };
  for (const { command, at } of facts.all('startPath')) {
    if (command.stage === 'development') continue;
    const text = command.commands.flat().join(' ');
    const composed = facts
      .all('composeService')
      .find(
        each =>
          command.source === 'compose' && each.name === command.name && each.at.path === command.at.path,
      );
    if (composed) yield* given(composed.at, 'compose', composed.stopGracePeriod, text, at);
    for (const workload of facts.all('workload')) {
      const isOwn =
        command.source === 'kubernetes'
          ? workload.container === command.name && workload.at.path === command.at.path
          : command.source === 'image' &&
            workload.builtBy === command.image &&
            !workload.command &&
            !workload.args;
      if (isOwn) yield* given(workload.at, 'the platform', workload.terminationGracePeriod, text, at);
    }
  }
}

const megabytes = (bytes: number): string =>
  bytes >= 1024 ** 2 ? `${Math.round((bytes / 1024 ** 2) * 10) / 10} MB` : `${Math.round(bytes / 1024)} kB`;

/** Bodies that the app would take and that the proxy turns away. */
function* bodies(facts: Facts): Generator<StatedLimit> {
  const edges = new Set([
    ...facts.all('proxyConfig').map(({ path }) => path),
    ...facts.all('kubernetesObject').map(({ at }) => at.path),
  ]);
  const sized = facts
    .all('bodyLimit')
    .filter((each: BodyLimit) => each.covers === 'app' && each.reached !== 'no')
    .flatMap(each => (each.bytes.state === 'stated' ? [{ ...each, size: each.bytes.value }] : []));
  for (const app of sized.filter(({ at }) => !edges.has(at.path)))
    for (const edge of sized.filter(({ at }) => edges.has(at.path))) {
      const agrees = app.size <= edge.size || edge.size === 0;
      yield limit(
        edge.at,
        'body',
        truth(agrees),
        agrees
          ? `${edge.name} takes bodies of ${megabytes(edge.size)}`
          : `${edge.name}: bodies over ${megabytes(edge.size)} are turned away, while the app takes ${megabytes(app.size)}`,
        { at: app.at, says: `takes bodies of ${megabytes(app.size)}` },
      );
    }
}

const literalNumber = (
  view: ServiceView,
  site: Parameters<ServiceView['python']['args']>[0],
  name: string,
): number | undefined => {
  const term = view.python.args(site).arg(-1, name);
  const value = term?.kind === 'env' ? term.fallback : term;
  return value?.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined;
};

const ENGINES = ['sqlalchemy.create_engine', 'sqlalchemy.ext.asyncio.create_async_engine'];
const MOST = /max_connections[= ](\d+)/;

const workersOf = (facts: Facts, { at, name }: ComposeService): number | undefined => {
  const path = facts
    .all('startPath')
    .find(
      ({ command }) => command.source === 'compose' && command.name === name && command.at.path === at.path,
    );
  return path && known(path.workers);
};

/** Connections that all workers together may open, and those that the database takes. */
function* connections(view: ServiceView): Generator<StatedLimit> {
  const { facts, python } = view;
  const composed = facts.all('composeService').filter(({ stage }) => stage !== 'development');
  const [database] = composed.flatMap(each => {
    const most =
      each.role === 'database' && MOST.exec(each.command?.text.replace(/[",[\]]+/g, ' ') ?? '')?.[1];
    return most ? [{ at: each.at, most: Number(most) }] : [];
  });
  if (!database) return;
  for (const site of python.calls(...ENGINES)) {
    const pool = literalNumber(view, site, 'pool_size');
    if (pool === undefined || python.reached(site) === 'no') continue;
    const each = pool + (literalNumber(view, site, 'max_overflow') ?? 10);
    for (const app of composed.filter(({ role, build }) => role === 'app' && build)) {
      const workers = workersOf(facts, app);
      const replicas = known(app.replicas);
      if (workers === undefined || replicas === undefined) continue;
      const all = each * workers * replicas;
      const at = python.at(site.scope, site.call);
      yield limit(
        at,
        'connections',
        truth(all <= database.most),
        `${each} connections in each of ${workers * replicas} processes are ${all}, and the database takes ${database.most}`,
        { at: database.at, says: `takes ${database.most} connections` },
      );
    }
  }
}

/** Times, sizes and connections that two layers state for the same thing. */
export default defineExtractor({
  id: 'derived/limit-numbers',
  reads: ['startPath', 'composeService', 'workload', 'kubernetesObject', 'proxyConfig', 'bodyLimit'],
  produces: ['statedLimit'],
  understands: () => true,
  *extract(view): Generator<StatedLimit> {
    yield* workerTimes(view.facts);
    yield* stopTimes(view.facts);
    yield* bodies(view.facts);
    yield* connections(view);
  },
});
