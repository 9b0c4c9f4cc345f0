import type { ComposeService, Image, Repository, StartCommand } from '../../model/index.ts';
import { sourcesAt } from '../../model/index.ts';

/** The file system that a command sees: an image with mounts, or the repository itself. */
export interface Layout {
  /** `/app`, or a folder of the repository. */
  readonly workdir: string;
  /** The path in the repository of a file or folder that the command names; `undefined` when it is not there. */
  inRepository(path: string): string | undefined;
  /** Where in the repository it would come from, the likeliest first, whether it is there or not. */
  candidates(path: string): readonly string[];
  /** Whether everything under the working directory is known: then what is not found is not there. */
  readonly isComplete: boolean;
}

/** Resolves `.` and `..`; absolute stays absolute. */
export function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

export const within = (folder: string, path: string): string =>
  normalised(path.startsWith('/') ? path : folder === '' ? path : `${folder}/${path}`);

export function layoutOf(
  repository: Repository,
  command: StartCommand,
  image: Image | undefined,
  composed: ComposeService | undefined,
): Layout {
  const inImage = (path: string): readonly string[] => {
    const sources = image ? sourcesAt(image, path) : [];
    for (const mount of composed?.volumes ?? []) {
      if (mount.type !== 'bind' || mount.inRepository !== 'yes') continue;
      const target = mount.target.replace(/\/+$/, '');
      if (path !== target && !path.startsWith(`${target}/`)) continue;
      const rest = path.slice(target.length + 1);
      // A mount hides what the image has there.
      return [normalised(mount.source === '' ? rest : `${mount.source}/${rest}`)];
    }
    return sources;
  };
  const onMachine = (path: string): readonly string[] => (path.startsWith('/') ? [] : [normalised(path)]);
  const workdir = command.image === '' ? command.folder : command.workdir;
  const lookUp = command.image === '' ? onMachine : inImage;
  const candidates = (path: string) => lookUp(within(workdir, path));
  return {
    workdir,
    candidates,
    inRepository: path => candidates(path).find(found => found === '' || repository.exists(found)),
    isComplete:
      command.image === ''
        ? true
        : image !== undefined && image.copies.every(copy => copy.from.kind !== 'unknown-stage'),
  };
}
