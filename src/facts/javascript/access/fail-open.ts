import type { FailOpen, Term } from '../../../model/index.ts';
import type { Expression, FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { defineExtractor } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { failOpenIn, type Ways } from '../../code/fail-open.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { readsFramework } from '../frameworks.ts';
import { nodeRouting } from '../handlers.ts';
import { refusalIn, refuses } from './refusals.ts';

/** `return next()`, `next(); return;`, `return true`, a bare `return` of a hook. */
function letsBy(body: readonly Statement[]): boolean {
  const [first, second] = body;
  if (!first || body.length > 2 || (second && (second.kind !== 'return' || second.value))) return false;
  if (first.kind === 'return' && !first.value) return true;
  const value = first.kind === 'return' || first.kind === 'expression' ? first.value : undefined;
  if (value?.kind === 'constant') return first.kind === 'return' && value.value === true;
  const call = value?.kind === 'await' ? value.value : value;
  return call?.kind === 'call' && /^(next|done)$/.test(lastNameOf(call.callee)) && call.args.length === 0;
}

/** `req.headers["x-api-key"]`, `req.get("x-api-key")`, `request.query.key`. */
const OF_REQUEST =
  /^(req|request|ctx|c)(\.req|\.request)?\.(headers|query|cookies|signedCookies)(\.\w+|\[[^\]]+\])$|^(req|request|ctx|c)(\.req)?\.(get|header|query)\([^()]*\)$/;

function sentNothing(node: CodeView, expression: Expression, scope: Scope): Term | 'nothing' | undefined {
  if (expression.kind === 'name') {
    const found = node.code.resolver.bindings(expression.name, scope, expression.start);
    const [only, other] = found?.bindings ?? [];
    return found && only?.kind === 'value' && !other ? sentNothing(node, only.value, found.scope) : undefined;
  }
  if (expression.kind === 'logical' && expression.operator !== 'and')
    return sentNothing(node, expression.left, scope) && node.evaluate(expression.right, scope);
  return OF_REQUEST.test(node.textOf(scope, expression).replace(/\s+/g, '')) ? 'nothing' : undefined;
}

const WAYS: Ways = { letsBy, refuses, sentNothing };

/** What stands before routes, and the handlers themselves, each once. */
function checksOf(node: CodeView): Iterable<FunctionEntity> {
  const found = new Map<FunctionDefinition, FunctionEntity>();
  for (const { before, function: of, route } of nodeRouting(node).handlers) {
    if (route.reached === 'no') continue;
    for (const each of [...before.map(layer => layer.function), of])
      if (each) found.set(each.definition, each);
  }
  return found.values();
}

/** Guards that pass when what they need is missing. */
export default defineExtractor({
  id: 'javascript/access/fail-open',
  reads: ['envRead'],
  produces: ['failOpen'],
  understands: readsFramework,
  *extract({ node, facts }): Generator<FailOpen> {
    for (const of of checksOf(node)) {
      if (!/\bif\b/.test(node.textOf(of.scope, of.definition)) || !refusalIn(node, of, 'middleware'))
        continue;
      yield* failOpenIn(node, facts, WAYS, of);
    }
  },
});
