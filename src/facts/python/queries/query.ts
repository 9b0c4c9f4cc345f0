import { literalTexts } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { chainOf, plain, type Step } from '../../code/steps.ts';
import type { PythonView } from '../view.ts';

/** A question to a database, as an expression writes it. */
export interface Query {
  readonly by: 'orm' | 'manager' | 'cursor';
  /** Whose objects it gives; `undefined` for rows, numbers and what cannot be told. */
  readonly model: ClassEntity | undefined;
  readonly steps: readonly Step[];
}

/** A name is followed to what it was given, and that to the next, so many times. */
const DEEPEST = 6;

const MANAGERS = /^(objects|_default_manager|_base_manager)$/;
const RUNS = /^(execute|scalars|scalar|exec|stream|stream_scalars|paginate)$/;
const FETCHES = /^(fetch|fetchrow|fetchval|fetch_all|fetch_one|fetch_val|iterate)$/;
const RESULTS = /^(fetchall|fetchmany|fetchone)$/;
const CONNECTION = /(^|_)(conn|connection|pool|db|database|tx|cursor|cur|session|engine)$/;
const SELECT = /^(sqlalchemy(\.\w+)*|sqlmodel(\.\w+)*|flask_sqlalchemy\.SQLAlchemy\(\))\.select$/;
const READS = /^\s*\(?\s*(SELECT|WITH)\b/i;
/** After these, rows are no objects of the model. */
const COLUMNS = /^(add_columns|with_entities|values|values_list|with_only_columns|mappings|tuples)$/;

const classOf = (
  python: PythonView,
  expression: Expression | undefined,
  scope: Scope,
): ClassEntity | undefined => {
  if (expression?.kind !== 'name' && expression?.kind !== 'attribute') return undefined;
  const entity = python.resolve(expression, scope);
  return entity?.kind === 'class' ? entity : undefined;
};

/** What a name was last given, with the place where it was; `undefined` where that cannot be told. */
export function valueOf(
  python: PythonView,
  expression: Expression,
  scope: Scope,
): { readonly value: Expression; readonly scope: Scope } | undefined {
  if (expression.kind !== 'name') return undefined;
  const found = python.code.resolver.bindings(expression.name, scope, expression.start);
  const binding = found?.bindings[0];
  if (!found) return undefined;
  if (binding?.kind === 'value') return { value: binding.value, scope: found.scope };
  return binding?.kind === 'context' ? { value: binding.context, scope: found.scope } : undefined;
}

/** The model of `select(User)`; a row of columns has none. */
function selected(
  python: PythonView,
  expression: Expression,
  scope: Scope,
  depth = 0,
): { readonly model: ClassEntity | undefined; readonly steps: readonly Step[] } | undefined {
  const { root, steps } = chainOf(expression);
  const start = root.kind === 'call' ? root : steps.find(({ name, call }) => name === 'select' && call)?.call;
  if (start && SELECT.test(python.nameOf(start.callee, scope))) {
    const [first, ...more] = start.args;
    return { model: more.length === 0 ? classOf(python, first?.value, scope) : undefined, steps };
  }
  const given = depth < DEEPEST ? valueOf(python, root, scope) : undefined;
  const found = given && selected(python, given.value, given.scope, depth + 1);
  return found && { model: found.model, steps: [...found.steps, ...steps] };
}

function isReading(python: PythonView, expression: Expression, scope: Scope): boolean {
  const inner =
    expression.kind === 'call' &&
    expression.args[0] &&
    /text|SQL$/i.test(python.nameOf(expression.callee, scope))
      ? expression.args[0].value
      : expression;
  const first = inner.kind === 'template' ? inner.parts[0] : inner.kind === 'binary' ? inner.left : inner;
  return first !== undefined && literalTexts(python.evaluate(first, scope)).some(text => READS.test(text));
}

/** `session.query(User)`, `session.query(User.id, User.name)` */
function ofSession(
  python: PythonView,
  first: Expression,
  isOnly: boolean,
  scope: Scope,
): Omit<Query, 'steps'> | undefined {
  const model = classOf(python, first, scope);
  if (model) return { by: 'orm', model: isOnly ? model : undefined };
  const isColumn = first.kind === 'attribute' && classOf(python, first.object, scope) !== undefined;
  return isColumn || /^sqlalchemy\b.*\bfunc\b/.test(python.nameOf(first, scope))
    ? { by: 'orm', model: undefined }
    : undefined;
}

/** The question that one link of a chain asks or begins. */
function begunBy(python: PythonView, step: Step, scope: Scope): Omit<Query, 'steps'> | undefined {
  const { name, call, object } = step;
  const [first, ...more] = call?.args ?? [];
  if (!call) {
    const by = name === 'query' ? 'orm' : MANAGERS.test(name) ? 'manager' : undefined;
    const model = by && classOf(python, object, scope);
    return model && { by, model };
  }
  if (!first) return undefined;
  if (name === 'query') return ofSession(python, first.value, more.length === 0, scope);
  if (name === 'get' && more.length > 0) {
    const model = classOf(python, first.value, scope);
    return model && CONNECTION.test(lastOf(object)) ? { by: 'orm', model } : undefined;
  }
  const select = RUNS.test(name) ? selected(python, first.value, scope) : undefined;
  if (select) return { by: 'orm', model: select.model };
  return (RUNS.test(name) || FETCHES.test(name)) &&
    CONNECTION.test(lastOf(object)) &&
    isReading(python, first.value, scope)
    ? { by: 'cursor', model: undefined }
    : undefined;
}

const lastOf = (expression: Expression): string => {
  const inner = plain(expression);
  if (inner.kind === 'call') return lastOf(inner.callee);
  return inner.kind === 'name' || inner.kind === 'attribute' ? inner.name : '';
};

/** The question that an expression asks or prepares; names are followed to what they were given. */
export function queryOf(
  python: PythonView,
  expression: Expression,
  scope: Scope,
  depth = 0,
): Query | undefined {
  const { root, steps } = chainOf(expression);
  for (const [index, step] of steps.entries()) {
    const begun = begunBy(python, step, scope);
    if (!begun) continue;
    const first = step.call?.args[0]?.value;
    const inside = first && RUNS.test(step.name) ? selected(python, first, scope) : undefined;
    const after = steps.slice(index + 1);
    // `execute(select(User))` gives rows; `scalars` takes the objects out of them.
    const isRows = step.name === 'execute' && !after.some(({ name }) => /^scalar/.test(name));
    const all = [...(inside?.steps ?? []), step, ...after];
    const model = isRows || all.some(({ name }) => COLUMNS.test(name)) ? undefined : begun.model;
    return { by: begun.by, model, steps: all };
  }
  if (steps.some(({ name, call }) => RESULTS.test(name) && call)) {
    const before = depth < DEEPEST && steps.length === 1 ? valueOf(python, root, scope) : undefined;
    const query = before && queryOf(python, before.value, before.scope, depth + 1);
    return { by: 'cursor', model: undefined, steps: [...(query?.steps ?? []), ...steps] };
  }
  const given = depth < DEEPEST ? valueOf(python, root, scope) : undefined;
  const query =
    given && given.value !== expression ? queryOf(python, given.value, given.scope, depth + 1) : undefined;
  if (!query) return undefined;
  const all = [...query.steps, ...steps];
  return {
    by: query.by,
    model: all.some(({ name }) => COLUMNS.test(name)) ? undefined : query.model,
    steps: all,
  };
}

const ASKS =
  /^(all|first|one|one_or_none|one_or_404|first_or_404|get|get_or_404|scalar|scalars|scalar_one|scalar_one_or_none|count|paginate|execute|exec|stream|stream_scalars)$/;
const MANAGER_ASKS = /^a?(get|first|last|count|exists|aggregate|latest|earliest|in_bulk)$/;
/** What gives one thing and not many. */
export const GIVES_ONE =
  /^a?(first|one|one_or_none|one_or_404|first_or_404|get|get_or_404|scalar|scalar_one|scalar_one_or_none|count|exists|aggregate|last|latest|earliest|in_bulk|fetchone|fetchrow|fetchval|fetch_one|fetch_val|paginate|update|delete|create|get_or_create|update_or_create|rowcount|lastrowid|keys|subquery|exists|any|bulk_create)$/;

/** Results, and no longer a question. */
const DONE = /^(all|first|one|one_or_none|one_or_404|first_or_404|get|get_or_404|scalar|count|paginate)$/;

/** Whether the expression itself sends its question, and does not only prepare it. */
export function isAsked(query: Query, expression: Expression): boolean {
  const own = chainOf(expression).steps;
  const last = own.at(-1);
  if (!last?.call) return false;
  const sends = ({ name, call }: Step): boolean =>
    call !== undefined && (RUNS.test(name) || FETCHES.test(name));
  if (query.steps.some(sends)) return own.some(sends);
  if (query.by === 'cursor') return false;
  if (query.by === 'manager')
    return (
      MANAGER_ASKS.test(last.name) &&
      !query.steps.slice(0, -1).some(({ name, call }) => call && MANAGER_ASKS.test(name))
    );
  return ASKS.test(last.name) && !query.steps.slice(0, -1).some(({ name, call }) => call && DONE.test(name));
}
