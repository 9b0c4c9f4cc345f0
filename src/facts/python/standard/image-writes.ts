import { deliveredIn, imageWrites, pathOf, type Delivered, type Write } from '../../code/image-writes.ts';
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

/** Methods of a path that write: the path is what they are called on. */
const OF_PATH: Readonly<Record<string, boolean>> = {
  mkdir: true,
  write_text: false,
  write_bytes: false,
  touch: false,
};

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

/** Files that reached code writes, and who owns their folder in the image that production starts. */
export default defineExtractor({
  id: 'python/standard/image-writes',
  reads: ['image', 'startPath', 'composeService', 'workload', 'envFile'],
  produces: ['imageWrite'],
  understands: hasPython,
  extract: ({ python, facts, repository }) =>
    imageWrites(python, writes(python, deliveredIn(facts)), facts, repository),
});
