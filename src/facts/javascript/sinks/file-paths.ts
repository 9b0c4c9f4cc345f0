import type { DataOrigin, Sink } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { originOf } from '../../code/flow/flow.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { piecesOf } from '../../code/flow/pieces.ts';
import { PATH } from '../../code/flow/policy.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { answersEnding } from '../answers.ts';

/** Functions of files that take one path, and those that take two. */
const ONE =
  'readFile writeFile appendFile unlink rm rmdir readdir mkdir open opendir truncate createReadStream createWriteStream remove outputFile readJson readJSON writeJson writeJSON outputJson ensureDir ensureFile emptyDir mkdirp'.split(
    ' ',
  );
const TWO = ['rename', 'copyFile', 'cp', 'copy', 'move', 'symlink', 'link'];
const MODULES = ['fs', 'fs/promises', 'fs-extra', 'graceful-fs'];

const named = (words: readonly string[]): readonly string[] =>
  MODULES.flatMap(module => words.flatMap(word => [`${module}.${word}`, `${module}.${word}Sync`]));

/** Calls by canonical name, with the positions of the paths among their arguments. */
const CALLS: readonly (readonly [names: readonly string[], positions: readonly number[]])[] = [
  [named(ONE), [0]],
  [named(TWO), [0, 1]],
  [['Bun.file', 'Bun.write', 'sharp().toFile', 'rimraf', 'del'], [0]],
];

const argumentOf = ({ call }: CallSite, position: number): Expression | undefined =>
  call.args.every(arg => arg.spread === '') ? call.args[position]?.value : undefined;

interface Touched {
  readonly site: CallSite;
  readonly callee: string;
  readonly path: Expression;
}

function* touched(node: CodeView): Generator<Touched> {
  for (const [names, positions] of CALLS)
    for (const site of node.calls(...names))
      for (const position of positions) {
        const path = argumentOf(site, position);
        const callee = node.textOf(site.scope, site.call.callee).replace(/\s+/g, '').slice(0, 40);
        if (path) yield { site, callee, path };
      }
  // `req.files.photo.mv(path)` of express-fileupload.
  for (const site of node.callsEnding('mv')) {
    const { callee } = site.call;
    const path = argumentOf(site, 0);
    if (
      callee.kind === 'attribute' &&
      path &&
      originsFor(node, PATH).of(callee.object, site.scope).kind === 'input'
    )
      yield { site, callee: 'mv', path };
  }
}

/** `require(name)`, `import(name)`, `res.render(name)`: which file that is matters only when a caller names it. */
function* loaded(node: CodeView): Generator<Touched> {
  for (const site of node.callsEnding('require', 'import')) {
    const path = argumentOf(site, 0);
    if (site.call.callee.kind === 'name' && path && path.kind !== 'string')
      yield { site, callee: site.call.callee.name, path };
  }
  for (const site of answersEnding(node, 'render', 'view')) {
    const path = argumentOf(site, 0);
    if (path && path.kind !== 'string') yield { site, callee: 'render', path };
  }
}

/** `sendFile` and `download` of Express keep inside of `root`, those of Fastify always have one. */
function* sent(node: CodeView): Generator<Sink> {
  for (const site of answersEnding(node, 'sendFile', 'sendfile', 'download')) {
    const path = argumentOf(site, 0);
    if (!path) continue;
    const word = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
    const by = confinedBy(node, site, word, path);
    yield factOf(
      node,
      { site, callee: word, path },
      by === ''
        ? originsFor(node, PATH).of(path, site.scope)
        : originOf('checked', by, node.at(site.scope, site.call)),
    );
  }
  for (const site of node.calls('koa-send', '@koa/send', 'send')) {
    const path = argumentOf(site, 1);
    if (path)
      yield factOf(
        node,
        { site, callee: 'send', path },
        originOf('checked', 'send keeps the path inside its folder', node.at(site.scope, site.call)),
      );
  }
}

/** What keeps a file that is sent inside of a folder; empty for nothing. */
function confinedBy(node: CodeView, site: CallSite, word: string, path: Expression): string {
  if (node.nameOf(site.call.callee, site.scope).startsWith('fastify'))
    return `${word} keeps the path inside the folder of its plugin`;
  const args = node.args(site);
  for (const position of [1, 2]) {
    const options = args.arg(position, '');
    if (options && args.member(options, 'root')) return `${word} keeps the path inside of its root`;
  }
  // `download` resolves the path first, and what `join` made has no `..` left that could be refused.
  const isRefused = word !== 'download' && isPutTogether(node, path, site);
  return isRefused ? `${word} refuses a path with ..` : '';
}

/** A text with a written or own beginning, in which `..` would still stand. */
function isPutTogether(node: CodeView, path: Expression, { scope }: CallSite): boolean {
  const written = writtenAs(node, path, scope);
  const { expression } = written;
  if (expression.kind !== 'template' && expression.kind !== 'binary') return false;
  return piecesOf(node, expression, written.scope, PATH).every(([first]) =>
    first?.kind === 'text' ? first.value !== '' : first !== undefined && first.origin.kind !== 'input',
  );
}

const factOf = (node: CodeView, { site, callee }: Touched, origin: DataOrigin): Sink => ({
  kind: 'sink',
  at: node.at(site.scope, site.call),
  of: 'file-path',
  callee,
  origin,
  whole: true,
  reached: node.reached(site),
});

/** Files that the service opens, writes, sends, loads or removes, and who chooses their path. */
export default defineExtractor({
  id: 'javascript/sinks/file-paths',
  reads: [],
  produces: ['sink'],
  understands: hasNode,
  *extract({ node }): Generator<Sink> {
    const origins = originsFor(node, PATH);
    for (const each of touched(node)) yield factOf(node, each, origins.of(each.path, each.site.scope));
    yield* sent(node);
    for (const each of loaded(node)) {
      const origin = origins.of(each.path, each.site.scope);
      if (origin.kind === 'input') yield factOf(node, each, origin);
    }
  },
});
