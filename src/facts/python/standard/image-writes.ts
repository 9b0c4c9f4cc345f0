import type { Image, ImageWrite, Location, Place, Term, Truth } from '../../../model/index.ts';
import { known, shippedImages } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { CallSite } from '../sites.ts';
import type { PythonView } from '../view.ts';

/** Calls that write: where the path stands, and whether it is a folder. */
const WRITERS: Readonly<
  Record<string, { readonly position: number; readonly keyword: string; readonly folder: boolean }>
> = {
  'logging.FileHandler': { position: 0, keyword: 'filename', folder: false },
  'logging.handlers.RotatingFileHandler': { position: 0, keyword: 'filename', folder: false },
  'logging.handlers.TimedRotatingFileHandler': { position: 0, keyword: 'filename', folder: false },
  'logging.basicConfig': { position: -1, keyword: 'filename', folder: false },
  'os.makedirs': { position: 0, keyword: 'name', folder: true },
  'os.mkdir': { position: 0, keyword: 'path', folder: true },
  'sqlite3.connect': { position: 0, keyword: 'database', folder: false },
  'builtins.open': { position: 0, keyword: 'file', folder: false },
};

/** The plain path that a term comes to when nothing from outside replaces it. */
function pathOf(term: Term | undefined): string | undefined {
  switch (term?.kind) {
    case 'literal':
      return typeof term.value === 'string' ? term.value : undefined;
    case 'env':
      return pathOf(term.fallback);
    case 'oneOf':
      return term.options.map(option => pathOf(option.term)).find(path => path !== undefined);
    case 'text': {
      // The folder in front of what is put in later is enough.
      const parts = term.parts.map(pathOf);
      const open = parts.indexOf(undefined);
      const head = parts.slice(0, open === -1 ? parts.length : open).join('');
      if (open === -1) return head;
      return head.includes('/') ? `${head.slice(0, head.lastIndexOf('/') + 1)}…` : undefined;
    }
    default:
      return undefined;
  }
}

function written(
  python: PythonView,
  name: string,
  site: CallSite,
): { path: string; folder: boolean } | undefined {
  const writer = WRITERS[name];
  if (!writer) return undefined;
  const args = python.args(site);
  if (name === 'builtins.open') {
    const mode = args.arg(1, 'mode');
    if (mode?.kind !== 'literal' || !/[wax+]/.test(String(mode.value))) return undefined;
  }
  const path = pathOf(args.arg(writer.position, writer.keyword));
  return path === undefined || path === '' || path === ':memory:'
    ? undefined
    : { path, folder: writer.folder };
}

const absolute = (path: string, workdir: string): string =>
  (path.startsWith('/') ? path : `${workdir.replace(/\/+$/, '')}/${path.replace(/^\.\//, '')}`).replace(
    /\/+/g,
    '/',
  );

const above = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

const isUnder = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder.replace(/\/+$/, '')}/`);

/** Places where anybody may write. */
const OPEN = /^\/(tmp|var\/tmp|dev|proc)(\/|$)/;

interface Owned {
  readonly allowed: Truth;
  readonly at: Location;
}

/** Whether the user of the image may write in a folder, by what the Dockerfile does to it and the folders above. */
function ownedBy(image: Image, user: string, folder: string): Owned {
  const at =
    image.runs.find(run =>
      run.commands.some(
        words => words[0] === 'mkdir' && words.some(word => absolute(word, run.workdir) === folder),
      ),
    )?.at ?? image.workdir.at;
  if (OPEN.test(folder) || isUnder(folder, `/home/${user}`)) return { allowed: 'yes', at };
  const [name = user] = user.split(':');
  const isGiven = image.runs.some(run =>
    run.commands.some(words => {
      const [command, ...rest] = words;
      const targets = rest
        .filter(word => !word.startsWith('-'))
        .map(word => absolute(word, run.workdir).replace(/\/+$/, ''));
      if (command === 'chown') {
        const [owner = ''] = rest.filter(word => !word.startsWith('-'));
        return (
          (owner.split(':')[0] === name || owner.includes('$')) &&
          targets.slice(1).some(target => isUnder(folder, target))
        );
      }
      if (command === 'chmod')
        return (
          rest.some(word => /^[0-7]*7[0-7]?7$|[ao]\+[rwx]*w/.test(word)) &&
          targets.slice(1).some(target => isUnder(folder, target))
        );
      if (command === 'install') return rest.includes(name);
      return (
        command === 'mkdir' &&
        run.user === user &&
        targets.some(target => isUnder(target, folder) || isUnder(folder, target))
      );
    }),
  );
  const isCopied = image.copies.some(
    copy => copy.owner.split(':')[0] === name && isUnder(folder, copy.destination.replace(/\/+$/, '') || '/'),
  );
  const isVolume = image.volumes.some(volume => isUnder(folder, known(volume.value) ?? '\u0000'));
  if (isGiven || isCopied) return { allowed: 'yes', at };
  const home = image.runs.some(run =>
    run.commands.some(
      words =>
        /^(useradd|adduser)$/.test(words[0] ?? '') &&
        words.some(word => isUnder(folder, word) && word.startsWith('/')),
    ),
  );
  return { allowed: home || isVolume || /\$/.test(folder) ? 'unclear' : 'no', at };
}

/** A folder that the image has already need not be made. */
const isMade = (image: Image, folder: string): boolean =>
  image.runs.some(run =>
    run.commands.some(
      words =>
        words[0] === 'mkdir' &&
        words.some(word => absolute(word, run.workdir).replace(/\/+$/, '') === folder),
    ),
  ) || image.contents.some(content => content.destination.replace(/\/+$/, '') === folder);

/** Files that reached code writes, and who owns their folder in the image that production starts. */
export default defineExtractor({
  id: 'python/standard/image-writes',
  reads: ['image', 'startPath', 'composeService'],
  produces: ['imageWrite'],
  understands: hasPython,
  *extract({ python, facts }): Generator<ImageWrite> {
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    // A named volume takes over what the image has there, owner included; a folder of the host does not.
    const mounted = facts
      .all('composeService')
      .flatMap(service => service.volumes.filter(({ type }) => type === 'bind').map(({ target }) => target));
    for (const name of Object.keys(WRITERS))
      for (const site of python.calls(name)) {
        if (python.reached(site) !== 'yes') continue;
        const target = written(python, name, site);
        if (!target) continue;
        for (const image of images) {
          const user = known(image.user.value);
          if (user === undefined || /^(root|0)(:|$)/.test(user)) continue;
          const workdir =
            facts.all('startPath').find(path => path.command.image === image.id)?.command.workdir ??
            known(image.workdir.value) ??
            '/';
          const full = absolute(target.path, workdir);
          if (target.folder && isMade(image, full)) continue;
          const folder = above(full);
          const { allowed, at } = ownedBy(image, user, folder);
          const isMounted = mounted.some(mount => isUnder(full, mount));
          const here = python.at(site.scope, site.call);
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
  },
});
