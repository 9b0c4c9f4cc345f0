import type { Expression } from '../../read/syntax.ts';
import type { Pieces } from '../code/flow/pieces.ts';
import { resultsIn } from '../code/results.ts';
import type { Scope } from '../code/scopes.ts';
import type { CallSite, StatementSite } from '../code/sites.ts';
import type { CodeView } from '../code/view.ts';
import type { Handler } from './handler.ts';
import { nodeHandlers } from './handlers.ts';

/** A text that begins as markup does. */
export const isHtml = (pieces: Pieces): boolean => {
  const first = pieces.find(piece => piece.kind === 'hole' || piece.value.trim() !== '');
  return first?.kind === 'text' && /^\s*<[a-z!]/i.test(first.value);
};

/** `type("html")`, `setHeader("Content-Type", "text/html")`, `writeHead(200, { "Content-Type": … })` */
const SAYS_TYPE =
  /\.\s*(?:type|contentType)\(\s*["'`]([^"'`]+)["'`]|["'`]content-type["'`]\s*[,:]\s*["'`]([^"'`]+)["'`]/gi;

/** The type that the function around an answer says it to be; `undefined` where nothing says so. */
export function typeSaid(node: CodeView, { scope, statement, call }: CallSite): string | undefined {
  const { definition, parent } = scope;
  return lastType(
    definition?.kind === 'function' && parent
      ? node.textOf(parent, definition).slice(0, call.end - definition.start)
      : node.textOf(scope, statement),
  );
}

function lastType(text: string): string | undefined {
  const said = [...text.matchAll(SAYS_TYPE)].at(-1);
  return said && (said[1] ?? said[2]);
}

/** A text that a handler gives back as the page that it has said it to be. */
export interface Returned {
  readonly handler: Handler;
  readonly text: Expression;
  readonly scope: Scope;
}

/** `reply.type("text/html"); return `<b>…</b>`` */
export const returnedPages = (node: CodeView): readonly Returned[] =>
  nodeHandlers(node).flatMap(handler => {
    const of = handler.function;
    if (!of || !/html/.test(lastType(node.textOf(of.scope, of.definition)) ?? '')) return [];
    const scope = of.scope.inner(of.definition);
    return resultsIn(of.definition)
      .filter(({ kind }) => kind === 'template' || kind === 'binary' || kind === 'string')
      .map(text => ({ handler, text, scope }));
  });

/** What Koa answers with: `ctx.body = …`. */
export function* bodiesOfKoa(
  node: CodeView,
): Generator<{ readonly site: StatementSite; readonly text: Expression }> {
  if (!node.imports('koa')) return;
  for (const site of node.statements('.body')) {
    const { statement, scope } = site;
    const [target] = statement.kind === 'assign' ? statement.targets : [];
    if (
      statement.kind !== 'assign' ||
      !statement.value ||
      target?.kind !== 'attribute' ||
      target.name !== 'body'
    )
      continue;
    if (/^koa\.Context\(\)(\.response)?$/.test(node.nameOf(target.object, scope)))
      yield { site, text: statement.value };
  }
}
