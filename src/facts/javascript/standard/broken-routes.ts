import type { BrokenRoute, Repository } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import { joinPath } from '../../../read/documents/path.ts';
import type { Expression, Span } from '../../../read/syntax.ts';
import { holds } from '../../../read/text-filter.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode, type ServiceView } from '../../define.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';
import { GLOBALS } from '../names.ts';

interface Broken {
  readonly at: Span;
  readonly says: string;
}

/** Files of templates, by their endings. */
const TEMPLATE = /\.(ejs|pug|jade|hbs|handlebars|njk|nunjucks|html|mustache|liquid|eta|twig|vash|marko)$/;
const RENDERS = ['express.Response().render', 'fastify.FastifyReply().view'];

/** A template by its name, with an ending or without one. */
const hasTemplate = (repository: Repository, name: string): boolean =>
  repository.files.some(({ path }) => {
    const plain = TEMPLATE.test(name) ? path : path.replace(TEMPLATE, '');
    return TEMPLATE.test(path) && (plain === name || plain.endsWith(`/${name}`));
  });

/** Packages bring templates of their own, and builds make some: then the folder is not there either. */
const hasFolder = (repository: Repository, name: string): boolean =>
  repository.files.some(
    ({ path }) => TEMPLATE.test(path) && `/${path}`.includes(joinPath('/views', name).replace(/[^/]*$/, '')),
  );

function* missingTemplates(
  { node, repository }: ServiceView,
  expressions: readonly Expression[],
  scope: Scope,
): Generator<Broken> {
  for (const call of expressions) {
    const name = call.kind === 'call' ? call.args[0]?.value : undefined;
    if (call.kind !== 'call' || name?.kind !== 'string') continue;
    if (!RENDERS.includes(node.nameOf(call.callee, scope))) continue;
    if (hasFolder(repository, name.value) && !hasTemplate(repository, name.value))
      yield { at: call, says: `renders ${name.value}, which is not in the repository` };
  }
}

/** What every module has beside the globals that programs work with. */
const WORDS = new Set(
  'undefined NaN Infinity arguments this super new target global escape unescape DOMException Event EventTarget CustomEvent MessageChannel MessagePort MessageEvent BroadcastChannel SharedArrayBuffer ArrayBuffer DataView Atomics BigInt BigInt64Array BigUint64Array Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array AggregateError EvalError ReferenceError SyntaxError URIError WeakRef FinalizationRegistry WebAssembly ReadableStream WritableStream TransformStream CompressionStream DecompressionStream CryptoKey SubtleCrypto Crypto Performance Navigator clearImmediate Iterator React JSX async of get set static let yield await'.split(
    ' ',
  ),
);

/** Whether anything in the text could give this name a meaning. */
const isBoundSomewhere = (text: string, name: string): boolean => {
  const word = name.replace(/\$/g, '\\$&');
  return new RegExp(
    `(?<![\\w$.])${word}\\s*(=[^=]|=>|,|\\}|:)|\\b(const|let|var|function|class|import|catch|global|globals)\\b[^\\n]*(?<![\\w$])${word}(?![\\w$])|<${word}\\b`,
  ).test(text);
};

/** `global.db = …`, in whichever module. */
const isGlobal = (node: CodeView, name: string): boolean =>
  ['global.', 'globalThis.'].some(prefix => node.modules().some(({ file }) => holds(file, prefix + name)));

function* undefinedNames(
  node: CodeView,
  expressions: readonly Expression[],
  scope: Scope,
): Generator<Broken> {
  const { file, tree } = scope.module;
  // A compiler tells of such names in TypeScript; Sails makes its models known everywhere.
  if (!/\.[cm]?js$/.test(file.path) || tree.damage.length > 0 || /\bwith\s*\(|\beval\(/.test(file.text))
    return;
  if (node.imports('sails', '@strapi/strapi')) return;
  const seen = new Set<string>();
  for (const each of expressions) {
    if (each.kind !== 'name' || seen.has(each.name) || GLOBALS.has(each.name) || WORDS.has(each.name))
      continue;
    seen.add(each.name);
    if (node.code.resolver.bindings(each.name, scope, each.start)) continue;
    if (!isBoundSomewhere(file.text, each.name) && !isGlobal(node, each.name))
      yield { at: each, says: `uses ${each.name}, which nothing defines or imports` };
  }
}

/** `typeof window` asks whether there is one. */
const isAsked = (expressions: readonly Expression[], name: Expression): boolean =>
  expressions.some(each => each.kind === 'unary' && each.operator === 'typeof' && each.operand === name);

/** Of Express: nothing in the handler has to do with the response, and nothing else could answer. */
function* unanswered(
  node: CodeView,
  { before, registration }: Handler,
  of: FunctionEntity,
): Generator<Broken> {
  const { params, body, head } = of.definition;
  if (!registration) return;
  const isExpress = /^express(\.Router)?\(\)\./.test(
    node.nameOf(registration.call.callee, registration.scope),
  );
  if (!isExpress || body.length === 0 || before.some(({ level }) => level === 'route')) return;
  if (!registration.call.args.some(({ value }) => node.resolve(value, registration.scope) === of)) return;
  const [, ...answering] = params;
  const rest = node.textOf(of.scope, { start: head.end, end: of.definition.end });
  const mentions = (name: string) =>
    new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$&')}(?![\\w$])`).test(rest);
  if (
    params.some(({ pattern, spread }) => pattern || spread !== '') ||
    body.some(({ kind }) => kind === 'raise')
  )
    return;
  if (!answering.some(({ name }) => mentions(name)) && !/\breq(uest)?\.res\b|\barguments\b/.test(rest))
    yield { at: head, says: 'never answers: its handler does nothing with the response' };
}

function* brokenIn(view: ServiceView, handler: Handler, of: FunctionEntity): Generator<Broken> {
  const scope = of.scope.inner(of.definition);
  const expressions = [...statementsIn(of.definition.body)].flatMap(headOf).flatMap(expressionsIn);
  yield* missingTemplates(view, expressions, scope);
  yield* undefinedNames(
    view.node,
    expressions.filter(each => each.kind !== 'name' || !isAsked(expressions, each)),
    scope,
  );
  yield* unanswered(view.node, handler, of);
}

/** Routes that cannot succeed as they are written: a template or a name is missing, or nobody answers. */
export default defineExtractor({
  id: 'javascript/standard/broken-routes',
  reads: [],
  produces: ['brokenRoute'],
  understands: hasNode,
  *extract(view): Generator<BrokenRoute> {
    for (const handler of nodeHandlers(view.node)) {
      const { route, function: of } = handler;
      if (!of || route.reached === 'no' || of.scope.module.file.role !== 'production') continue;
      for (const { at, says } of brokenIn(view, handler, of))
        yield { kind: 'brokenRoute', at: view.node.at(of.scope, at), route: routeName(route), says, way: [] };
    }
  },
});
