import type { ComposeService, Image, Repository, StartCommand } from '../../../model/index.ts';
import { sourcesAt } from '../../../model/index.ts';
import type { Module, Modules } from '../../code/modules.ts';

/** The file system that a command sees: an image with mounts, or the repository itself. */
export interface Layout {
  /** `/app`, or a folder of the repository. */
  readonly workdir: string;
  /** The path in the repository of a file or folder that the command names; `undefined` when it is not there. */
  inRepository(path: string): string | undefined;
  /** `a.b` looked for in these folders as the command sees them. */
  findModule(dotted: string, folders: readonly string[]): Module | undefined;
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
  modules: Modules,
  command: StartCommand,
  image: Image | undefined,
  composed: ComposeService | undefined,
): Layout {
  const inImage = (path: string): string | undefined => {
    for (const mount of composed?.volumes ?? []) {
      if (mount.type !== 'bind' || mount.inRepository !== 'yes') continue;
      const target = mount.target.replace(/\/+$/, '');
      if (path !== target && !path.startsWith(`${target}/`)) continue;
      const rest = path.slice(target.length + 1);
      const found = normalised(mount.source === '' ? rest : `${mount.source}/${rest}`);
      // A mount hides what the image has there.
      return repository.exists(found) || found === '' ? found : undefined;
    }
    return image && sourcesAt(image, path).find(source => source === '' || repository.exists(source));
  };
  const onMachine = (path: string): string | undefined => {
    const found = path.startsWith('/') ? undefined : normalised(path);
    return found !== undefined && (found === '' || repository.exists(found)) ? found : undefined;
  };
  const workdir = command.image === '' ? command.folder : command.workdir;
  const lookUp = command.image === '' ? onMachine : inImage;
  const inRepository = (path: string) => lookUp(within(workdir, path));
  return {
    workdir,
    inRepository,
    isComplete:
      command.image === ''
        ? true
        : image !== undefined && image.copies.every(copy => copy.from.kind !== 'unknown-stage'),
    findModule(dotted, folders) {
      const path = dotted.replaceAll('.', '/');
      for (const folder of folders)
        for (const file of [`${path}.py`, `${path}/__init__.py`]) {
          const found = lookUp(within(workdir, folder === '' ? file : `${folder}/${file}`));
          const module = found === undefined ? undefined : modules.at(found);
          if (module) return module;
        }
      return undefined;
    },
  };
}
