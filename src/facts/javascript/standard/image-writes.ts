import type { Expression } from '../../../read/syntax.ts';
import { folderOf, joinPath } from '../../../read/documents/path.ts';
import { deliveredIn, imageWrites, pathOf, type Delivered, type Write } from '../../code/image-writes.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { defineExtractor, hasNode, type ServiceView } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';

const MODULES = ['fs', 'fs/promises', 'fs-extra', 'graceful-fs'];

const named = (...words: readonly string[]): readonly string[] =>
  MODULES.flatMap(module => words.flatMap(word => [`${module}.${word}`, `${module}.${word}Sync`]));

interface Writer {
  readonly names: readonly string[];
  /** Where the path stands, and the option that holds it; empty for none. */
  readonly position: number;
  readonly option: string;
  /** What is given is a folder that is made, or one into which something is written. */
  readonly is: 'file' | 'folder' | 'around';
}

const WRITERS: readonly Writer[] = [
  {
    names: named('writeFile', 'appendFile', 'createWriteStream', 'outputFile', 'writeJson', 'outputJson'),
    position: 0,
    option: '',
    is: 'file',
  },
  { names: named('copyFile', 'rename', 'copy', 'move'), position: 1, option: '', is: 'file' },
  { names: named('mkdir', 'ensureDir', 'mkdirp'), position: 0, option: '', is: 'folder' },
  {
    names: [
      'better-sqlite3.Database',
      'sqlite3.Database',
      'sqlite.DatabaseSync',
      'pino.destination',
      'lowdb/node.JSONFile',
    ],
    position: 0,
    option: '',
    is: 'file',
  },
  {
    names: [
      'winston.transports.File',
      'winston.transports.DailyRotateFile',
      'winston-daily-rotate-file',
      'nedb',
      '@seald-io/nedb',
    ],
    position: 0,
    option: 'filename',
    is: 'file',
  },
  { names: ['multer'], position: 0, option: 'dest', is: 'around' },
  { names: ['multer.diskStorage'], position: 0, option: 'destination', is: 'around' },
];

const DEEPEST = 6;

/** What of a path can be told: from the folder in which the service is started. */
interface Paths {
  readonly node: CodeView;
  readonly root: string;
  readonly delivered: Delivered;
}

const REST = '…';

/** Parts one after the other, up to the first that cannot be told. */
function together(parts: readonly (string | undefined)[], between: string): string | undefined {
  const open = parts.indexOf(undefined);
  if (open === -1) return parts.join(between);
  const head = parts.slice(0, open).join(between);
  if (between === '/') return open === 0 ? undefined : `${head}/${REST}`;
  return head.includes('/') ? `${head.slice(0, head.lastIndexOf('/') + 1)}${REST}` : undefined;
}

function pathIn(paths: Paths, { expression, scope }: Written, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined;
  const again = (inner: Expression): string | undefined =>
    pathIn(paths, { expression: inner, scope }, depth + 1);
  switch (expression.kind) {
    case 'string':
      return expression.value;
    case 'template':
      return together(expression.parts.map(again), '');
    case 'binary':
      return expression.operator === '+'
        ? together([again(expression.left), again(expression.right)], '')
        : undefined;
    case 'call':
      return pathOfCall(paths, expression, scope, again);
    case 'name':
    case 'attribute': {
      const text = paths.node.textOf(scope, expression);
      if (/^(__dirname|import\.meta\.dirname)$/.test(text)) return beside(paths, scope);
      const written = writtenAs(paths.node, expression, scope);
      return written.expression === expression
        ? pathOf(paths.node.evaluate(expression, scope), paths.delivered)
        : pathIn(paths, written, depth + 1);
    }
    default:
      return pathOf(paths.node.evaluate(expression, scope), paths.delivered);
  }
}

/** The folder of a module, seen from the folder of the service. */
function beside({ root }: Paths, { module }: Scope): string {
  const folder = folderOf(module.path);
  const inside = root === '' ? folder : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : '';
  return inside === '' ? '.' : inside;
}

function pathOfCall(
  paths: Paths,
  call: Expression & { readonly kind: 'call' },
  scope: Scope,
  again: (inner: Expression) => string | undefined,
): string | undefined {
  const { node } = paths;
  const name = node.nameOf(call.callee, scope);
  if (name === 'process.cwd') return '.';
  if (/^path\.(posix\.)?(join|resolve)$/.test(name)) {
    const joined = together(
      call.args.map(({ value }) => again(value)),
      '/',
    );
    return joined === undefined ? undefined : joinPath('', joined);
  }
  if (/fileURLToPath$/.test(name)) {
    const [url] = call.args;
    const given = url?.value.kind === 'call' ? url.value.args[0]?.value : undefined;
    return given?.kind === 'string' ? joinPath(beside(paths, scope), given.value) : undefined;
  }
  return pathOf(node.evaluate(call, scope), paths.delivered);
}

/** Everything that is written on the way that production takes. */
function* writes({ node, service, facts }: ServiceView): Generator<Write> {
  const paths: Paths = { node, root: service.root, delivered: deliveredIn(facts) };
  for (const { names, position, option, is } of WRITERS)
    for (const site of node.calls(...names)) {
      const value = site.call.args[position]?.value;
      if (!value || node.reached(site) !== 'yes') continue;
      const given: Written = { expression: value, scope: site.scope };
      const target = option === '' ? given : optionOf(node, given, option);
      const path = target && pathIn(paths, target);
      if (path === undefined || path === '' || path === ':memory:' || path === REST) continue;
      yield { site, path: is === 'around' ? `${path}/${REST}` : path, folder: is === 'folder' };
    }
}

/** Files that reached code writes, and who owns their folder in the image that production starts. */
export default defineExtractor({
  id: 'javascript/standard/image-writes',
  reads: ['image', 'startPath', 'composeService', 'workload', 'envFile'],
  produces: ['imageWrite'],
  understands: hasNode,
  extract: view => imageWrites(view.node, writes(view), view.facts, view.repository),
});
