import type { EnvTerm, FailOpen, Term } from '../../../model/index.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import { blocksOf, expressionsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';
import { refusalIn } from './refusals.ts';
import { refusesIn } from './words.ts';

interface Inside {
  readonly statement: Statement;
  readonly scope: Scope;
}

/** Every statement of a function with the scope that its names are looked up in, inner functions too. */
function* deep(body: readonly Statement[], scope: Scope): Generator<Inside> {
  for (const statement of body) {
    yield { statement, scope };
    if (statement.kind === 'function') yield* deep(statement.body, scope.inner(statement));
    for (const block of blocksOf(statement)) yield* deep(block, scope);
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

/** `API_KEY`, `API_KEY is not None`: the name whose presence is asked for. */
function presentIn(test: Expression): Expression | undefined {
  if (test.kind === 'name' || test.kind === 'attribute') return test;
  return test.kind === 'binary' &&
    (test.operator === 'is not' || test.operator === '!=') &&
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

/** What `a and b and c` joins, in order. */
function conjuncts(test: Expression): readonly Expression[] {
  return test.kind === 'logical' && test.operator === 'and'
    ? [...conjuncts(test.left), ...conjuncts(test.right)]
    : [test];
}

/** `request.headers.get("X-API-Key")`: what it comes to when the caller sends nothing. */
function sentNothing(python: PythonView, expression: Expression, scope: Scope): Term | 'nothing' | undefined {
  let each = expression;
  if (each.kind === 'name') {
    const found = python.code.resolver.bindings(each.name, scope, each.start)?.bindings ?? [];
    const [only] = found;
    if (found.length !== 1 || only?.kind !== 'value') return undefined;
    each = only.value;
  }
  if (each.kind !== 'call' || each.callee.kind !== 'attribute' || each.callee.name !== 'get')
    return undefined;
  const { object } = each.callee;
  if (object.kind !== 'attribute' || !/^(headers|cookies|args|query_params)$/.test(object.name))
    return undefined;
  const fallback = each.args[1]?.value;
  return fallback ? python.evaluate(fallback, scope) : 'nothing';
}

const isNothing = (term: Term | undefined): boolean =>
  term === undefined || (term.kind === 'literal' && term.value === null);

interface Case {
  readonly env: EnvTerm;
  readonly how: string;
}

/** `headers.get("X-API-Key") != API_KEY` holds for nobody when both are nothing. */
function equalNothings(python: PythonView, test: Expression, scope: Scope): Case | undefined {
  if (test.kind !== 'binary' || test.operator !== '!=') return undefined;
  for (const [one, other] of [
    [test.left, test.right],
    [test.right, test.left],
  ] as const) {
    const sent = sentNothing(python, one, scope);
    if (sent === undefined) continue;
    const env = python.evaluate(other, scope);
    if (env.kind !== 'env' || env.required) continue;
    const isSame =
      sent === 'nothing'
        ? isNothing(env.fallback)
        : sent.kind === 'literal' && env.fallback?.kind === 'literal' && sent.value === env.fallback.value;
    if (isSame) return { env, how: 'lets by whoever sends nothing' };
  }
  return undefined;
}

const envIn = (python: PythonView, expression: Expression | undefined, scope: Scope): EnvTerm | undefined => {
  const term = expression && python.evaluate(expression, scope);
  return term?.kind === 'env' ? term : undefined;
};

/** Switches of other things (maintenance, limits) may stand in a check of access without opening it. */
const SPEAKS_OF_ACCESS = /KEY|TOKEN|SECRET|AUTH|PASSW|LOGIN|CREDENTIAL|USER|PROTECT|ALLOW|ACCESS|SIGNATURE/i;

/** Off when nobody sets it: a fallback that is a real value keeps the check in force. */
const isOffUnset = ({ name, required, fallback }: EnvTerm): boolean =>
  SPEAKS_OF_ACCESS.test(name) &&
  !required &&
  (fallback === undefined || (fallback.kind === 'literal' && isOff(fallback.value)));

const isOff = (value: string | number | boolean | null): boolean =>
  !value || /^(false|0|no|off|)$/i.test(String(value));

/** What tests of a function ask for by itself: `if not API_KEY: abort(500)`, `if not token: abort(401)`. */
function questioned(python: PythonView, all: readonly Inside[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { statement, scope } of all)
    if (statement.kind === 'if' || statement.kind === 'while')
      for (const each of expressionsIn(statement.test)) {
        const asked = absentIn(each) ?? (each === statement.test ? presentIn(each) : undefined);
        if (asked) texts.add(python.textOf(scope, asked));
      }
  for (const { statement, scope } of all)
    if (statement.kind === 'if')
      for (const part of conjuncts(statement.test)) {
        const asked = presentIn(part);
        if (asked) texts.add(python.textOf(scope, asked));
      }
  return texts;
}

function openAt(
  python: PythonView,
  { statement, scope }: Inside,
  asked: ReadonlySet<string>,
): Case | undefined {
  if (statement.kind !== 'if') return undefined;
  const { test, body, otherwise } = statement;
  if (letsBy(body)) {
    const env = envIn(python, absentIn(test), scope);
    if (env && isOffUnset(env)) return { env, how: 'lets everybody by' };
  }
  if (!refusesIn(body)) return undefined;
  const parts = conjuncts(test);
  const same = parts.length === 1 ? equalNothings(python, test, scope) : undefined;
  if (same && test.kind === 'binary')
    return [test.left, test.right].some(side => asked.has(python.textOf(scope, side))) ? undefined : same;
  // `if API_KEY and given != API_KEY: refuse`; `if API_KEY:` around the check.
  if (parts.length === 1 && otherwise.length > 0) return undefined;
  const isCheck = parts.length > 1 || body.some(each => each.kind === 'if' && refusesIn(each.body));
  const env = parts.map(part => envIn(python, presentIn(part), scope)).find(each => each && isOffUnset(each));
  return isCheck && env ? { env, how: 'lets everybody by' } : undefined;
}

function* openIn(view: ServiceView, of: FunctionEntity): Generator<FailOpen> {
  const { python, facts } = view;
  const required = new Set(
    facts
      .all('envRead')
      .filter(({ term }) => term.required)
      .map(({ term }) => term.name),
  );
  const all = [...deep(of.definition.body, python.code.resolver.insideOf(of))];
  const asked = questioned(python, all);
  for (const inside of all) {
    const found = openAt(python, inside, asked);
    if (!found || required.has(found.env.name)) continue;
    const { start } = inside.statement;
    yield {
      kind: 'failOpen',
      at: python.at(of.scope, { start, end: start + 1 }),
      says: `${of.definition.name} ${found.how} when ${found.env.name} is not set`,
      way: [{ at: found.env.at, says: `reads ${found.env.name}, which may be missing` }],
    };
  }
}

/** Guards that pass when what they need is missing. */
export default defineExtractor({
  id: 'python/access/fail-open',
  reads: ['envRead'],
  produces: ['failOpen'],
  understands: hasPython,
  *extract(view) {
    const { python } = view;
    for (const { definition, scope } of python.functions()) {
      if (scope.kind !== 'module' || python.reachesDefinition(definition) === 'no') continue;
      const of: FunctionEntity = { kind: 'function', definition, scope, self: undefined };
      if (!/\bif\b/.test(python.textOf(scope, definition)) || !refusalIn(python, of)) continue;
      yield* openIn(view, of);
    }
  },
});
