import type { EnvTerm, Facts, FailOpen, Term } from '../../model/index.ts';
import type { Expression, Statement } from '../../read/syntax.ts';
import { blocksOf, expressionsIn } from '../../read/walk.ts';
import type { FunctionEntity } from './entities.ts';
import type { Scope } from './scopes.ts';
import type { CodeView } from './view.ts';

/** How a language says what a check does. */
export interface Ways {
  /** A branch that only lets the caller by. */
  readonly letsBy: (body: readonly Statement[]) => boolean;
  /** A branch that turns the caller away. */
  readonly refuses: (body: readonly Statement[]) => boolean;
  /** What a part of the request comes to when the caller sends nothing; `undefined` for what is no part of it. */
  readonly sentNothing: (
    view: CodeView,
    expression: Expression,
    scope: Scope,
  ) => Term | 'nothing' | undefined;
}

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

const isEmpty = (value: Expression): boolean =>
  (value.kind === 'constant' && !value.value) || (value.kind === 'name' && value.name === 'undefined');

/** `not API_KEY`, `API_KEY is None`, `not settings.AUTH_ENABLED`: the name whose absence is asked for. */
function absentIn(test: Expression): Expression | undefined {
  if (test.kind === 'unary' && test.operator === 'not') return test.operand;
  return test.kind === 'binary' && (test.operator === 'is' || test.operator === '==') && isEmpty(test.right)
    ? test.left
    : undefined;
}

/** `API_KEY`, `API_KEY is not None`: the name whose presence is asked for. */
function presentIn(test: Expression): Expression | undefined {
  if (test.kind === 'name' || test.kind === 'attribute') return test;
  return test.kind === 'binary' &&
    (test.operator === 'is not' || test.operator === '!=') &&
    isEmpty(test.right)
    ? test.left
    : undefined;
}

/** What `a and b and c` joins, in order. */
function conjuncts(test: Expression): readonly Expression[] {
  return test.kind === 'logical' && test.operator === 'and'
    ? [...conjuncts(test.left), ...conjuncts(test.right)]
    : [test];
}

const isNothing = (term: Term | undefined): boolean =>
  term === undefined || (term.kind === 'literal' && term.value === null);

interface Case {
  readonly env: EnvTerm;
  readonly how: string;
}

/** `headers.get("X-API-Key") != API_KEY` holds for nobody when both are nothing. */
function equalNothings(view: CodeView, ways: Ways, test: Expression, scope: Scope): Case | undefined {
  if (test.kind !== 'binary' || test.operator !== '!=') return undefined;
  for (const [one, other] of [
    [test.left, test.right],
    [test.right, test.left],
  ] as const) {
    const sent = ways.sentNothing(view, one, scope);
    if (sent === undefined) continue;
    const env = view.evaluate(other, scope);
    if (env.kind !== 'env' || env.required) continue;
    const isSame =
      sent === 'nothing'
        ? isNothing(env.fallback)
        : sent.kind === 'literal' && env.fallback?.kind === 'literal' && sent.value === env.fallback.value;
    if (isSame) return { env, how: 'lets by whoever sends nothing' };
  }
  return undefined;
}

const envIn = (view: CodeView, expression: Expression | undefined, scope: Scope): EnvTerm | undefined => {
  const term = expression && view.evaluate(expression, scope);
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
function questioned(view: CodeView, all: readonly Inside[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { statement, scope } of all)
    if (statement.kind === 'if' || statement.kind === 'while')
      for (const each of expressionsIn(statement.test)) {
        const asked = absentIn(each) ?? (each === statement.test ? presentIn(each) : undefined);
        if (asked) texts.add(view.textOf(scope, asked));
      }
  for (const { statement, scope } of all)
    if (statement.kind === 'if')
      for (const part of conjuncts(statement.test)) {
        const asked = presentIn(part);
        if (asked) texts.add(view.textOf(scope, asked));
      }
  return texts;
}

function openAt(
  view: CodeView,
  ways: Ways,
  { statement, scope }: Inside,
  asked: ReadonlySet<string>,
): Case | undefined {
  if (statement.kind !== 'if') return undefined;
  const { test, body, otherwise } = statement;
  if (ways.letsBy(body)) {
    const env = envIn(view, absentIn(test), scope);
    if (env && isOffUnset(env)) return { env, how: 'lets everybody by' };
  }
  if (!ways.refuses(body)) return undefined;
  const parts = conjuncts(test);
  const same = parts.length === 1 ? equalNothings(view, ways, test, scope) : undefined;
  if (same && test.kind === 'binary')
    return [test.left, test.right].some(side => asked.has(view.textOf(scope, side))) ? undefined : same;
  // `if API_KEY and given != API_KEY: refuse`; `if API_KEY:` around the check.
  if (parts.length === 1 && otherwise.length > 0) return undefined;
  const isCheck = parts.length > 1 || body.some(each => each.kind === 'if' && ways.refuses(each.body));
  const env = parts.map(part => envIn(view, presentIn(part), scope)).find(each => each && isOffUnset(each));
  return isCheck && env ? { env, how: 'lets everybody by' } : undefined;
}

/** Where a check of access lets callers by because what it needs is missing. */
export function* failOpenIn(
  view: CodeView,
  facts: Facts,
  ways: Ways,
  of: FunctionEntity,
): Generator<FailOpen> {
  const required = new Set(
    facts
      .all('envRead')
      .filter(({ term }) => term.required)
      .map(({ term }) => term.name),
  );
  const all = [...deep(of.definition.body, view.code.resolver.insideOf(of))];
  const asked = questioned(view, all);
  for (const inside of all) {
    const found = openAt(view, ways, inside, asked);
    if (!found || required.has(found.env.name)) continue;
    const { start } = inside.statement;
    yield {
      kind: 'failOpen',
      at: view.at(of.scope, { start, end: start + 1 }),
      says: `${of.definition.name || 'the check'} ${found.how} when ${found.env.name} is not set`,
      way: [{ at: found.env.at, says: `reads ${found.env.name}, which may be missing` }],
    };
  }
}
