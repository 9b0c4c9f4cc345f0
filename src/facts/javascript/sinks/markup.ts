import type { DataOrigin, Location, Sink, Truth } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { worstOf } from '../../code/flow/flow.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { piecesOf, type Pieces } from '../../code/flow/pieces.ts';
import { MARKUP } from '../../code/flow/policy.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { answersEnding } from '../answers.ts';
import { bodiesOfKoa, isHtml, returnedPages, typeSaid } from '../html.ts';

/** Calls that make a template of the text that they are given. */
const TEMPLATES = [
  'ejs.render',
  'ejs.compile',
  'pug.render',
  'pug.compile',
  'jade.render',
  'jade.compile',
  'handlebars.compile',
  'handlebars.precompile',
  'hbs.compile',
  'hbs.handlebars.compile',
  'nunjucks.renderString',
  'nunjucks.compile',
  'nunjucks.Environment().renderString',
  'nunjucks.configure().renderString',
  'lodash.template',
  'underscore.template',
  'dot.template',
  'dot.compile',
  'eta.Eta().renderString',
  'eta.renderString',
  'eta.compile',
  'squirrelly.render',
];
/** Calls that take a text for markup: what they give is not escaped any more. */
const RAW = ['handlebars.SafeString', 'hono/html.raw', 'hono/utils/html.raw'];

function* given(node: CodeView, names: readonly string[], of: Sink['of']): Generator<Sink> {
  for (const name of names)
    for (const site of node.calls(name)) {
      const text = site.call.args[0];
      if (!text || text.spread !== '') continue;
      yield {
        kind: 'sink',
        at: node.at(site.scope, site.call),
        of,
        callee: name.replaceAll('()', ''),
        origin: originsFor(node, MARKUP).of(text.value, site.scope),
        whole: true,
        reached: node.reached(site),
      };
    }
}

/** Parts of a request that a link brings along: a page that repeats them can be sent to anybody. */
const IN_LINKS = /^(query parameters|path parameters|address of the request)/;

/** What is put into a text that is sent as a page. */
function putInto(ways: readonly Pieces[], text: Expression): readonly DataOrigin[] {
  const holes = (pieces: Pieces) => pieces.flatMap(piece => (piece.kind === 'hole' ? [piece.origin] : []));
  const html = ways.filter(isHtml).flatMap(holes);
  if (html.length > 0) return html;
  // Express sends every text as HTML; what is no page matters only where a link can bring it.
  const isText = text.kind === 'template' || text.kind === 'binary';
  return ways
    .filter(pieces => isText || pieces.length === 1)
    .flatMap(holes)
    .filter(origin => origin.kind === 'input' && IN_LINKS.test(origin.says));
}

/** `res.send("<h1>" + name)`, `reply.type("text/html").send(…)`, `c.html(…)`, `res.end(…)` */
function* answered(node: CodeView): Generator<Sink> {
  for (const site of answersEnding(node, 'send', 'end', 'write', 'html')) {
    const text = site.call.args[0];
    if (!text || text.spread !== '' || !TEXTS.test(text.value.kind)) continue;
    const word = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
    const ways = piecesOf(node, text.value, site.scope, MARKUP);
    const holes = word === 'html' || isPage(node, site, word, ways) ? putInto(ways, text.value) : [];
    const [first] = holes;
    if (first) yield factAt(node.at(site.scope, text.value), word, worstOf(holes, first), node.reached(site));
  }
}

/** `ctx.body = `<h1>${ctx.query.name}</h1>`` of Koa, where nothing says that it is something else. */
function* kept(node: CodeView): Generator<Sink> {
  for (const { site, text } of bodiesOfKoa(node)) {
    const holes = piecesOf(node, text, site.scope, MARKUP)
      .filter(isHtml)
      .flatMap(pieces => pieces.flatMap(piece => (piece.kind === 'hole' ? [piece.origin] : [])));
    const [first] = holes;
    if (first)
      yield factAt(node.at(site.scope, text), 'the answer', worstOf(holes, first), node.reached(site));
  }
}

/** The text of a page that a handler gives back. */
function* returned(node: CodeView): Generator<Sink> {
  for (const { handler, text, scope } of returnedPages(node)) {
    const holes = putInto(piecesOf(node, text, scope, MARKUP), text);
    const [first] = holes;
    if (first) yield factAt(node.at(scope, text), 'the answer', worstOf(holes, first), handler.route.reached);
  }
}

const TEXTS = /^(template|binary|name|attribute|call|subscript|logical)$/;

/** Whether what is sent is taken for HTML: by what is said of its type, else by what the framework does with text. */
function isPage(node: CodeView, site: CallSite, word: string, ways: readonly Pieces[]): boolean {
  const said = typeSaid(node, site);
  if (said !== undefined) return /html/.test(said);
  const name = node.nameOf(site.call.callee, site.scope);
  if (name.startsWith('express')) return word === 'send' || ways.some(isHtml);
  return false;
}

const factAt = (at: Location, callee: string, origin: DataOrigin, reached: Truth): Sink => ({
  kind: 'sink',
  at,
  of: 'markup',
  callee,
  origin,
  whole: false,
  reached,
});

/** Text that is taken for HTML or for the source of a template. */
export default defineExtractor({
  id: 'javascript/sinks/markup',
  reads: [],
  produces: ['sink'],
  understands: hasNode,
  *extract({ node }): Generator<Sink> {
    yield* given(node, TEMPLATES, 'template-source');
    yield* given(node, RAW, 'markup');
    yield* answered(node);
    yield* returned(node);
    yield* kept(node);
  },
});
