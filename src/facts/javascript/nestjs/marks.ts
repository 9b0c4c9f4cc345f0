import type { Truth } from '../../../model/index.ts';
import type { Call, ClassDefinition, Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { resultsIn } from '../../code/results.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { behind, NO_CALLS, type Calls, type Filled } from './filled.ts';
import { itemsOf } from './lists.ts';

/** A decorator of a library: as it stands, or as one of those that an own decorator puts together. */
export interface Mark {
  /** Canonical: `@nestjs/common.Get`; empty for one that may do anything. */
  readonly name: string;
  /** `undefined` for one without parentheses. */
  readonly call: Call | undefined;
  readonly scope: Scope;
  readonly calls: Calls;
  /** The decorator as it stands at the class, method or parameter. */
  readonly outer: Written;
  readonly there: Truth;
}

const DEEPEST = 6;

const known = new WeakMap<readonly Expression[], readonly Mark[]>();

/** The decorators of a class, method or parameter, with what own ones stand for. */
export function marksOf(
  view: CodeView,
  { decorators }: Pick<ClassDefinition | FunctionDefinition, 'decorators'>,
  scope: Scope,
): readonly Mark[] {
  const before = known.get(decorators);
  if (before) return before;
  const found = decorators.flatMap(expression =>
    expanded(view, { expression, scope, calls: NO_CALLS }, { expression, scope }, 'yes', 0),
  );
  known.set(decorators, found);
  return found;
}

function expanded(
  view: CodeView,
  filled: Filled,
  outer: Written,
  there: Truth,
  depth: number,
): readonly Mark[] {
  const opaque: Mark = { ...filled, name: '', call: undefined, outer, there };
  if (depth > DEEPEST) return [opaque];
  const found = behind(view, filled);
  if (found === 'absent') return [];
  const { expression, scope, calls } = found;
  if (expression.kind === 'function') return mayHold(view, found) ? [opaque] : [];
  if (expression.kind !== 'call') {
    const name = view.nameOf(expression, scope);
    return name === '' ? [opaque] : [{ ...opaque, name, scope, calls }];
  }
  const callee = view.resolve(expression.callee, scope);
  if (callee?.kind === 'external')
    return callee.name === '@nestjs/common.applyDecorators'
      ? expression.args
          .flatMap(({ value }) =>
            itemsOf(view, { expression: value.kind === 'spread' ? value.value : value, scope, calls }, there),
          )
          .flatMap(item => expanded(view, item, outer, item.there, depth + 1))
      : [{ name: callee.name, call: expression, scope, calls, outer, there }];
  if (callee?.kind !== 'function') return [opaque];
  const inside: Calls = new Map([...calls, [callee.definition, { ...found, call: expression }]]);
  const results = resultsIn(callee.definition);
  const innerScope = view.code.resolver.insideOf(callee);
  return results.flatMap(result =>
    itemsOf(view, { expression: result, scope: innerScope, calls: inside }, there).flatMap(item =>
      expanded(view, item, outer, results.length > 1 ? 'unclear' : item.there, depth + 1),
    ),
  );
}

/** An own decorator that is a function may use others inside. */
const mayHold = (view: CodeView, { expression, scope }: Written): boolean =>
  /UseGuards|SetMetadata|defineMetadata|applyDecorators|RequestMapping/.test(view.textOf(scope, expression));

/** An argument of a decorator; `undefined` where none is given. */
export function argumentOf({ call, scope, calls }: Mark, position: number): Filled | undefined {
  const value = call?.args[position]?.value;
  return value && { expression: value, scope, calls };
}

/** All arguments, with those of lists that are spread in. */
export const argumentsOf = (view: CodeView, { call, scope, calls, there }: Mark) =>
  (call?.args ?? []).flatMap(({ value, spread }) =>
    spread === ''
      ? [{ expression: value, scope, calls, there }]
      : itemsOf(view, { expression: value, scope, calls }, there),
  );

export const named = (marks: readonly Mark[], ...names: readonly string[]): readonly Mark[] =>
  marks.filter(({ name }) => names.some(each => name === `@nestjs/common.${each}`));
