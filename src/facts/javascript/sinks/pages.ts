import type { Page, RawOutput } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { piecesOf } from '../../code/flow/pieces.ts';
import { MARKUP } from '../../code/flow/policy.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { answersEnding } from '../answers.ts';
import { bodiesOfKoa, isHtml, returnedPages, typeSaid } from '../html.ts';

const pageAt = (node: CodeView, site: CallSite, name: string): Page => ({
  kind: 'page',
  at: node.at(site.scope, site.call),
  name,
  reached: node.reached(site),
});

const firstOf = ({ call }: CallSite): Expression | undefined =>
  call.args[0]?.spread === '' ? call.args[0].value : undefined;

/** The name that stands in a call, or how it is called. */
function written(node: CodeView, site: CallSite, otherwise: string): string {
  const term = node.args(site).arg(0, '');
  return term?.kind === 'literal' && typeof term.value === 'string' ? term.value : otherwise;
}

function* rendered(node: CodeView): Generator<Page> {
  for (const site of answersEnding(node, 'render', 'view'))
    yield pageAt(node, site, written(node, site, 'a template'));
  for (const site of answersEnding(node, 'sendFile', 'sendfile')) {
    const path = firstOf(site);
    const text = path ? node.textOf(site.scope, path) : '';
    const name = /([\w.-]+\.html?)\b/.exec(text)?.[1];
    if (name) yield pageAt(node, site, name);
  }
  for (const site of answersEnding(node, 'html')) yield pageAt(node, site, 'a page made in code');
}

/** `res.send("<!doctype html>…")` */
function* sent(node: CodeView): Generator<Page> {
  for (const site of answersEnding(node, 'send', 'end')) {
    const text = firstOf(site);
    if (!text || !/^(string|template|binary|name|call)$/.test(text.kind)) continue;
    const said = typeSaid(node, site);
    const isPage =
      said === undefined
        ? /^express/.test(node.nameOf(site.call.callee, site.scope)) &&
          piecesOf(node, text, site.scope, MARKUP).some(isHtml)
        : /html/.test(said);
    if (isPage) yield pageAt(node, site, 'a page made in code');
  }
}

/** Calls that turn the escaping of an engine off, with the option and the value that does it. */
const SWITCHES: readonly (readonly [name: string, position: number, option: string, off: boolean])[] = [
  ['nunjucks.configure', 0, 'autoescape', false],
  ['nunjucks.configure', 1, 'autoescape', false],
  ['nunjucks.Environment', 1, 'autoescape', false],
  ['handlebars.compile', 1, 'noEscape', true],
  ['eta.Eta', 0, 'autoEscape', false],
];

function* unescaped(node: CodeView): Generator<RawOutput> {
  for (const [name, position, option, off] of SWITCHES)
    for (const site of node.calls(name)) {
      const args = node.args(site);
      const options = args.arg(position, '');
      const said = options && args.member(options, option);
      if (said?.kind !== 'literal' || said.value !== off || node.reached(site) === 'no') continue;
      yield {
        kind: 'rawOutput',
        at: node.at(site.scope, site.call),
        way: `${option}: ${off}`,
        what: 'every value of its templates',
        data: 'data',
      };
    }
}

/** Where the service answers with HTML, and where it turns the escaping of its templates off. */
export default defineExtractor({
  id: 'javascript/sinks/pages',
  reads: [],
  produces: ['page', 'rawOutput'],
  understands: hasNode,
  *extract({ node }): Generator<Page | RawOutput> {
    yield* rendered(node);
    yield* sent(node);
    for (const { site, text } of bodiesOfKoa(node))
      if (piecesOf(node, text, site.scope, MARKUP).some(isHtml))
        yield {
          kind: 'page',
          at: node.at(site.scope, text),
          name: 'a page made in code',
          reached: node.reached(site),
        };
    for (const { handler, text, scope } of returnedPages(node))
      yield {
        kind: 'page',
        at: node.at(scope, text),
        name: 'a page made in code',
        reached: handler.route.reached,
      };
    yield* unescaped(node);
  },
});
