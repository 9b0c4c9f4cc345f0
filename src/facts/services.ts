import type { Fact, Image, Repository, Service, StartCommand } from '../model/index.ts';
import { imageRoots, packagesStarted } from './image-roots.ts';
import { deployedPackages, serverPackages, type DeployedPackage } from './javascript/deployed.ts';
import { packagesIn } from './javascript/packages.ts';
import { hasManifest, holdsCode, isAside, isWithin, ofKind, ownerOf } from './places.ts';
import { folderOf } from './code/modules.ts';

/** What the code of a language offers to the search for services. */
export interface AppPlace {
  /** The file in which an app object is made. */
  readonly path: string;
  readonly language: Service['language'];
  /** As its makers write it: `Flask`. */
  readonly framework: string;
}

/**
 * The deployable parts of a repository: one for each folder from which something is built or started. Several
 * commands over the same code (web and worker, compose and image) are start paths of one service.
 */
export function findServices(
  repository: Repository,
  documents: readonly Fact[],
  apps: readonly AppPlace[],
): readonly Service[] {
  const packages = deployedPackages(repository);
  const roots = new Set<string>();
  const images = imageRoots(repository, documents);
  for (const image of ofKind(documents, 'image')) {
    const root = images.get(image.id);
    if (root !== undefined && !isOnRequest(image, documents) && hasCode(repository, root, apps))
      roots.add(root);
  }
  const byImage = roots.size > 0;
  for (const command of ofKind(documents, 'startCommand')) {
    if (!isStarted(command, repository, documents, byImage)) continue;
    const started = packagesStarted(repository, documents, command, command.folder);
    if (started.length > 0) for (const folder of started) roots.add(folder);
    else if (hasCode(repository, command.folder, apps)) roots.add(projectFolder(repository, command.folder));
  }
  for (const app of apps) {
    const covering = [...roots].some(root => isWithin(app.path, root) && root !== '');
    if (!covering && !(roots.has('') && !hasOwnManifest(repository, app.path)))
      roots.add(manifestFolder(repository, app.path));
  }
  for (const each of packages)
    if (isDeployedAlone(each, repository, documents, { roots: [...roots], byImage })) roots.add(each.folder);
  if (roots.size === 0) for (const { folder } of serverPackages(repository)) roots.add(folder);
  if (roots.size === 0) for (const folder of startedByScripts(repository, documents)) roots.add(folder);
  return [...roots].sort().map(root => serviceAt(repository, root, [...roots], [...apps, ...packages]));
}

/** Whether a command outside of images shows that something is started from its folder. */
function isStarted(
  command: StartCommand,
  repository: Repository,
  documents: readonly Fact[],
  byImage: boolean,
): boolean {
  const { image, source, at } = command;
  if (image !== '' || isAside(repository, at.path)) return false;
  switch (source) {
    case 'documents':
    case 'makefile':
    // What a package.json starts is asked of apart, as most of them belong to something else.
    case 'package-script':
      return false;
    // Beside images of its own, what manifests run from elsewhere is no code of the repository.
    case 'kubernetes':
      return !byImage;
    case 'compose':
      return !byImage || mountsCode(command, repository, documents);
    default:
      return true;
  }
}

/** An image from elsewhere that is given code of the repository. */
const mountsCode = (
  { at, name }: StartCommand,
  repository: Repository,
  documents: readonly Fact[],
): boolean =>
  ofKind(documents, 'composeService')
    .filter(each => each.at.path === at.path && each.name === name)
    .some(({ volumes }) =>
      volumes.some(
        ({ type, inRepository, source }) =>
          type === 'bind' && inRepository === 'yes' && hasManifest(repository, source),
      ),
    );

/** A folder of JavaScript without a manifest belongs to the package around it. */
function projectFolder(repository: Repository, folder: string): string {
  if (hasManifest(repository, folder)) return folder;
  const isPython = repository.files.some(({ path }) => path.endsWith('.py') && isWithin(path, folder));
  return isPython ? folder : manifestFolder(repository, `${folder}/x`);
}

/** Where nothing else is found: what packages start by a script of their own. */
const startedByScripts = (repository: Repository, documents: readonly Fact[]): readonly string[] =>
  ofKind(documents, 'startCommand')
    .filter(
      ({ source, stage, at }) =>
        source === 'package-script' && stage !== 'development' && !isAside(repository, at.path),
    )
    .map(({ folder }) => folder);

/** Whether a package is deployed by itself, and not as a part of what something else ships. */
function isDeployedAlone(
  { folder, kind }: DeployedPackage,
  repository: Repository,
  documents: readonly Fact[],
  { roots, byImage }: { readonly roots: readonly string[]; readonly byImage: boolean },
): boolean {
  if (roots.includes(folder)) return false;
  // Pages at the root, beside other services, are a part of them; the root of a workspace is a frame.
  const isFrame = (packagesIn(repository).at(folder)?.workspaces.length ?? 0) > 0;
  if (folder === '' && (kind === 'pages' || isFrame)) return roots.length === 0;
  const hasPlatform = ofKind(documents, 'platformFile').some(each => folderOf(each.path) === folder);
  if (hasPlatform || !byImage) return true;
  // Beside images, a package is a part of what they hold; a server that lies outside of all of them is its own.
  return (
    kind === 'server' &&
    (packagesIn(repository).at(folder)?.scripts.has('start') ?? false) &&
    !isStub(repository, folder) &&
    ofKind(documents, 'image').every(
      ({ context }) => context.state !== 'unclear' && !isWithin(`${folder}/x`, context.value),
    )
  );
}

/** A frame, a first page and perhaps settings, as the tool that makes new projects leaves them. */
const isStub = (repository: Repository, folder: string): boolean =>
  repository.files.filter(
    ({ path, role }) =>
      isWithin(path, folder) && role === 'production' && /(?<!\.config|\.d)\.[cm]?[jt]sx?$/.test(path),
  ).length < 4;

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

/** Code in a language that is read: an app object, a module, a manifest. */
function hasCode(repository: Repository, root: string, apps: readonly AppPlace[]): boolean {
  return apps.some(app => isWithin(app.path, root)) || holdsCode(repository, root);
}

function serviceAt(
  repository: Repository,
  root: string,
  roots: readonly string[],
  apps: readonly AppPlace[],
): Service {
  const own = apps.filter(app => ownerOf(app.path, roots) === root);
  const language = own[0]?.language ?? languageOf(repository, root, roots);
  const base = root.split('/').at(-1) ?? '';
  const isUnique = roots.filter(each => each.split('/').at(-1) === base).length === 1;
  return {
    id: root === '' ? repository.name : isUnique ? base : root.replaceAll('/', '-'),
    root,
    language,
    framework: [...new Set(own.filter(app => app.language === language).map(app => app.framework))].join(
      ', ',
    ),
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
