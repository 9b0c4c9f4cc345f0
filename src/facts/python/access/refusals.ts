import type { Expression, FunctionDefinition, Parameter, Statement } from '../../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import type { FunctionEntity } from '../entities.ts';
import type { Scope } from '../scopes.ts';
import type { PythonView } from '../view.ts';

/** Words that speak of who calls, whatever they are bound to. */
const IDENTITY =
  /^(session|current_user|token|access_token|auth_token|auth_header|authorization|authenticated|is_authenticated|is_anonymous|api_key|apikey|x-api-key|x_api_key|jwt|claims|logged_in|is_logged_in|g|bearer|cookies|get_jwt_identity|identity)$/i;

/** Words that may speak of who calls, or of any record: what they are bound to decides. */
const AMBIGUOUS =
  /^(user|user_id|userid|uid|account|account_id|username|payload|credentials|auth|member|customer|principal|sub|key|me)$/i;

const FROM_CALLER = /session|current_user|token|authori[sz]|jwt|identity|cookie|headers?\b|\bg\./i;

const ROLE =
  /^(role|roles|is_admin|admin|is_staff|is_superuser|permission|permissions|scope|scopes|can|allowed_roles|has_role|has_permission|is_administrator|owner|owner_id|author_id|author|privileges?|group|groups)$/i;

function* wordsIn(expression: Expression): Generator<string> {
  for (const each of expressionsIn(expression)) {
    if (each.kind === 'name' || each.kind === 'attribute') yield each.name;
    if (each.kind === 'string') yield each.value;
  }
}

const calleeName = (expression: Expression): string =>
  expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '';

/** `raise`, `abort(401)`, `return redirect(…)`, `return {…}, 401`, `return False` of a socket. */
export function refusesIn(body: readonly Statement[]): boolean {
  for (const statement of statementsIn(body)) {
    if (statement.kind === 'raise') return true;
    for (const head of headOf(statement))
      for (const each of expressionsIn(head))
        if (
          each.kind === 'call' &&
          /^(abort|unauthorized|forbidden|disconnect|exit|emit_error|error_response|auth_error)$/.test(
            calleeName(each.callee),
          )
        )
          return true;
    if (statement.kind === 'return' && statement.value && isRefusal(statement.value)) return true;
  }
  return false;
}

const CODES = new Set<unknown>([401, 403, 400, 404, 302, 303, '401', '403']);

function isRefusal(value: Expression): boolean {
  if (value.kind === 'constant' && (value.value === false || value.value === null)) return true;
  for (const each of expressionsIn(value)) {
    if (each.kind === 'constant' && CODES.has(each.value)) return true;
    if (
      each.kind === 'call' &&
      /^(redirect|unauthorized|forbidden|login_manager|RedirectResponse|make_error|json_abort)$/.test(
        calleeName(each.callee),
      )
    )
      return true;
    if (each.kind === 'attribute' && /^HTTP_40[13]|^(UNAUTHORIZED|FORBIDDEN)$/.test(each.name)) return true;
  }
  return false;
}

export interface Refusal {
  readonly statement: Statement;
  readonly checks: 'identity' | 'role';
}

/**
 * The first statement of a body that turns a caller away for who they are: a test that speaks of identity or
 * role, with a branch that refuses. Inner functions, as in decorators, are looked into too.
 */
export function refusalIn(python: PythonView, of: FunctionEntity, depth = 0): Refusal | undefined {
  for (const statement of allStatements(of.definition.body)) {
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
export const refusesAtAll = (of: FunctionEntity): boolean =>
  of.definition.body.some(statement => statement.kind === 'if' && refusesIn(statement.body));

/** Also those of functions inside, which a decorator returns. */
function* allStatements(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    if (statement.kind === 'function') yield* allStatements(statement.body);
    for (const block of blocksOf(statement)) yield* allStatements(block);
  }
}

function refusalOf(
  python: PythonView,
  of: FunctionEntity,
  statement: Statement,
  depth: number,
): Refusal | undefined {
  if (statement.kind === 'if') {
    const words = [...wordsIn(statement.test)];
    const branches = [statement.body, statement.otherwise].filter(branch => branch.length > 0);
    if (!branches.some(refusesIn)) return undefined;
    if (words.some(word => ROLE.test(word))) return { statement, checks: 'role' };
    if (words.some(word => IDENTITY.test(word) || isOfCaller(python, of, word, statement)))
      return { statement, checks: 'identity' };
    return helperIn(python, of, statement.test, depth)
      ? { statement, checks: helperIn(python, of, statement.test, depth) ?? 'identity' }
      : undefined;
  }
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

/** `user = User.get(session["id"])` speaks of the caller, `user = User.get(id)` of any user. */
function isOfCaller(python: PythonView, of: FunctionEntity, word: string, statement: Statement): boolean {
  if (!AMBIGUOUS.test(word)) return false;
  const scope = scopeFor(python, of, statement);
  const found = python.code.resolver.bindings(word, scope, statement.start);
  return (found?.bindings ?? []).some(
    binding =>
      (binding.kind === 'value' && FROM_CALLER.test(scope.module.tree.textOf(binding.value))) ||
      (binding.kind === 'parameter' && /Depends|Security|Auth/.test(parameterText(scope, binding.parameter))),
  );
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
