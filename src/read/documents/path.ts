import { posix } from 'node:path';

/** A path of the repository in its plain form: no `./`, no `..` inside, no slash at the end; `''` is the root. */
export function plainPath(path: string): string {
  const plain = posix.normalize(path.replaceAll('\\', '/')).replace(/\/+$/, '');
  return plain === '.' ? '' : plain;
}

/** `path` as seen from `folder`, relative to the repository. One that leads out of it begins with `..`. */
export const joinPath = (folder: string, path: string): string =>
  plainPath(path.startsWith('/') ? path : posix.join(folder === '' ? '.' : folder, path));

/** The folder that a path stands in; `''` for the root. */
export const folderOf = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
};

export const baseName = (path: string): string => posix.basename(path);

/** An absolute path inside an image; a slash at its end is kept, as it makes a folder of it. */
export const absolutePath = (workdir: string, path: string): string =>
  posix.normalize(path.startsWith('/') ? path : posix.join('/', workdir, path));

/** Whether `path` is `folder` or stands below it. */
export const isBelow = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
