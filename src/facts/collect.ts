import { fileOf } from '../model/index.ts';
import type {
  Fact,
  FactKind,
  Facts,
  Given,
  Problem,
  Repository,
  Service,
  SourceFile,
  StartPath,
} from '../model/index.ts';
import type { SyntaxTree } from '../read/syntax.ts';
import { parseCode } from '../read/code/parse.ts';
import { ADVISORY_KINDS, advisoryFacts } from './advisories.ts';
import { filterOf } from '../read/text-filter.ts';
import type { DocumentExtractor, Extractor, ServiceView } from './define.ts';
import { nodeLauncher } from './javascript/start/launcher.ts';
import { appsIn } from './python/apps.ts';
import { codeOf, type Code } from './code/code.ts';
import { modulesOf, type Module } from './code/modules.ts';
import { reachFrom, type Entry } from './code/reach.ts';
import { pythonLauncher } from './python/start/launcher.ts';
import { startPathsOf } from './start/follow.ts';
import { viewOf } from './code/view.ts';
import { serverFilesIn } from './javascript/files.ts';
import { javascript } from './javascript/language.ts';
import { modulesOf as nodeModulesOf } from './javascript/modules.ts';
import { nodeViewOf } from './javascript/service.ts';
import { withServers } from './javascript/start/serving.ts';
import { python } from './python/language.ts';
import { inOrder } from './order.ts';
import { hasManifest, ofKind, ownerOf } from './places.ts';
import { documentsFor } from './service-documents.ts';
import { findServices } from './services.ts';
import { factStore, type FactStore } from './store.ts';
import { twinsOf } from './twins.ts';

export interface Extractors {
  readonly documents: readonly DocumentExtractor[];
  readonly services: readonly Extractor[];
}

export interface Collected {
  readonly services: readonly { readonly service: Service; readonly facts: Facts }[];
  readonly problems: readonly Problem[];
}

/** All facts of a repository, service by service. */
export async function collect(
  repository: Repository,
  extractors: Extractors,
  given: Given,
): Promise<Collected> {
  const problems: Problem[] = [];
  // The documents are read here while threads parse the code.
  const pythonFiles = repository.files.filter(isReadPython);
  const parsing = parseCode([...pythonFiles, ...serverFilesIn(repository)], prepare);
  const read = documentFacts(repository, extractors.documents, problems);
  const [trees, advisories] = await Promise.all([parsing, advisoryFacts(repository, read, given.advisories)]);
  const documents = [...read, ...advisories.facts];
  problems.push(...advisories.problems);
  const code = codeOf(
    modulesOf(trees.slice(0, pythonFiles.length), folder => hasManifest(repository, folder)),
    python,
  );
  const nodeCode = codeOf(nodeModulesOf(trees.slice(pythonFiles.length), repository), javascript);
  const services = findServices(repository, documents, appsIn(code));
  const roots = services.map(service => service.root);
  const told = services.map(service => ({
    service,
    facts: serviceFacts(
      {
        repository,
        given,
        service,
        code,
        nodeCode,
        documents: documentsFor(repository, service, services, documents),
        roots,
      },
      extractors,
      problems,
    ),
  }));
  compareServices(told);
  return { services: told, problems };
}

/** What can be said of a service only beside the others. */
function compareServices(told: readonly { readonly service: Service; readonly facts: FactStore }[]): void {
  for (const each of told) {
    each.facts.addSearched('sibling', []);
    for (const { service } of told)
      if (service !== each.service)
        each.facts.add({ kind: 'sibling', id: service.id, at: fileOf(service.root) });
    if (!each.facts.isRead('route')) continue;
    each.facts.addSearched('twinService', each.facts.searched('route'));
    for (const twin of twinsOf(each, told)) each.facts.add(twin);
  }
}

/** What is asked of every file sooner or later: what stands outside of functions, and whether words stand in it. */
function prepare({ body, file }: SyntaxTree): void {
  if (body.length > 0) filterOf(file);
}

const isReadPython = (file: SourceFile): boolean =>
  file.path.endsWith('.py') && file.role !== 'vendored' && file.role !== 'generated';

function documentFacts(
  repository: Repository,
  extractors: readonly DocumentExtractor[],
  problems: Problem[],
): readonly Fact[] {
  return extractors.flatMap(extractor => {
    try {
      return [...extractor.extract(repository)];
    } catch (error) {
      problems.push({ where: extractor.id, what: String(error) });
      return [];
    }
  });
}

interface Part {
  readonly repository: Repository;
  readonly given: Given;
  readonly service: Service;
  readonly code: Code;
  readonly nodeCode: Code;
  readonly documents: readonly Fact[];
  readonly roots: readonly string[];
}

function serviceFacts(part: Part, extractors: Extractors, problems: Problem[]): FactStore {
  const { repository, given, service, code, documents, roots } = part;
  const store = factStore();
  const owned = repository.files
    .filter(file => ownerOf(file.path, roots) === service.root)
    .map(file => file.path);
  for (const extractor of extractors.documents)
    for (const kind of extractor.produces) store.addSearched(kind, owned);
  for (const kind of ADVISORY_KINDS) store.addSearched(kind, []);
  for (const fact of documents) store.add(fact);

  const { startPaths: followed, entries } = startPathsOf(
    {
      repository,
      commands: ofKind(documents, 'startCommand'),
      images: ofKind(documents, 'image'),
      composed: ofKind(documents, 'composeService'),
    },
    [pythonLauncher(code), nodeLauncher],
  );
  const startPaths = withServers(followed, part.nodeCode);
  store.addSearched('startPath', [...new Set(documents.map(fact => ('at' in fact ? fact.at.path : '')))]);

  const reach = entries.length > 0 ? reachFrom(code, entries) : reachFrom(code, likelyEntries(part), false);
  const belongs = (module: Module) =>
    reach.reachesModule(module) === 'yes' ||
    (ownerOf(module.path, roots) === service.root &&
      (module.file.role === 'production' || module.file.role === 'script'));
  const view: ServiceView = {
    repository,
    given,
    service,
    python: viewOf(code, reach, belongs),
    node: nodeViewOf({ repository, service, code: part.nodeCode, roots, startPaths }),
    facts: store,
  };
  const isAlone = isForBrowsersAlone(view, startPaths);
  if (isAlone) addNothing(extractors.services, store);
  // What serves pages while they are written is no server of theirs.
  for (const startPath of startPaths)
    if (!isAlone || startPath.serves.with !== 'development-server') store.add(startPath);
  for (const extractor of inOrder(extractors.services)) extract(extractor, view, store, problems);
  addDamage(view, extractors.services, store);
  addUnread(view, extractors.services, store);
  return store;
}

/** No start path says where production enters: then the modules that make an app object are the likely place. */
const likelyEntries = ({ code, service, roots }: Part): readonly Entry[] =>
  appsIn(code)
    .filter(({ path }) => ownerOf(path, roots) === service.root)
    .flatMap(({ path }) => {
      const module = code.modules.at(path);
      return module ? [{ module, isScript: true, object: '' }] : [];
    });

/** All of its code is sent to browsers: what a server does is not unread there, it does not happen. */
const isForBrowsersAlone = (
  { service, python, node }: ServiceView,
  startPaths: readonly StartPath[],
): boolean =>
  service.language === 'javascript' &&
  python.modules().length + node.modules().length === 0 &&
  !startPaths.some(
    ({ target, serves }) =>
      serves.with !== 'development-server' &&
      target.state === 'resolved' &&
      /\.[cm]?[jt]s$/.test(target.path),
  );

function addNothing(extractors: readonly Extractor[], store: FactStore): void {
  for (const { id, produces } of extractors)
    if (id.startsWith('javascript/') || id.startsWith('python/'))
      for (const kind of produces) store.addSearched(kind, []);
}

/** An extractor that throws loses its facts: what it would have said cannot be told then. */
function extract(extractor: Extractor, view: ServiceView, store: FactStore, problems: Problem[]): void {
  if (!extractor.understands(view)) return;
  const searched = extractor.id.startsWith('javascript/') ? view.node : view.python;
  for (const kind of extractor.produces) store.addSearched(kind, searched.paths());
  try {
    for (const fact of extractor.extract(view))
      if (fact.kind === 'unread') store.addGap(fact.of, fact.gap);
      else store.add(fact);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    problems.push({ where: `${extractor.id} on ${view.service.id}`, what: firstLines(what) });
    for (const kind of extractor.produces)
      store.addGap(kind, { path: view.service.root || '.', because: `could not be read by ${extractor.id}` });
  }
}

const firstLines = (text: string): string => text.split('\n').slice(0, 3).join(' | ');

/** The languages of code, each with the folder of its extractors. */
const languagesOf = (view: ServiceView) =>
  [
    { name: 'Python', code: view.python, prefix: 'python/' },
    { name: 'JavaScript', code: view.node, prefix: 'javascript/' },
  ] as const;

const kindsOf = (extractors: readonly Extractor[], prefix: string): ReadonlySet<FactKind> =>
  new Set(extractors.filter(({ id }) => id.startsWith(prefix)).flatMap(({ produces }) => produces));

/** What is read in one language and not in that of the service yet may be there: its absence says nothing. */
function addUnread(view: ServiceView, extractors: readonly Extractor[], store: FactStore): void {
  for (const { name, code, prefix } of languagesOf(view)) {
    const [module] = code.modules();
    if (!module) continue;
    const own = kindsOf(extractors, prefix);
    for (const other of languagesOf(view))
      for (const kind of other.prefix === prefix ? [] : kindsOf(extractors, other.prefix))
        if (!own.has(kind))
          store.addGap(kind, { path: module.path, because: `is not read for this in ${name} yet` });
  }
}

/** A file that does not parse may hold anything of what is read out of code. */
function addDamage(view: ServiceView, extractors: readonly Extractor[], store: FactStore): void {
  for (const { code, prefix } of languagesOf(view)) {
    const damaged = code
      .modules()
      .filter(module => module.tree.damage.length > 0 && code.reach.reachesModule(module) !== 'no');
    for (const module of damaged)
      for (const kind of kindsOf(extractors, prefix))
        store.addGap(kind, {
          path: module.path,
          because: `does not parse at line ${module.tree.damage[0] ?? 1}`,
        });
  }
}
