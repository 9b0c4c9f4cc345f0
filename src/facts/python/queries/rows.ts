import type { Expression } from '../../../read/syntax.ts';
import { resultsIn } from '../../code/results.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { plain } from '../../code/steps.ts';
import { GIVES_ONE, queryOf, valueOf, type Query } from './query.ts';

/** Own functions that give what own functions give: deeper is guessing. */
const DEEPEST = 2;
const SAME = /^(enumerate|list|sorted|reversed|set|tuple|iter|zip|tqdm)$/;
/** So few turns are no matter. */
const FEW = 10;

/** The query whose rows an expression gives, one after the other; `undefined` for anything else. */
export function rowsOf(
  python: PythonView,
  expression: Expression,
  scope: Scope,
  depth = 0,
): Query | undefined {
  const inner = plain(expression);
  switch (inner.kind) {
    case 'name': {
      const given = valueOf(python, inner, scope);
      return given && depth <= DEEPEST * 3
        ? isCursor(given.value)
          ? CURSOR
          : rowsOf(python, given.value, given.scope, depth + 1)
        : undefined;
    }
    case 'logical':
      return rowsOf(python, inner.left, scope, depth);
    case 'subscript':
      return inner.index.kind === 'slice' && !isShort(inner.index.parts)
        ? rowsOf(python, inner.object, scope, depth)
        : undefined;
    case 'attribute':
      return inner.name === 'items' ? pageOf(python, inner.object, scope) : fromQuery(python, inner, scope);
    case 'call': {
      const [first] = inner.args;
      if (inner.callee.kind === 'name' && SAME.test(inner.callee.name) && first)
        return rowsOf(python, first.value, scope, depth);
      return fromQuery(python, inner, scope) ?? fromOwn(python, inner, scope, depth);
    }
    default:
      return undefined;
  }
}

const CURSOR: Query = { by: 'cursor', model: undefined, steps: [] };

/** `cursor = connection.cursor()`, `with connection.cursor() as cursor`. */
const isCursor = (value: Expression): boolean => {
  const inner = plain(value);
  return inner.kind === 'call' && lastNameOf(inner.callee) === 'cursor';
};

const isShort = (parts: readonly Expression[]): boolean =>
  parts.some(
    part => part.kind === 'constant' && typeof part.value === 'number' && part.value < FEW && part.value > 0,
  );

const ONE =
  /^(first|one|one_or_none|one_or_404|first_or_404|get|get_or_404|scalar|scalar_one|fetchone|fetchrow|get_or_create|create)$/;

const isOfOne = ({ steps }: Query): boolean =>
  steps.slice(0, -1).some(({ name, call }) => call && ONE.test(name));

function fromQuery(python: PythonView, expression: Expression, scope: Scope): Query | undefined {
  const query = queryOf(python, expression, scope);
  const last = query?.steps.at(-1);
  if (!query || !last || (last.call && GIVES_ONE.test(last.name)) || (!last.call && query.by === 'cursor'))
    return undefined;
  if (!last.call && last.name !== 'query' && last.name !== 'objects') return undefined;
  // What belongs to one object is a relation of it.
  if (isOfOne(query)) return undefined;
  return query.steps.some(
    ({ name, call }) => name === 'limit' && call && isShort(call.args.map(arg => arg.value)),
  )
    ? undefined
    : query;
}

/** `page.items` of a paginated query. */
function pageOf(python: PythonView, object: Expression, scope: Scope): Query | undefined {
  const query = queryOf(python, object, scope);
  if (query?.steps.at(-1)?.name !== 'paginate' || isOfOne(query)) return undefined;
  return query;
}

/** What an own function returns. */
function fromOwn(
  python: PythonView,
  call: Extract<Expression, { kind: 'call' }>,
  scope: Scope,
  depth: number,
): Query | undefined {
  if (depth > DEEPEST) return undefined;
  const entity = python.resolve(call.callee, scope);
  if (entity?.kind !== 'function') return undefined;
  const inside = entity.scope.inner(entity.definition);
  const results = resultsIn(entity.definition).filter(each => !isEmpty(each));
  const [first, ...more] = results.map(each => rowsOf(python, each, inside, depth + 1));
  return first && more.every(each => each !== undefined) ? first : undefined;
}

const isEmpty = (expression: Expression): boolean =>
  (expression.kind === 'collection' && expression.items.length === 0) ||
  (expression.kind === 'constant' && expression.value === null);
