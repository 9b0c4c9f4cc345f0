import type {
  ComposeService,
  Fact,
  Image,
  Repository,
  Service,
  StartCommand,
  Workload,
} from '../model/index.ts';
import { known } from '../model/index.ts';
import { knownImage } from './container/known-images.ts';
import { folderOf } from './code/modules.ts';

/** What the code of a language offers to the search for services. */
export interface AppPlace {
  /** The file in which an app object is made. */
  readonly path: string;
  readonly language: Service['language'];
  /** As its makers write it: `Flask`. */
  readonly framework: string;
}

const MANIFESTS = [
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'setup.py',
  'setup.cfg',
  'environment.yml',
  'package.json',
];

/** Whether a folder is the root of something that is installed by itself. */
const hasManifest = (repository: Repository, folder: string): boolean =>
  MANIFESTS.some(name => repository.exists(folder === '' ? name : `${folder}/${name}`));

const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

/**
 * The deployable parts of a repository: one for each folder from which something is built or started. Several
 * commands over the same code (web and worker, compose and image) are start paths of one service.
 */
export function findServices(
  repository: Repository,
  documents: readonly Fact[],
  apps: readonly AppPlace[],
): readonly Service[] {
  const roots = new Set<string>();
  for (const image of ofKind(documents, 'image')) {
    const root = rootOfImage(repository, image);
    if (root !== undefined && !isOnRequest(image, documents) && hasCode(repository, root, apps))
      roots.add(root);
  }
  const byImage = roots.size > 0;
  for (const command of ofKind(documents, 'startCommand')) {
    if (command.image !== '' || isAside(repository, command.at.path)) continue;
    if (command.source === 'documents' || command.source === 'makefile') continue;
    // Beside images of its own, what manifests run from elsewhere is no code of the repository.
    if (command.source === 'kubernetes' && byImage) continue;
    // Scripts of a package.json beside a server are those of its pages.
    if (command.source === 'package-script' && apps.length > 0) continue;
    if (hasCode(repository, command.folder, apps)) roots.add(command.folder);
  }
  for (const app of apps) {
    const covering = [...roots].some(root => isWithin(app.path, root) && root !== '');
    if (!covering && !(roots.has('') && !hasOwnManifest(repository, app.path)))
      roots.add(manifestFolder(repository, app.path));
  }
  return [...roots].sort().map(root => serviceAt(repository, root, [...roots], apps));
}

/** Compose builds it for a profile only, and nothing else runs it: a task that somebody starts by hand. */
function isOnRequest(image: Image, documents: readonly Fact[]): boolean {
  const uses = ofKind(documents, 'composeService').filter(({ build }) => build?.image === image.id);
  const runs = ofKind(documents, 'workload').some(({ builtBy }) => builtBy === image.id);
  return uses.length > 0 && !runs && uses.every(({ profiles }) => profiles.length > 0);
}

const hasOwnManifest = (repository: Repository, path: string): boolean =>
  manifestFolder(repository, path) !== '';

/** The nearest folder above a file that has a manifest; the repository itself when there is none. */
function manifestFolder(repository: Repository, path: string): string {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder))
    if (hasManifest(repository, folder)) return folder;
  return '';
}

const isAside = (repository: Repository, path: string): boolean => {
  // What is built for tests is never deployed.
  if (/(^|\/)Dockerfile[.-](playwright|cypress|e2e|tests?|lint|ci)$/i.test(path)) return true;
  // What a pipeline or an editor builds for itself is never deployed.
  if (/^\.(github|gitlab|circleci|devcontainer|buildkite)\//.test(path)) return true;
  const role = repository.file(path)?.role ?? 'production';
  return role !== 'production' && role !== 'script' && role !== 'docs';
};

/** Code in a language that is read: an app object, a module, a manifest. */
function hasCode(repository: Repository, root: string, apps: readonly AppPlace[]): boolean {
  return apps.some(app => isWithin(app.path, root)) || holdsCode(repository, root);
}

const holdsCode = (repository: Repository, root: string): boolean =>
  repository.files.some(
    file => file.role === 'production' && isWithin(file.path, root) && /\.(py|[cm]?[jt]sx?)$/.test(file.path),
  );

/** The folder that an image is made of: what all copies of the context have in common, else the context. */
export function rootOfImage(repository: Repository, image: Image): string | undefined {
  if (isAside(repository, image.path)) return undefined;
  const context = known(image.context) ?? folderOf(image.path);
  const own = folderOf(image.path);
  if (own !== '' && hasManifest(repository, own) && holdsCode(repository, own)) return own;
  const sources = image.contents.map(content => content.source);
  if (sources.length === 0) return undefined;
  const folders = sources.map(source => (isFolder(repository, source) ? source : folderOf(source)));
  const common = folders.reduce(commonFolder);
  return isWithin(common, context) && (common === context || hasManifest(repository, common))
    ? common
    : context;
}

const isFolder = (repository: Repository, path: string): boolean =>
  path === '' || (repository.exists(path) && !repository.file(path));

function commonFolder(left: string, right: string): string {
  const one = left.split('/');
  const other = right.split('/');
  const shared = one.findIndex((part, index) => part !== other[index]);
  return (shared === -1 ? one : one.slice(0, shared)).join('/');
}

function serviceAt(
  repository: Repository,
  root: string,
  roots: readonly string[],
  apps: readonly AppPlace[],
): Service {
  const own = apps.filter(app => ownerOf(app.path, roots) === root);
  const base = root.split('/').at(-1) ?? '';
  const isUnique = roots.filter(each => each.split('/').at(-1) === base).length === 1;
  return {
    id: root === '' ? repository.name : isUnique ? base : root.replaceAll('/', '-'),
    root,
    language: own[0]?.language ?? languageOf(repository, root, roots),
    framework: [...new Set(own.map(app => app.framework))].join(', '),
  };
}

function languageOf(repository: Repository, root: string, roots: readonly string[]): Service['language'] {
  let python = 0;
  let javascript = 0;
  for (const file of repository.files) {
    if (file.role !== 'production' || ownerOf(file.path, roots) !== root) continue;
    if (file.path.endsWith('.py')) python++;
    else if (/\.[cm]?[jt]sx?$/.test(file.path)) javascript++;
  }
  if (python === 0 && javascript === 0) return 'unclear';
  return python >= javascript ? 'python' : 'javascript';
}

/** The innermost root that holds a path; `undefined` for what stands outside of all services. */
export function ownerOf(path: string, roots: readonly string[]): string | undefined {
  return roots
    .filter(root => isWithin(path, root))
    .reduce<string | undefined>(
      (best, root) => (best === undefined || root.length > best.length ? root : best),
      undefined,
    );
}

export const ofKind = <K extends Fact['kind']>(
  facts: readonly Fact[],
  kind: K,
): readonly Extract<Fact, { kind: K }>[] =>
  facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);

/** Databases, caches and brokers, by the image that they run or by the name that teams give their own. */
const isStore = ({ image, name }: Workload): boolean =>
  knownImage(known(image.name) ?? '') !== undefined ||
  /(^|-)(db|database|cache|queue|broker)(-|$)/.test(name);

/** What the documents say that concerns one service: its own, and what belongs to none of the others. */
export function documentsFor(
  repository: Repository,
  service: Service,
  services: readonly Service[],
  documents: readonly Fact[],
): readonly Fact[] {
  const roots = services.map(each => each.root);
  const images = new Map(
    ofKind(documents, 'image').map(image => [image.id, rootOfImage(repository, image)] as const),
  );
  const isOwnImage = (id: string) => images.get(id) === service.root;
  const ownPath = (path: string) => {
    const owner = ownerOf(path, roots);
    return owner === undefined || owner === service.root || owner === '';
  };
  const ownCommand = (command: StartCommand) =>
    command.image !== ''
      ? isOwnImage(command.image)
      : (ownerOf(command.folder === '' ? command.at.path : `${command.folder}/x`, roots) ?? service.root) ===
        service.root;
  const ownCompose = (each: ComposeService) =>
    !each.build || each.build.image === '' || images.get(each.build.image) === undefined
      ? ownPath(each.at.path)
      : isOwnImage(each.build.image);
  const workloads = ofKind(documents, 'workload');
  const hasOwnWorkload = workloads.some(each => each.builtBy !== '' && isOwnImage(each.builtBy));
  const ownWorkload = (each: Workload) => {
    const root = each.builtBy === '' ? undefined : images.get(each.builtBy);
    if (root !== undefined && roots.includes(root)) return root === service.root;
    // Of several services, what is neither its own nor a store is another part of the whole.
    const isShared = services.length === 1 || !hasOwnWorkload || isStore(each);
    return isShared && ownPath(each.at.path);
  };
  const isOwn = (fact: Fact): boolean => {
    switch (fact.kind) {
      case 'workload':
        return ownWorkload(fact);
      case 'image':
        return isOwnImage(fact.id) || (services.length === 1 && images.get(fact.id) !== undefined);
      case 'startCommand':
        return ownCommand(fact);
      case 'composeService':
        return ownCompose(fact);
      default:
        return !('at' in fact) || ownPath(fact.at.path);
    }
  };
  return documents.flatMap(fact => {
    if (!isOwn(fact)) return [];
    // What runs an image of another part runs none of this service.
    return fact.kind === 'workload' && fact.builtBy !== '' && !isOwnImage(fact.builtBy)
      ? [{ ...fact, builtBy: '' }]
      : [fact];
  });
}
