import type { Facts, Image, ImageWrite, Place, Term } from '../../../model/index.ts';
import { known, shippedImages } from '../../../model/index.ts';
import { absoluteIn, isUnder, ownedIn } from '../../container/owners.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { CallSite } from '../../code/sites.ts';
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
  'logging.handlers.WatchedFileHandler': { position: 0, keyword: 'filename', folder: false },
  'shutil.copy': { position: 1, keyword: 'dst', folder: false },
  'shutil.move': { position: 1, keyword: 'dst', folder: false },
  'builtins.open': { position: 0, keyword: 'file', folder: false },
};

/** Variables that the image, compose, manifests or env files set, and to what. */
type Delivered = ReadonlyMap<string, Term>;
const NOTHING: Delivered = new Map();

function deliveredIn(facts: Facts): Delivered {
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
function pathOf(term: Term | undefined, delivered: Delivered): string | undefined {
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

/** Methods of a path that write: the path is what they are called on. */
const OF_PATH: Readonly<Record<string, boolean>> = {
  mkdir: true,
  write_text: false,
  write_bytes: false,
  touch: false,
};

interface Write {
  readonly site: CallSite;
  readonly path: string;
  readonly folder: boolean;
}

/** Everything that is written on the way that production takes. */
function* writes(python: PythonView, delivered: Delivered): Generator<Write> {
  for (const name of Object.keys(WRITERS))
    for (const site of python.calls(name)) {
      const target = python.reached(site) === 'yes' ? written(python, name, site, delivered) : undefined;
      if (target) yield { site, ...target };
    }
  for (const site of python.callsEnding(...Object.keys(OF_PATH))) {
    const { callee } = site.call;
    if (
      callee.kind !== 'attribute' ||
      !/^pathlib\.\w*Path\(\)/.test(python.nameOf(callee.object, site.scope))
    )
      continue;
    const path = pathOf(python.evaluate(callee.object, site.scope), delivered);
    if (path !== undefined && path !== '' && python.reached(site) === 'yes')
      yield { site, path, folder: OF_PATH[callee.name] ?? false };
  }
}

function written(
  python: PythonView,
  name: string,
  site: CallSite,
  delivered: Delivered,
): { path: string; folder: boolean } | undefined {
  const writer = WRITERS[name];
  if (!writer) return undefined;
  const args = python.args(site);
  if (name === 'builtins.open') {
    const mode = args.arg(1, 'mode');
    if (mode?.kind !== 'literal' || !/[wax+]/.test(String(mode.value))) return undefined;
  }
  const path = pathOf(args.arg(writer.position, writer.keyword), delivered);
  return path === undefined || path === '' || path === ':memory:'
    ? undefined
    : { path, folder: writer.folder };
}

const above = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** A folder that the image has already need not be made. */
const isMade = (image: Image, folder: string): boolean =>
  image.runs.some(run =>
    run.commands.some(
      words => words[0] === 'mkdir' && words.some(word => absoluteIn(word, run.workdir) === folder),
    ),
  ) || image.contents.some(content => content.destination.replace(/\/+$/, '') === folder);

/** Files that reached code writes, and who owns their folder in the image that production starts. */
export default defineExtractor({
  id: 'python/standard/image-writes',
  reads: ['image', 'startPath', 'composeService', 'workload', 'envFile'],
  produces: ['imageWrite'],
  understands: hasPython,
  *extract({ python, facts, repository }): Generator<ImageWrite> {
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    // A named volume takes over what the image has there, owner included; a folder of the host does not.
    const mounted = facts
      .all('composeService')
      .flatMap(service => service.volumes.filter(({ type }) => type === 'bind').map(({ target }) => target));
    for (const { site, ...target } of writes(python, deliveredIn(facts))) {
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
