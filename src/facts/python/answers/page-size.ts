import { outcomes, type Term } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import type { Frame } from './frames.ts';

/** Whether a number of rows has an end that the caller of the service cannot move. */
export type Cap = 'capped' | 'open' | 'unclear';

const CALLERS = /\b(request|req)\.(args|values|form|json|query_params|get_json|GET)\b|\bquery_params\b/;

/** How many names one leads to the next. */
const LONGEST_WAY = 4;

/**
 * Follows a page size: a number, `min(size, 100)`, a comparison with a number in the same function, or a rule of
 * the parameter hold it down; a plain parameter of a handler or of the query string does not.
 */
export function capOf(python: PythonView, expression: Expression, frame: Frame, left = LONGEST_WAY): Cap {
  if (expression.kind === 'constant') return expression.value === null ? 'open' : 'capped';
  const calls = expressionsIn(expression).filter(each => each.kind === 'call');
  if (calls.some(call => holdsDown(python, call, frame, left))) return 'capped';
  if (CALLERS.test(python.textOf(frame.scope, expression))) return 'open';
  const term = python.evaluate(expression, frame.scope);
  if (term.kind === 'literal' || term.kind === 'env') return 'capped';
  if (isSetting(expression)) return 'capped';
  if (left === 0) return 'unclear';
  if (expression.kind === 'attribute' && expression.object.kind === 'name')
    return capOfField(python, expression.object.name, expression.name, frame);
  const names = expressionsIn(expression).flatMap(each => (each.kind === 'name' ? [each.name] : []));
  return strongest(names.map(name => capOfName(python, name, frame, left - 1)));
}

/** `current_app.config["PER_PAGE"]`, `settings.page_size`: whoever runs the service says it. */
const isSetting = (expression: Expression): boolean => {
  const from =
    expression.kind === 'subscript' || expression.kind === 'attribute' ? expression.object : undefined;
  return from !== undefined && /^(config|conf|cfg|settings?|options)$/i.test(lastNameOf(from));
};

const strongest = (caps: readonly Cap[]): Cap => {
  if (caps.includes('capped')) return 'capped';
  return caps.includes('open') ? 'open' : 'unclear';
};

/** `min(size, 100)`: one of what it is given has an end. */
const holdsDown = (python: PythonView, { callee, args }: Call, frame: Frame, left: number): boolean =>
  /^(min|clamp\w*)$/.test(lastNameOf(callee)) &&
  args.some(({ value }) => left > 0 && capOf(python, value, frame, left - 1) === 'capped');

/** Nobody asks for pages with fewer rows than this: such a number is a floor. */
const SMALLEST_CAP = 2;

const isCap = (term: Term): boolean =>
  [...outcomes(term)].every(
    each =>
      each.kind === 'env' ||
      (each.kind === 'literal' && typeof each.value === 'number' && each.value >= SMALLEST_CAP),
  );

/** `if size > 100:` holds it down, `if size > 0:` does not; `100 < size` says the same. */
function isCompared(python: PythonView, name: string, frame: Frame): Cap | undefined {
  const isName = (each: Expression) => each.kind === 'name' && each.name === name;
  const bounds = [...statementsIn(frame.of.definition.body)]
    .flatMap(headOf)
    .flatMap(head => [...expressionsIn(head)])
    .flatMap(each => {
      if (each.kind !== 'binary') return [];
      if (/^>=?$/.test(each.operator) && isName(each.left)) return [{ sure: true, by: each.right }];
      if (/^<=?$/.test(each.operator) && isName(each.right)) return [{ sure: true, by: each.left }];
      // `if size < 10:` raises it, `assert size <= 100` holds it down.
      if (/^<=?$/.test(each.operator) && isName(each.left)) return [{ sure: false, by: each.right }];
      return [];
    })
    .filter(({ by }) => isCap(python.evaluate(by, frame.scope)));
  if (bounds.length === 0) return undefined;
  return bounds.some(({ sure }) => sure) ? 'capped' : 'unclear';
}

function capOfName(python: PythonView, name: string, frame: Frame, left: number): Cap {
  const compared = isCompared(python, name, frame);
  if (compared) return compared;
  const given = frame.given.get(name);
  if (given) return capOf(python, given.expression, given.frame, left);
  const sources = frame.sources.get(name) ?? [];
  if (sources.length > 0)
    return strongest(sources.map(({ expression }) => capOf(python, expression, frame, left)));
  const parameter = frame.of.definition.params.find(each => each.name === name);
  if (!parameter || frame.depth > 0) return 'unclear';
  return capOfRule(python, parameter, frame.of.scope);
}

interface Ruled {
  readonly annotation: Expression | undefined;
  readonly fallback: Expression | undefined;
}

/** `size: int = Query(20, le=100)`, `size: Annotated[int, Field(lt=101)] = 20`, `size: Literal[10, 20]`. */
function capOfRule(python: PythonView, { annotation, fallback }: Ruled, scope: Scope): Cap {
  const parts = [annotation, fallback].flatMap(each => each ?? []);
  const inside = parts.flatMap(part => [...expressionsIn(part)]);
  if (inside.some(each => each.kind === 'name' && each.name === 'Literal')) return 'capped';
  if (inside.some(each => each.kind === 'call' && each.args.some(({ name }) => /^(le|lt)$/.test(name))))
    return 'capped';
  const text = parts.map(part => python.textOf(scope, part)).join(' ');
  // What is filled in by a rule of its own, or is no number, cannot be judged here.
  return /^(int|Optional\[int\]|int \| None|typing\.Optional\[int\])?( ?((Query|Field)\(.*\)|\d+|None))?$/s.test(
    text,
  )
    ? 'open'
    : 'unclear';
}

/** `params.size`, where `params` is an object of a class of the repository that rules its fields. */
function capOfField(python: PythonView, object: string, field: string, frame: Frame): Cap {
  const parameter = frame.of.definition.params.find(({ name }) => name === object);
  if (!parameter) return 'unclear';
  const named = [parameter.annotation, parameter.fallback].flatMap(each =>
    each ? [...expressionsIn(each)] : [],
  );
  for (const each of named) {
    const entity = python.resolve(each, frame.of.scope);
    if (entity?.kind !== 'class') continue;
    const scope = entity.scope.inner(entity.definition);
    for (const statement of entity.definition.body) {
      if (
        statement.kind === 'assign' &&
        statement.targets.some(to => to.kind === 'name' && to.name === field)
      )
        return capOfRule(python, { annotation: statement.annotation, fallback: statement.value }, scope);
      const own = statement.kind === 'function' && statement.name === '__init__' ? statement.params : [];
      const given = own.find(({ name }) => name === field);
      if (given) return capOfRule(python, given, scope);
    }
  }
  return 'unclear';
}
