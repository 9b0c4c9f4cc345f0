import type { Expression, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';

/** Words that speak of who calls, whatever they are bound to. */
export const IDENTITY =
  /^(session|current_user|token|access_token|auth_token|auth_header|authorization|authenticated|is_authenticated|is_anonymous|api_key|apikey|x-api-key|x_api_key|jwt|claims|logged_in|is_logged_in|g|bearer|cookies|get_jwt_identity|identity)$/i;

/** Words that may speak of who calls, or of any record: what they are bound to decides. */
export const AMBIGUOUS =
  /^(user|user_id|userid|uid|account|account_id|username|payload|credentials|auth|member|customer|principal|sub|key|me)$/i;

export const ROLE =
  /^(role|roles|is_admin|admin|is_staff|is_superuser|permission|permissions|scope|scopes|can|allowed_roles|has_roles?|has_permissions?|is_super_?admin|is_administrator|owner|owner_id|author_id|author|privileges?|group|groups)$/i;

/** Whether a word speaks of who calls, or of what they may do. */
export const speaksOfCaller = (word: string): boolean =>
  IDENTITY.test(word) ||
  AMBIGUOUS.test(word) ||
  ROLE.test(word) ||
  /auth|permi|admin|owner|allow/i.test(word);

/** `session.get(Artist, id)` asks a database; `session.get("user")` asks what is kept of the caller. */
const ASKS_DATABASE =
  /^(query|execute|scalars?|scalar_one(_or_none)?|exec|add|add_all|merge|flush|commit|rollback|refresh)$/;

/** The object of a call that only a session of a database has; it says nothing of who calls. */
function databaseIn(expression: Expression): Expression | undefined {
  if (expression.kind !== 'call' || expression.callee.kind !== 'attribute') return undefined;
  const { name, object } = expression.callee;
  const [first] = expression.args;
  const isLookup =
    name === 'get' && expression.args.length > 1 && /^(name|attribute)$/.test(first?.value.kind ?? '');
  return isLookup || ASKS_DATABASE.test(name) ? object : undefined;
}

export function* wordsIn(expression: Expression): Generator<string> {
  const databases = new Set<Expression>();
  for (const each of expressionsIn(expression)) {
    const database = databaseIn(each);
    if (database) databases.add(database);
    if (databases.has(each)) continue;
    if (each.kind === 'name' || each.kind === 'attribute') yield each.name;
    if (each.kind === 'string') yield each.value;
  }
}

export const calleeName = (expression: Expression): string =>
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
