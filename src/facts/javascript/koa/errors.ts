import type { Handler, Statement } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { CodeView } from '../../code/view.ts';
import type { Catcher } from '../errors/catcher.ts';
import { ownMiddleware } from '../middleware.ts';
import { mountOfFunction } from '../mounted.ts';

/** Middleware with `try { await next() } catch (error) { … }`: it catches what all that comes after it throws. */
export function koaCatchers(node: CodeView): readonly Catcher[] {
  if (!node.imports('koa')) return [];
  return ownMiddleware(node).flatMap(({ function: of }) => {
    const handler = catchesNext(node, of);
    if (!handler) return [];
    const { covers, wired } = mountOfFunction(node, of.definition);
    return [
      {
        function: of,
        error: -1,
        at: node.at(of.scope, of.definition.head),
        covers: covers === 'app' ? ('app' as const) : ('part' as const),
        answers: throwsAgain(handler) ? ('none' as const) : ('all' as const),
        catches: 'everything',
        isLogged: false,
        wired,
      },
    ];
  });
}

function catchesNext(node: CodeView, { definition, scope }: FunctionEntity): Handler | undefined {
  const next = definition.params[1]?.name;
  if (next === undefined) return undefined;
  const inside = scope.inner(definition);
  for (const statement of definition.body) {
    if (statement.kind !== 'try') continue;
    const [handler] = statement.handlers;
    const text = node.textOf(inside, { start: statement.start, end: handler?.start ?? statement.end });
    if (handler && new RegExp(`\\b${next}\\(`).test(text)) return handler;
  }
  return undefined;
}

const throwsAgain = ({ body }: Handler): boolean =>
  [...statementsIn(body)].some((statement: Statement) => statement.kind === 'raise');
