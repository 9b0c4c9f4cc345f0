import type { ComposeService, Fact, Repository, Service, StartCommand, Workload } from '../model/index.ts';
import { known } from '../model/index.ts';
import { knownImage } from './container/known-images.ts';
import { imageRoots, packagesStarted } from './image-roots.ts';
import { ofKind, ownerOf } from './places.ts';

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
  const images = imageRoots(repository, documents);
  const isOwnImage = (id: string) => images.get(id) === service.root;
  const ownPath = (path: string) => {
    const owner = ownerOf(path, roots);
    return owner === undefined || owner === service.root || owner === '';
  };
  const ownCommand = (command: StartCommand) => {
    // Beside a server in another language they start the tools of its pages, and below it those of its parts.
    if (command.source === 'package-script')
      return service.language !== 'python' && command.folder === service.root;
    if (command.image === '') {
      const started = packagesStarted(repository, documents, command, command.folder);
      if (started.length > 0) return started.includes(service.root);
    }
    return command.image !== ''
      ? isOwnImage(command.image)
      : (ownerOf(command.folder === '' ? command.at.path : `${command.folder}/x`, roots) ?? service.root) ===
          service.root;
  };
  const builtIn = (path: string): ReadonlySet<string> =>
    new Set(
      ofKind(documents, 'composeService').flatMap(({ at, build }) => {
        const root = at.path === path && build ? images.get(build.image) : undefined;
        return root !== undefined && roots.includes(root) ? [root] : [];
      }),
    );
  const ownCompose = (each: ComposeService) => {
    const root = each.build && images.get(each.build.image);
    if (root !== undefined) return root === service.root;
    // What stands beside other services that are built there, and not beside this one, is theirs.
    const built = builtIn(each.at.path);
    return ownPath(each.at.path) && (built.size === 0 || built.has(service.root));
  };
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
