import type { Expression, FunctionDefinition, Parameter, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';
import { forStrangers, refusesStrangers } from './presence.ts';
import { AMBIGUOUS, calleeName, IDENTITY, refusesIn, ROLE, wordsIn } from './words.ts';

const FROM_CALLER = /session|current_user|token|authori[sz]|jwt|identity|cookie|headers?\b|\bg\./i;

export interface Refusal {
  readonly statement: Statement;
  readonly checks: 'identity' | 'role';
}

/**
 * The first statement of a body that turns a caller away for who they are: a test that speaks of identity or
 * role, with a branch that refuses. Inner functions, as in decorators, are looked into too.
 */
export function refusalIn(python: PythonView, of: FunctionEntity, depth = 0): Refusal | undefined {
  for (const statement of forStrangers(of.definition.body)) {
    const found = refusalOf(python, of, statement, depth) ?? lateRefusal(statement);
    if (found) return found;
  }
  return lateRefusal(of.definition);
}

/** `if key_is_known: return view(…)`, and behind it `return …, 401` for everybody else. */
function lateRefusal(statement: Statement): Refusal | undefined {
  if (statement.kind !== 'function') return undefined;
  const { body } = statement;
  const last = body.at(-1);
  if (last?.kind !== 'return' || !last.value || !hasRefusalCode(last.value)) return undefined;
  const test = body.find(
    each => each.kind === 'if' && [...wordsIn(each.test)].some(word => IDENTITY.test(word)),
  );
  return test && { statement: test, checks: 'identity' };
}

const hasRefusalCode = (value: Expression): boolean =>
  [...expressionsIn(value)].some(
    each => each.kind === 'constant' && (each.value === 401 || each.value === 403),
  );

/** Whether a handler turns every caller away under some condition, whatever it asks for. */
export function refusesAtAll({ definition: { body } }: FunctionEntity): boolean {
  const tests = body.filter(statement => statement.kind === 'if');
  const last = body.at(-1);
  // `if app.config["SAFE_MODE"]: return …`, and behind it `abort(404)`
  return (
    tests.some(statement => refusesIn(statement.body)) ||
    (tests.length > 0 && last !== undefined && refusesIn([last]))
  );
}

function refusalOf(
  python: PythonView,
  of: FunctionEntity,
  statement: Statement,
  depth: number,
): Refusal | undefined {
  if (statement.kind === 'if') return refusalOfIf(python, of, statement, depth);
  // `try: jwt.decode(token, …) except …: return 401`
  if (statement.kind === 'try' && statement.handlers.some(handler => refusesIn(handler.body))) {
    const text = of.scope.module.tree.textOf({ start: statement.start, end: statement.end });
    if (
      /\b(decode|verify\w*|validate_token|load_token|loads)\s*\(/.test(text) &&
      /token|jwt|auth|session/i.test(text)
    )
      return { statement, checks: 'identity' };
  }
  // A helper that raises by itself: `require_role("admin")`, `verify_jwt_in_request()`.
  if (statement.kind === 'expression' || statement.kind === 'assign') {
    for (const head of headOf(statement))
      for (const each of expressionsIn(head)) {
        if (each.kind !== 'call') continue;
        const inside = scopeFor(python, of, statement);
        const name = python.nameOf(each.callee, inside);
        if (KNOWN_CHECKS.has(name)) return { statement, checks: 'identity' };
        const callee = depth < 2 ? python.resolve(each.callee, inside) : undefined;
        if (callee?.kind === 'function' && callee.definition !== of.definition) {
          const found = raises(callee.definition) ? refusalIn(python, callee, depth + 1) : undefined;
          if (found) return { statement, checks: found.checks };
        }
      }
  }
  return undefined;
}

function refusalOfIf(
  python: PythonView,
  of: FunctionEntity,
  statement: Extract<Statement, { kind: 'if' }>,
  depth: number,
): Refusal | undefined {
  const words = [...wordsIn(statement.test)];
  const branches = [statement.body, statement.otherwise].filter(branch => branch.length > 0);
  if (!branches.some(refusesStrangers) || isForgeryCheck(words)) return undefined;
  if (words.some(word => ROLE.test(word))) return { statement, checks: 'role' };
  if (words.some(word => IDENTITY.test(word) || isOfCaller(python, of, word, statement)))
    return { statement, checks: 'identity' };
  return helperIn(python, of, statement.test, depth)
    ? { statement, checks: helperIn(python, of, statement.test, depth) ?? 'identity' }
    : undefined;
}

/** `session["nonce"] != form["nonce"]` asks where a request comes from, not from whom. */
const isForgeryCheck = (words: readonly string[]): boolean =>
  words.some(word => /csrf|xsrf|nonce/i.test(word));

/** `user = User.get(session["id"])` speaks of the caller, `user = User.get(id)` of any user. */
function isOfCaller(python: PythonView, of: FunctionEntity, word: string, statement: Statement): boolean {
  if (!AMBIGUOUS.test(word)) return false;
  const scope = scopeFor(python, of, statement);
  const found = python.code.resolver.bindings(word, scope, statement.start);
  return (found?.bindings ?? []).some(
    binding =>
      (binding.kind === 'value' &&
        (FROM_CALLER.test(scope.module.tree.textOf(binding.value)) ||
          looksAtCaller(python, binding.value, scope))) ||
      (binding.kind === 'parameter' && /Depends|Security|Auth/.test(parameterText(scope, binding.parameter))),
  );
}

/** What a request brings of its sender, in whatever framework of WSGI. */
const OF_REQUEST =
  /\bcurrent_user\b|\brequest\.(headers|cookies|authorization|auth)\b|(?<![\w.])session(\[|\.get\()\s*["']/;

/** `user = authenticated_user()`: an own function that takes no record's number and looks at who sends. */
function looksAtCaller(python: PythonView, value: Expression, scope: Scope): boolean {
  const callee = value.kind === 'call' ? python.resolve(value.callee, scope) : undefined;
  return callee?.kind === 'function' && OF_REQUEST.test(callee.scope.module.tree.textOf(callee.definition));
}

const parameterText = (scope: Scope, parameter: Parameter): string => scope.module.tree.textOf(parameter);

const KNOWN_CHECKS = new Set(['flask_jwt_extended.verify_jwt_in_request']);

/** The scope in which names of a statement of this function are looked up: the innermost function around it. */
function scopeFor(python: PythonView, of: FunctionEntity, statement: Statement) {
  let scope = python.code.resolver.insideOf(of);
  let body = of.definition.body;
  for (;;) {
    const inner = body.find(
      (each): each is FunctionDefinition =>
        each.kind === 'function' && each.start <= statement.start && statement.end <= each.end,
    );
    if (!inner || inner === statement) return scope;
    scope = scope.inner(inner);
    body = inner.body;
  }
}

const raises = (definition: FunctionDefinition): boolean =>
  [...statementsIn(definition.body)].some(
    statement =>
      statement.kind === 'raise' ||
      headOf(statement).some(head =>
        [...expressionsIn(head)].some(each => each.kind === 'call' && calleeName(each.callee) === 'abort'),
      ),
  );

/** `if not require_role("admin")`, `if not is_logged_in()`: an own function whose body asks for identity or role. */
function helperIn(
  python: PythonView,
  of: FunctionEntity,
  test: Expression,
  depth: number,
): 'identity' | 'role' | undefined {
  if (depth > 2) return undefined;
  const inside = python.code.resolver.insideOf(of);
  for (const each of expressionsIn(test)) {
    if (each.kind !== 'call') continue;
    const callee = python.resolve(each.callee, inside);
    if (callee?.kind !== 'function') continue;
    const words = [...statementsIn(callee.definition.body)].flatMap(statement =>
      headOf(statement).flatMap(head => [...wordsIn(head)]),
    );
    if (words.some(word => ROLE.test(word))) return 'role';
    if (words.some(word => IDENTITY.test(word) || word === 'user_id')) return 'identity';
  }
  return undefined;
}
