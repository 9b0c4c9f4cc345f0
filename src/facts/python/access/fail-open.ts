import type { FailOpen } from '../../../model/index.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import { blocksOf, expressionsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { FunctionEntity } from '../entities.ts';
import type { PythonView } from '../view.ts';
import { refusalIn } from './refusals.ts';

function* deep(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    if (statement.kind === 'function') yield* deep(statement.body);
    for (const block of blocksOf(statement)) yield* deep(block);
  }
}

/** `not API_KEY`, `API_KEY is None`, `not settings.AUTH_ENABLED`: the name whose absence is asked for. */
function absentIn(test: Expression): Expression | undefined {
  if (test.kind === 'unary' && test.operator === 'not') return test.operand;
  return test.kind === 'binary' &&
    (test.operator === 'is' || test.operator === '==') &&
    test.right.kind === 'constant' &&
    !test.right.value
    ? test.left
    : undefined;
}

/** A branch that only lets the caller by: `return view(…)`, `return True`, a bare `return`. */
const letsBy = (body: readonly Statement[]): boolean => {
  const [first] = body;
  if (body.length !== 1 || first?.kind !== 'return') return false;
  const { value } = first;
  if (!value) return true;
  if (value.kind === 'constant') return value.value === true || value.value === null;
  return (
    (value.kind === 'call' || (value.kind === 'await' && value.value.kind === 'call')) &&
    [...expressionsIn(value)].some(
      each => each.kind === 'spread' || (each.kind === 'call' && each.args.some(arg => arg.spread !== '')),
    )
  );
};

function* openIn(python: PythonView, of: FunctionEntity): Generator<FailOpen> {
  const inside = python.code.resolver.insideOf(of);
  for (const statement of deep(of.definition.body)) {
    if (statement.kind !== 'if' || !letsBy(statement.body)) continue;
    const absent = absentIn(statement.test);
    if (!absent) continue;
    const term = python.evaluate(absent, inside);
    if (term.kind !== 'env') continue;
    yield {
      kind: 'failOpen',
      at: python.at(of.scope, { start: statement.start, end: statement.start + 1 }),
      says: `${of.definition.name} lets everybody by when ${term.name} is not set`,
    };
  }
}

/** Guards that pass when what they need is missing. */
export default defineExtractor({
  id: 'python/access/fail-open',
  reads: [],
  produces: ['failOpen'],
  understands: hasPython,
  *extract({ python }) {
    for (const { definition, scope } of python.functions()) {
      if (scope.kind !== 'module' || python.reachesDefinition(definition) === 'no') continue;
      const of: FunctionEntity = { kind: 'function', definition, scope, self: undefined };
      if (!/\bif\b/.test(python.textOf(scope, definition)) || !refusalIn(python, of)) continue;
      yield* openIn(python, of);
    }
  },
});
