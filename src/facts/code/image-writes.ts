import type { Facts, Image, ImageWrite, Place, Repository, Term } from '../../model/index.ts';
import { known, shippedImages } from '../../model/index.ts';
import { absoluteIn, isUnder, ownedIn } from '../container/owners.ts';
import type { CallSite } from './sites.ts';
import type { CodeView } from './view.ts';

/** Variables that the image, compose, manifests or env files set, and to what. */
export type Delivered = ReadonlyMap<string, Term>;
const NOTHING: Delivered = new Map();

export function deliveredIn(facts: Facts): Delivered {
  return new Map([
    ...facts
      .all('envFile')
      .flatMap(file =>
        file.isTemplate ? [] : file.entries.map(({ name, value }) => [name, value] as const),
      ),
    ...facts
      .all('workload')
      .flatMap(({ environment }) => environment.map(({ name, value }) => [name, value] as const)),
    ...facts.all('image').flatMap(({ environment }) => Object.entries(environment)),
    ...facts
      .all('composeService')
      .filter(({ stage }) => stage !== 'development')
      .flatMap(({ environment }) => Object.entries(environment)),
  ]);
}

/** The plain path that a term comes to when nothing from outside replaces it. */
export function pathOf(term: Term | undefined, delivered: Delivered): string | undefined {
  switch (term?.kind) {
    case 'literal':
      return typeof term.value === 'string' ? term.value : undefined;
    case 'env':
      // What a deploy file or the image sets counts, not what the code falls back to.
      return pathOf(delivered.has(term.name) ? delivered.get(term.name) : term.fallback, NOTHING);
    case 'oneOf':
      return term.options.map(option => pathOf(option.term, delivered)).find(path => path !== undefined);
    case 'text': {
      // The folder in front of what is put in later is enough.
      const parts = term.parts.map(part => pathOf(part, delivered));
      const open = parts.indexOf(undefined);
      const head = parts.slice(0, open === -1 ? parts.length : open).join('');
      if (open === -1) return head;
      return head.includes('/') ? `${head.slice(0, head.lastIndexOf('/') + 1)}…` : undefined;
    }
    default:
      return undefined;
  }
}

/** A file or folder that code writes. */
export interface Write {
  readonly site: CallSite;
  readonly path: string;
  readonly folder: boolean;
}

const above = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** A folder that the image has already need not be made. */
const isMade = (image: Image, folder: string): boolean =>
  image.runs.some(run =>
    run.commands.some(
      words => words[0] === 'mkdir' && words.some(word => absoluteIn(word, run.workdir) === folder),
    ),
  ) || image.contents.some(content => content.destination.replace(/\/+$/, '') === folder);

type Read = 'image' | 'startPath' | 'composeService' | 'workload' | 'envFile';

/** Files that reached code writes, and who owns their folder in the image that production starts. */
export function* imageWrites(
  view: CodeView,
  writes: Iterable<Write>,
  facts: Facts<Read>,
  repository: Repository,
): Generator<ImageWrite> {
  const images = shippedImages(facts.all('image'), facts.all('composeService'));
  // A named volume takes over what the image has there, owner included; a folder of the host does not.
  const mounted = facts
    .all('composeService')
    .flatMap(service => service.volumes.filter(({ type }) => type === 'bind').map(({ target }) => target));
  for (const { site, ...target } of writes) {
    for (const image of images) {
      const user = known(image.user.value);
      if (user === undefined || /^(root|0)(:|$)/.test(user)) continue;
      const workdir =
        facts.all('startPath').find(path => path.command.image === image.id)?.command.workdir ??
        known(image.workdir.value) ??
        '/';
      const full = absoluteIn(target.path, workdir);
      if (target.folder && isMade(image, full)) continue;
      const folder = above(full);
      const { allowed, at } = ownedIn(image, user, folder, path => repository.exists(path));
      const isMounted = mounted.some(mount => isUnder(full, mount));
      const here = view.at(site.scope, site.call);
      const way: readonly Place[] = [
        { at: here, says: `writes ${target.path}` },
        { at: image.user.at, says: `runs as ${user}` },
      ];
      yield {
        kind: 'imageWrite',
        at: here,
        imageAt: at,
        path: target.path,
        folder,
        allowed: isMounted && allowed === 'no' ? 'unclear' : allowed,
        way,
      };
    }
  }
}
