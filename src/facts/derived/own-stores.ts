import type {
  ComposeService,
  DatabaseUse,
  Facts,
  Location,
  OwnStore,
  Place,
  Truth,
} from '../../model/index.ts';
import { changesState, known, shippedImages, truth } from '../../model/index.ts';
import { absoluteIn, isUnder } from '../container/owners.ts';
import { defineExtractor, hasNode, hasPython, unread, type ServiceView } from '../define.ts';
import { nodeFileStores } from '../javascript/standard/file-stores.ts';
import { fileStoresIn } from '../python/standard/file-stores.ts';
import { deliveryOf, texts, type Delivery } from './delivered.ts';

/** A container that runs the service, and what of its files outlives it. */
interface Container {
  readonly at: Location;
  readonly name: string;
  readonly workdir: string;
  readonly lasting: readonly string[];
  readonly copies: number;
}

const workdirOf = (facts: Facts, image: string, own: string): string =>
  own ||
  (known(
    facts.all('image').find(({ id }) => id === image)?.workdir.value ?? { state: 'unclear', because: '' },
  ) ??
    '/');

const ofCompose = (facts: Facts, service: ComposeService): Container => ({
  at: service.at,
  name: service.name,
  workdir: workdirOf(facts, service.build?.image ?? '', service.workdir),
  lasting: service.volumes
    .filter(({ type }) => type === 'volume' || type === 'bind')
    .map(({ target }) => target),
  copies: known(service.replicas) ?? 1,
});

function containersOf(facts: Facts): readonly Container[] {
  const composed = facts
    .all('composeService')
    .filter(({ role, stage, build }) => role === 'app' && stage !== 'development' && build !== undefined)
    .map(service => ofCompose(facts, service));
  const workloads = facts
    .all('workload')
    .filter(({ builtBy, isInit, stage }) => builtBy !== '' && !isInit && stage !== 'development')
    .map(({ at, name, builtBy, workdir, volumes, replicas }): Container => ({
      at,
      name,
      workdir: workdirOf(facts, builtBy, workdir),
      lasting: volumes
        .filter(({ source }) => source !== 'empty-dir' && source !== 'config-map' && source !== 'secret')
        .map(({ path }) => path),
      copies: known(replicas) ?? 1,
    }));
  if (composed.length + workloads.length > 0) return [...composed, ...workloads];
  return shippedImages(facts.all('image'), facts.all('composeService')).map(image => ({
    at: image.at,
    name: image.path,
    workdir: workdirOf(facts, image.id, ''),
    lasting: image.volumes.flatMap(({ value }) => known(value) ?? []),
    copies: 1,
  }));
}

/** Whether a path lies on something that outlives the container; a relative one may lie in the folder of an instance. */
function isKept(path: string, { workdir, lasting }: Container): Truth {
  if (lasting.length === 0) return 'no';
  if (path.includes('\0') || path === '') return 'unclear';
  const places = path.startsWith('/')
    ? [path]
    : [absoluteIn(path, workdir), absoluteIn(`instance/${path}`, workdir)];
  return truth(places.some(place => lasting.some(target => isUnder(place, target.replace(/(.)\/+$/, '$1')))));
}

const EPHEMERAL =
  /^(heroku|render|railway|vercel|app-runner|cloud-run|fly|app-engine|digital-ocean|serverless)$/;

interface Keeping {
  readonly kept: Truth;
  readonly shared: Truth;
  readonly because: string;
  readonly way: readonly Place[];
}

/** What becomes of a file that the service writes, in the descriptions that run it. */
function keepingOf(facts: Facts, path: string): Keeping {
  const containers = containersOf(facts);
  const workers = facts
    .all('startPath')
    .filter(({ command, serves }) => command.stage !== 'development' && serves.with !== 'development-server')
    .map(({ workers: each }) => known(each) ?? 1);
  const most = Math.max(1, ...workers);
  const copies = Math.max(1, ...containers.map(each => each.copies));
  const shared = truth(most > 1 || copies > 1);
  const many =
    most > 1
      ? `${most} workers write it`
      : copies > 1
        ? `${copies} copies write it`
        : 'one process writes it';
  const losing = containers.find(each => isKept(path, each) === 'no');
  if (losing)
    return {
      kept: 'no',
      shared,
      because: `no volume of ${losing.name} holds it, so that it is gone with the container`,
      way: [{ at: losing.at, says: `runs ${losing.name}` }],
    };
  const open = containers.some(each => isKept(path, each) === 'unclear');
  const platform =
    containers.length === 0
      ? facts
          .all('platformFile')
          .find(
            each =>
              EPHEMERAL.test(each.platform) && !each.resources.some(word => /disk|volume|mount/i.test(word)),
          )
      : undefined;
  if (platform)
    return {
      kept: 'no',
      shared,
      because: `the disk of ${platform.platform} is made anew on each deployment`,
      way: [{ at: platform.at, says: 'runs it' }],
    };
  return { kept: open ? 'unclear' : 'yes', shared, because: many, way: [] };
}

const SQLITE = /^(?:sqlite|duckdb)(?:\+\w+)?:\/\/(?:\/)?/i;

function* sqlite(facts: Facts): Generator<OwnStore> {
  const uses = facts.all('databaseUse').filter(({ reached }) => reached !== 'no');
  const hasServer = uses.some(({ engine }) => !['file', 'redis', 'search', 'unclear'].includes(engine));
  for (const use of uses.filter(({ engine }) => engine === 'file')) {
    const path = pathOf(use);
    // A file that nothing names is for a laptop, where a server is there too.
    if (hasServer && (path === undefined || path.includes('\0'))) continue;
    const inMemory = path === ':memory:' || path === '';
    // For the time of a calculation.
    if (inMemory && /sqlite3?\.connect|duckdb/.test(use.callee)) continue;
    const keeping = keepingOf(facts, path ?? '\0');
    yield {
      kind: 'ownStore',
      at: use.addresses[0]?.at ?? use.at,
      medium: inMemory ? 'memory' : 'sqlite',
      what: inMemory
        ? 'an SQLite database in memory'
        : path === undefined || path.includes('\0')
          ? 'an SQLite file'
          : `the SQLite file ${path}`,
      ...(inMemory ? { ...keeping, kept: 'no', because: 'it is gone with the process' } : keeping),
      certain: truth(use.addresses.some(({ isExample }) => !isExample)),
      reached: use.reached,
      way: [{ at: use.at, says: 'connects' }, ...(inMemory ? [] : keeping.way)],
    };
  }
}

const pathOf = ({ addresses: [first] }: DatabaseUse): string | undefined =>
  first?.text.replace(SQLITE, '').replace(/\?.*$/, '');

/** Lists and dictionaries that state-changing routes fill, where nothing else keeps data. */
function* memory({ facts }: ServiceView): Generator<OwnStore> {
  if (facts.all('databaseUse').some(({ reached }) => reached !== 'no')) return;
  const handlers = new Set(
    facts
      .all('route')
      .filter(route => changesState(route) === 'yes')
      .map(({ handler }) => handler),
  );
  for (const { at, name, changes, reached } of facts.all('moduleState')) {
    const change = changes.find(each =>
      [...handlers].some(handler => handler === each.in || handler.endsWith(`.${each.in}`)),
    );
    if (change)
      yield {
        kind: 'ownStore',
        at,
        medium: 'memory',
        what: name,
        kept: 'no',
        shared: 'unclear',
        because: 'it is gone with the process',
        certain: 'yes',
        reached,
        way: [{ at: change.at, says: `${change.in} changes it` }],
      };
  }
}

function* files(view: ServiceView, delivery: Delivery): Generator<OwnStore> {
  for (const { at, what, path, reached } of nodeFileStores(view.node))
    yield {
      kind: 'ownStore',
      at,
      medium: 'file',
      what,
      ...keepingOf(view.facts, path),
      certain: 'yes',
      reached,
    };
  const pathAt = (python: ServiceView['python'], site: Parameters<typeof python.args>[0]): string =>
    texts(python.args(site).arg(0, 'file'), delivery)[0]?.text ?? '\0';
  for (const { at, what, path, reached } of fileStoresIn(view.python, pathAt)) {
    const keeping = keepingOf(view.facts, path);
    yield { kind: 'ownStore', at, medium: 'file', what, ...keeping, certain: 'yes', reached };
  }
}

/** Data that the service keeps in files of its own or in memory, joined with volumes, workers and platforms. */
export default defineExtractor({
  id: 'derived/own-stores',
  reads: [
    'databaseUse',
    'composeService',
    'workload',
    'image',
    'startPath',
    'platformFile',
    'moduleState',
    'route',
  ],
  produces: ['ownStore'],
  understands: view => hasPython(view) || hasNode(view),
  *extract(view) {
    const [open] = view.facts.gaps('moduleState');
    if (open && hasNode(view))
      yield unread('ownStore', open.path, `${open.because}: what it keeps in memory`);
    yield* sqlite(view.facts);
    yield* memory(view);
    yield* files(view, deliveryOf(view));
  },
});
