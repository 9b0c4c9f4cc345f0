import { statementsIn } from '../../../read/walk.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { CallSite } from '../../code/sites.ts';
import { chainOf } from '../../code/steps.ts';
import type { CodeView } from '../../code/view.ts';
import type { Handler } from '../handler.ts';
import { insideWith, type Frame } from './frame.ts';

/** What sends an answer, on the answer itself or on its class. */
const SENDS = /^(json|send|jsonp|end|render)$/;
const ANSWERS = /^(res|response|reply|rep|ctx|context|c|h|Response|NextResponse)$/;
/** Frameworks that answer with what the handler returns. */
const RETURNED = /^(fastify|@nestjs|@hapi|next|hono|elysia|h3|server action)/;

/** One value that a handler answers with. */
export interface AnsweredValue {
  readonly frame: Frame;
  readonly expression: Parameters<CodeView['evaluate']>[0];
}

const isAnswer = (node: CodeView, { call, scope }: CallSite): boolean => {
  const { callee } = call;
  if (callee.kind !== 'attribute' || !SENDS.test(callee.name)) return false;
  const { root } = chainOf(callee.object);
  return (
    root.kind === 'name' &&
    (ANSWERS.test(root.name) || /(Response|Reply|Context)\(\)/.test(node.nameOf(root, scope)))
  );
};

/** Functions that are handed the answer, `sendResult(res, rows)`, are looked into. */
const DEEPEST = 2;

/** Everything that a handler answers with: what it sends, and what it returns where that is the answer. */
export function answeredBy(
  node: CodeView,
  { function: of, registration }: Handler,
): readonly AnsweredValue[] {
  if (!of) return [];
  const found: AnsweredValue[] = [];
  const seen = new Set<FunctionDefinition>();
  const visit = (entity: FunctionEntity, frame: Frame, depth: number): void => {
    if (seen.has(entity.definition)) return;
    seen.add(entity.definition);
    for (const site of node.code.search.callsInside(entity.definition)) {
      const inner = { ...frame, scope: site.scope };
      if (isAnswer(node, site)) {
        const { callee, args } = site.call;
        const isPage = callee.kind === 'attribute' && callee.name === 'render';
        for (const { value } of isPage ? args.slice(1) : args.slice(0, 1))
          found.push({ frame: inner, expression: value });
      } else if (depth < DEEPEST && givesAnswer(site)) {
        const callee = node.resolve(site.call.callee, site.scope);
        if (callee?.kind === 'function') visit(callee, insideWith(node, callee, site.call, inner), depth + 1);
      }
    }
    for (const statement of statementsIn(entity.definition.body))
      if (statement.kind === 'assign' && statement.value)
        for (const target of statement.targets)
          if (
            target.kind === 'attribute' &&
            target.name === 'body' &&
            /^(ctx|context)$/.test(rootName(target.object))
          )
            found.push({ frame, expression: statement.value });
  };
  const start: Frame = { scope: node.code.resolver.insideOf(of), given: new Map(), depth: 0 };
  visit(of, start, 0);
  if (!registration || RETURNED.test(node.nameOf(registration.call.callee, registration.scope)))
    for (const statement of statementsIn(of.definition.body))
      if (statement.kind === 'return' && statement.value)
        found.push({ frame: start, expression: statement.value });
  return found;
}

const rootName = (expression: AnsweredValue['expression']): string =>
  expression.kind === 'name' ? expression.name : '';

const givesAnswer = ({ call }: CallSite): boolean =>
  call.args.some(({ value }) => ANSWERS.test(rootName(value)));
