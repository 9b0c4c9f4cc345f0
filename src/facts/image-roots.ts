import type { Fact, Image, Repository, StartCommand } from '../model/index.ts';
import { known } from '../model/index.ts';
import { folderOf } from '../read/documents/path.ts';
import { packagesIn } from './javascript/packages.ts';
import { nodeLauncher } from './javascript/start/launcher.ts';
import { hasManifest, holdsCode, isAside, isFolder, isWithin, ofKind } from './places.ts';
import { startPathsOf } from './start/follow.ts';

/** The folder that an image is made of: what all copies of the context have in common, else the context. */
function rootOfImage(repository: Repository, image: Image): string | undefined {
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

function commonFolder(left: string, right: string): string {
  const one = left.split('/');
  const other = right.split('/');
  const shared = one.findIndex((part, index) => part !== other[index]);
  return (shared === -1 ? one : one.slice(0, shared)).join('/');
}

/** The packages of the workspace in `root` that a command there starts; empty where it is no workspace. */
export function packagesStarted(
  repository: Repository,
  documents: readonly Fact[],
  command: StartCommand,
  root: string,
): readonly string[] {
  const packages = packagesIn(repository);
  if ((packages.at(root)?.workspaces.length ?? 0) === 0) return [];
  const images = ofKind(documents, 'image').filter(({ id }) => id === command.image);
  const request = { repository, commands: [command], images, composed: [] };
  const folders = startPathsOf(request, [nodeLauncher]).startPaths.flatMap(({ target }) =>
    target.state === 'resolved' ? (packages.around(target.path)?.folder ?? []) : [],
  );
  return [...new Set(folders)].filter(folder => folder !== root);
}

/** By the id of the image; `undefined` for one that is never deployed or holds nothing of the repository. */
type Roots = ReadonlyMap<string, string | undefined>;

const knownRoots = new WeakMap<readonly Fact[], Roots>();

/**
 * The folder that each image is made of. Several images of one workspace that start different packages of it are
 * told apart by what they start, and an image belongs to a package that has one of its own.
 */
export function imageRoots(repository: Repository, documents: readonly Fact[]): Roots {
  const before = knownRoots.get(documents);
  if (before) return before;
  const commands = ofKind(documents, 'startCommand').filter(({ source }) => source === 'image');
  const images = ofKind(documents, 'image').map(image => {
    const root = rootOfImage(repository, image);
    const started = commands
      .filter(command => root !== undefined && command.image === image.id)
      .flatMap(command => packagesStarted(repository, documents, command, root ?? ''));
    return { id: image.id, root, started: started[0] };
  });
  const roots = new Map(
    images.map(({ id, root, started }) => {
      const isOneOfSeveral = images.some(
        other => other.root === started || (other.root === root && (other.started ?? started) !== started),
      );
      return [id, started !== undefined && isOneOfSeveral ? started : root] as const;
    }),
  );
  knownRoots.set(documents, roots);
  return roots;
}
