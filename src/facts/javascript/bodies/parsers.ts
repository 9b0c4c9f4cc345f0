import type { Location } from '../../../model/index.ts';
import type { Call } from '../../../read/syntax.ts';
import { expressionsOf, wordOf, type Body } from '../../code/bodies.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { optionOf } from '../fastify/instances.ts';
import { libraryPlugins } from '../fastify/plugins.ts';
import type { Handler } from '../handler.ts';
import { nestParserFor } from '../nestjs/uploads.ts';
import { formFor } from './forms.ts';
import { placeOf, setUpOf } from './multer.ts';
import type { Parser } from './parser.ts';

/** Parsers that do not know more of themselves. */
const PLAIN = { typed: undefined, looked: undefined, asks: [], isOpen: false } as const;

interface Made {
  readonly call: Call;
  readonly scope: Scope;
}

const atOf = (node: CodeView, { call, scope }: Made): Location => node.at(scope, call);

const optionsOf = ({ call, scope }: Made): Written | undefined => {
  const first = call.args[0]?.value;
  return first && { expression: first, scope };
};

/** `multer({ limits: { fileSize } })` */
const sizeIn = (
  node: CodeView,
  options: Written | undefined,
  ...names: readonly string[]
): Location | undefined => {
  const limits = optionOf(node, options, 'limits');
  const found = names
    .map(name => optionOf(node, limits, name) ?? optionOf(node, options, name))
    .find(each => each);
  return placeOf(node, found);
};

const filterIn = (node: CodeView, options: Written | undefined): Written | undefined =>
  optionOf(node, options, 'fileFilter') ?? optionOf(node, options, 'filter');

function ofMulter(node: CodeView, made: Made, takenAt: Location, what: string): Parser {
  const options = optionsOf(made);
  return {
    at: atOf(node, made),
    takenAt,
    what,
    ...PLAIN,
    ...setUpOf(node, name => optionOf(node, options, name)),
  };
}

/** `upload.single("photo")` before the handler, on its route, its router or the app. */
function multerFor(node: CodeView, handler: Handler, bodies: readonly Body[]): Parser | undefined {
  for (const layer of handler.before) {
    // What stands before all routes matters to those that take a file.
    if (layer.covers === 'no' || (layer.level === 'app' && !takenIn(node, bodies, /^files?$/))) continue;
    const written = writtenAs(node, layer.expression, layer.scope);
    if (written.expression.kind !== 'call') continue;
    const { callee } = written.expression;
    const name = node.nameOf(callee, written.scope);
    const [, word = ''] =
      /^(?:multer|@koa\/multer|koa-multer|fastify-multer)\(\)\.(single|array|fields|any)$/.exec(name) ?? [];
    const entity = callee.kind === 'attribute' ? node.resolve(callee.object, written.scope) : undefined;
    if (word !== '' && entity?.kind === 'external' && entity.made)
      return ofMulter(node, entity.made, node.at(layer.scope, layer.expression), `${word}()`);
  }
  return undefined;
}

interface Library {
  /** Canonical names of the calls that set it up. */
  readonly setUp: RegExp;
  /** Words by which the files are asked for in a handler. */
  readonly taken: RegExp;
  /** Options that limit the size. */
  readonly limits: readonly string[];
  /** It limits, keeps and names without being asked to. */
  readonly byItself: { readonly limits: boolean; readonly keeps: boolean; readonly names: boolean };
}

/** Parsers that a handler sets up itself, or that stand before all handlers. */
const LIBRARIES: readonly Library[] = [
  {
    setUp: /^express-fileupload$/,
    taken: /^files$/,
    limits: ['fileSize'],
    byItself: { limits: false, keeps: false, names: false },
  },
  {
    setUp: /^(formidable(\.\w+)?|formidable\.IncomingForm|multiparty\.Form)$/,
    taken: /^parse$/,
    limits: ['maxFileSize', 'maxTotalFileSize', 'maxFilesSize'],
    byItself: { limits: true, keeps: true, names: true },
  },
  {
    setUp: /^(busboy|@fastify\/busboy|connect-busboy)$/,
    taken: /^(busboy|pipe|on)$/,
    limits: ['fileSize'],
    byItself: { limits: false, keeps: false, names: false },
  },
];

/** A parser that is set up in the handler itself, or as middleware before it. */
function ownFor(node: CodeView, handler: Handler, bodies: readonly Body[]): Parser | undefined {
  for (const body of bodies)
    for (const expression of expressionsOf(body)) {
      if (expression.kind !== 'call') continue;
      const name = node.nameOf(expression.callee, body.scope);
      const library = LIBRARIES.find(({ setUp }) => setUp.test(name));
      if (library)
        return madeBy(
          node,
          library,
          { call: expression, scope: body.scope },
          node.at(body.scope, expression),
        );
    }
  for (const layer of handler.before) {
    const written = writtenAs(node, layer.expression, layer.scope);
    if (written.expression.kind !== 'call' || layer.covers === 'no') continue;
    const name = node.nameOf(written.expression.callee, written.scope);
    const library = LIBRARIES.find(({ setUp }) => setUp.test(name));
    const taken = library && takenIn(node, bodies, library.taken);
    if (library && taken)
      return madeBy(node, library, { call: written.expression, scope: written.scope }, taken);
  }
  return undefined;
}

function takenIn(node: CodeView, bodies: readonly Body[], words: RegExp): Location | undefined {
  for (const body of bodies)
    for (const expression of expressionsOf(body))
      if (expression.kind === 'attribute' && words.test(expression.name))
        return node.at(body.scope, expression);
  return undefined;
}

function madeBy(node: CodeView, { limits, byItself }: Library, made: Made, takenAt: Location): Parser {
  const options = optionsOf(made);
  const at = atOf(node, made);
  const naming = optionOf(node, options, 'filename');
  return {
    at,
    takenAt,
    what: node.textOf(made.scope, made.call.callee),
    ...PLAIN,
    filter: filterIn(node, options),
    limits: sizeIn(node, options, ...limits) ?? (byItself.limits ? at : undefined),
    keeps: byItself.keeps,
    names: byItself.names && naming === undefined,
    naming: naming ? [naming] : [],
  };
}

const TAKES = /^(file|files|parts|saveRequestFiles)$/;

/** NestJS hands out a request whose type is not always said; on Express it has no such methods. */
const OF_REQUEST = /^(fastify\.FastifyRequest|express\.Request)\(\)\.\w+$/;

/** @fastify/multipart, which takes no file that is longer than a body may be. */
function multipartFor(node: CodeView, bodies: readonly Body[]): Parser | undefined {
  const [plugin] = libraryPlugins(node, '@fastify/multipart', 'fastify-multipart');
  if (!plugin) return undefined;
  for (const body of bodies)
    for (const expression of expressionsOf(body)) {
      if (expression.kind !== 'call' || !TAKES.test(wordOf(expression))) continue;
      if (!OF_REQUEST.test(node.nameOf(expression.callee, body.scope))) continue;
      const at = node.at(plugin.site.scope, plugin.site.call);
      const isSaved = wordOf(expression) === 'saveRequestFiles';
      return {
        at,
        takenAt: node.at(body.scope, expression),
        what: node.textOf(body.scope, expression.callee),
        ...PLAIN,
        filter: undefined,
        limits:
          sizeIn(node, optionsOf({ call: expression, scope: body.scope }), 'fileSize') ??
          sizeIn(node, plugin.options, 'fileSize') ??
          at,
        keeps: isSaved,
        names: isSaved,
        naming: [],
      };
    }
  return undefined;
}

/** The parser whose files a handler takes; `undefined` for a handler that takes none. */
export const parserFor = (node: CodeView, handler: Handler, bodies: readonly Body[]): Parser | undefined =>
  nestParserFor(node, handler) ??
  multerFor(node, handler, bodies) ??
  ownFor(node, handler, bodies) ??
  multipartFor(node, bodies) ??
  formFor(node, handler, bodies);
