import type { Image, ImageCopy, ImageRun, Location, Truth } from '../../model/index.ts';
import { known, sourcesAt } from '../../model/index.ts';

/** Whether the user of an image may write in a folder of it, and the line that decides. */
export interface Owned {
  readonly allowed: Truth;
  readonly at: Location;
}

export const absoluteIn = (path: string, workdir: string): string =>
  (path.startsWith('/') ? path : `${workdir.replace(/\/+$/, '')}/${path.replace(/^(\.\/)+/, '')}`)
    .replace(/\/+/g, '/')
    .replace(/(.)\/\.?$/, '$1');

export const isUnder = (path: string, folder: string): boolean =>
  folder === '/' || path === folder || path.startsWith(`${folder.replace(/\/+$/, '')}/`);

/** Places where anybody may write. */
const OPEN = /^\/(tmp|var\/tmp|dev|proc)(\/|$)/;

interface Step {
  readonly words: readonly string[];
  readonly run: ImageRun;
}

const steps = (image: Image): readonly Step[] =>
  image.runs.flatMap(run => run.commands.map(words => ({ words, run })));

/** Names and numbers by which the same user is called: `useradd -u 1000 shop`. */
function namesOf(image: Image, user: string): ReadonlySet<string> {
  const names = new Set([user]);
  for (const { words } of steps(image)) {
    if (!/^(useradd|adduser)$/.test(words[0]?.split('/').at(-1) ?? '')) continue;
    const flag = words.findIndex(word => /^(-u|--uid)$/.test(word));
    const id =
      words.flatMap(word => /^(?:--uid=|-u)(\d+)$/.exec(word)?.[1] ?? [])[0] ?? words[flag + 1] ?? '';
    const own = [id, words.at(-1) ?? ''];
    if (flag !== -1 || id !== '')
      if (own.some(name => names.has(name))) for (const name of own) names.add(name);
  }
  return names;
}

/** What a command does to a folder: gives it to the user, makes it as the user, or something that cannot be told. */
function effectOn(folder: string, { words, run }: Step, user: string, names: ReadonlySet<string>): Truth {
  const [command = '', ...rest] = words;
  const plain = rest.filter(word => !word.startsWith('-'));
  const targets = plain.map(word => absoluteIn(word, run.workdir));
  const isRecursive = rest.some(word => /^-[a-zA-Z]*R|^--recursive$/.test(word));
  const covers = targets
    .slice(1)
    .some(target => target === folder || (isRecursive && isUnder(folder, target)));
  switch (command) {
    case 'chown': {
      const owner = plain[0]?.split(/[:.]/)[0] ?? '';
      if (!covers)
        return targets.slice(1).some(target => target.includes('$') || /[*?]/.test(target))
          ? 'unclear'
          : 'no';
      return names.has(owner) ? 'yes' : 'unclear';
    }
    case 'chgrp':
      return covers ? 'unclear' : 'no';
    case 'chmod': {
      if (!covers) return 'no';
      return /^[0-7]*[0-7]{2}[2367]$|^[ugo]*[ao][ugo]*[+=][rX]*w/.test(plain[0] ?? '') ? 'yes' : 'unclear';
    }
    case 'install':
      return targets.some(target => isUnder(folder, target))
        ? rest.some(word => names.has(word))
          ? 'yes'
          : 'unclear'
        : 'no';
    case 'mkdir':
      return run.user === user && targets.some(target => isUnder(target, folder) || isUnder(folder, target))
        ? 'yes'
        : 'no';
    case 'useradd':
    case 'adduser':
      // The folder is somebody's home: made for the user, unless it was there before.
      return plain.some(word => word.startsWith('/') && isUnder(folder, word)) ? 'unclear' : 'no';
    default:
      return 'no';
  }
}

const lineThatMakes = (image: Image, folder: string): Location =>
  steps(image).find(
    ({ words, run }) => words[0] === 'mkdir' && words.some(word => absoluteIn(word, run.workdir) === folder),
  )?.run.at ??
  image.contents.find(({ destination }) => absoluteIn(destination, '/') === folder)?.at ??
  image.workdir.at;

const workdirOf = (image: Image): string => known(image.workdir.value) ?? '/';

/** Folders that the image has already when a line is reached: made by root, as nothing says otherwise. */
function isMadeBefore(image: Image, folder: string, line: number): boolean {
  return (
    (isUnder(workdirOf(image), folder) && image.workdir.at.startLine < line) ||
    image.runs.some(run => isUnder(run.workdir, folder) && run.at.startLine < line) ||
    steps(image).some(
      ({ words, run }) =>
        words[0] === 'mkdir' &&
        run.at.startLine < line &&
        words.slice(1).some(word => isUnder(absoluteIn(word, run.workdir), folder)),
    )
  );
}

/**
 * What a COPY with an owner does to a folder: what it brings belongs to that owner, and so does a folder that it
 * makes. One that was there stays as it is when single files are laid into it; engines differ for whole folders.
 */
function copied(
  image: Image,
  { at, owner, sources, destination }: ImageCopy,
  folder: string,
  names: ReadonlySet<string>,
  isBrought: boolean,
): Truth {
  const target = absoluteIn(destination, '/');
  if (owner === '' || !isUnder(folder, target)) return 'no';
  if (!names.has(owner.split(':')[0] ?? '')) return 'unclear';
  if (folder !== target) return isBrought ? 'yes' : 'no';
  if (!isMadeBefore(image, folder, at.startLine)) return 'yes';
  return sources.every(source => /[^/.][^/]*\.\w+$/.test(source)) ? 'no' : 'unclear';
}

/** The folder itself, or the nearest one above it that the image has: who owns that may make the others. */
function nearest(image: Image, folder: string, isBrought: (folder: string) => boolean): string {
  const line = Number.MAX_SAFE_INTEGER;
  const targets = [
    ...image.copies.map(({ destination }) => absoluteIn(destination, '/')),
    ...image.volumes.map(volume => known(volume.value) ?? '/'),
    ...steps(image).flatMap(({ words, run }) =>
      /^(chown|chmod|chgrp|install|useradd|adduser)$/.test(words[0] ?? '')
        ? words
            .slice(1)
            .filter(word => /[/\w]/.test(word) && !word.startsWith('-'))
            .map(word => absoluteIn(word, run.workdir))
        : [],
    ),
  ];
  for (let at = folder; at !== '/' && at !== ''; at = at.slice(0, at.lastIndexOf('/')) || '/')
    if (isMadeBefore(image, at, line) || isBrought(at) || targets.some(target => target === at)) return at;
  return '/';
}

/**
 * Whether the user of the image may write in a folder, by what the Dockerfile does to it and to the folders above:
 * `no` only where nothing touches it, so that it is root's. `exists` tells what the repository has.
 */
export function ownedIn(
  image: Image,
  user: string,
  wanted: string,
  exists: (path: string) => boolean,
): Owned {
  const at = lineThatMakes(image, wanted);
  const [name = user] = user.split(':');
  if (OPEN.test(wanted) || isUnder(wanted, `/home/${name}`)) return { allowed: 'yes', at };
  const isBrought = (path: string) => sourcesAt(image, path).some(source => source !== '' && exists(source));
  const folder = nearest(image, wanted, isBrought);
  const names = namesOf(image, name);
  const effects = [
    ...steps(image).map(step => effectOn(folder, step, name, names)),
    ...image.copies.map(copy => copied(image, copy, folder, names, isBrought(folder))),
  ];
  if (effects.includes('yes')) return { allowed: 'yes', at };
  const isVolume = image.volumes.some(volume => isUnder(folder, known(volume.value) ?? '\u0000'));
  // Engines differ in whose a WORKDIR is that comes after USER.
  const isMadeAfter =
    image.user.at.startLine < image.workdir.at.startLine && isUnder(folder, workdirOf(image));
  const isOpen = effects.includes('unclear') || isVolume || isMadeAfter || folder.includes('$');
  return { allowed: isOpen ? 'unclear' : 'no', at };
}
