import type { ExposedError } from '../../../model/index.ts';
import { isHealthRoute } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { functionAround } from '../../code/at-start.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor } from '../../define.ts';
import { inProduction } from '../conditions.ts';
import { replacesHandler } from '../fastify/errors.ts';
import { readsFramework } from '../frameworks.ts';
import { nodeHandlers } from '../handlers.ts';
import { exposedByApollo } from '../nestjs/graphql.ts';
import { nestRouting } from '../nestjs/handlers.ts';
import { catchersOf } from './catchers.ts';
import { answersIn, type Sent } from '../answers/sent.ts';
import { textsOfErrors, type ErrorText } from './texts.ts';

/** What tells probes how the service does. */
const healthFunctions = (node: CodeView): ReadonlySet<FunctionDefinition> =>
  new Set(
    nodeHandlers(node).flatMap(({ route, function: of }) =>
      of && isHealthRoute(route) === 'yes' ? [of.definition] : [],
    ),
  );

/** Fastify sends the message of every error by itself, unless an own handler takes its place. */
function* byFastify(node: CodeView): Generator<ExposedError> {
  if (replacesHandler(node)) return;
  for (const site of node.calls('fastify'))
    yield {
      kind: 'exposedError',
      at: node.at(site.scope, site.call),
      what: 'text',
      says: 'the error handler that Fastify brings',
      catches: 'everything',
      handler: 'Fastify',
      isHealth: false,
      reached: node.reached(site),
    };
}

function factOf(
  node: CodeView,
  { at, scope, what }: ErrorText,
  site: Pick<CallSite, 'scope' | 'conditions'>,
  health: ReadonlySet<FunctionDefinition>,
  catches: string,
): ExposedError {
  const around = functionAround(site.scope);
  return {
    kind: 'exposedError',
    at: node.at(scope, at),
    what,
    says: node.textOf(scope, at).replace(/\s+/g, ' ').slice(0, 60),
    catches,
    handler: around?.name ?? '',
    isHealth: isInside(site.scope, health),
    reached: node.reached(site),
  };
}

const isInside = (scope: CallSite['scope'], health: ReadonlySet<FunctionDefinition>): boolean =>
  (scope.definition?.kind === 'function' && health.has(scope.definition)) ||
  (scope.parent !== undefined && isInside(scope.parent, health));

/** What is waited for is what the caller has sent: `await request.json()`, `await schema.parseAsync(body)`. */
const READS_BODY = /\bawait\s+[\w.]*(json|formdata|parse|valid|body)\w*\s*(<[^(]*>)?\(/gi;

/** `try { verify(token) } catch (e) { 401 }`: what waits for nobody else fails for what the caller has sent. */
function tellsOfInput(node: CodeView, { scope, at }: Pick<Sent['site'], 'scope' | 'at'>): boolean {
  const around = functionAround(scope);
  const tries = around ? node.code.search.statementsInside(around) : [];
  return tries.some(
    ({ statement, scope: inside }) =>
      statement.kind === 'try' &&
      statement.handlers.some(({ start, end }) => start <= at.start && at.end <= end) &&
      !/\bawait\b|\.then\(/.test(
        node
          .textOf(inside, { start: statement.start, end: statement.handlers[0]?.start ?? statement.end })
          .replace(READS_BODY, ''),
      ),
  );
}

/** Texts of errors, and stacks, on their way to the caller. */
export default defineExtractor({
  id: 'javascript/errors/exposed',
  reads: [],
  produces: ['exposedError'],
  understands: readsFramework,
  *extract({ node }): Generator<ExposedError> {
    const health = healthFunctions(node);
    const all = catchersOf(node);
    const parameters = new Map(all.map(each => [each.function.definition, each.error] as const));
    const catchers = new Map(all.map(each => [each.function.definition, each] as const));
    const seen = new Set<Expression>();
    for (const { values, site, status } of answersIn(node)) {
      if (site.scope.module.file.role !== 'production' || inProduction(node, site) === 'no') continue;
      const around = functionAround(site.scope);
      const catcher = around && catchers.get(around);
      // What a class does of which nobody makes use is still reached where its module is.
      if (catcher?.wired === 'no') continue;
      const isForCaller = status !== undefined && status < 500;
      if (isForCaller && tellsOfInput(node, site)) continue;
      for (const value of values)
        for (const found of textsOfErrors(node, value, site, parameters)) {
          if (seen.has(found.at)) continue;
          seen.add(found.at);
          // A helper may send what was caught elsewhere.
          if (isForCaller && tellsOfInput(node, found)) continue;
          yield factOf(node, found, site, health, catcher?.catches ?? 'everything');
        }
    }
    yield* byFastify(node);
    if (node.imports('@nestjs/core')) yield* exposedByApollo(node, nestRouting(node).modules);
  },
});
