import type { Truth } from '../../../model/index.ts';
import { either, truth } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { isSet, NO_CALLS, optionOf, type Filled } from './filled.ts';
import { argumentOf, type Mark } from './marks.ts';
import { textOf } from './modules.ts';

/** What decorators leave at a class or method for guards to read: a text, or the decorator itself. */
export type Key = string | Call;

/** Where a guard reads it: what it asks first comes first. */
export interface Asked {
  readonly key: Key | undefined;
  readonly of: readonly ('method' | 'class')[];
}

/** The marks of a route. */
export interface Marks {
  readonly method: readonly Mark[];
  readonly class: readonly Mark[];
}

const MAKES_DECORATORS = '@nestjs/core.Reflector.createDecorator()';

const READERS = /^(get|getAll|getAllAndOverride|getAllAndMerge|getMetadata|getOwnMetadata)$/;

/** `this.reflector.getAllAndOverride(IS_PUBLIC, [context.getHandler(), context.getClass()])` */
export function readOf(view: CodeView, { call, scope }: Pick<CallSite, 'call' | 'scope'>): Asked | undefined {
  const { callee, args } = call;
  if (callee.kind !== 'attribute' || !READERS.test(callee.name)) return undefined;
  const object = view.nameOf(callee.object, scope);
  const isReflector =
    /(^|\.)Reflector(\(\))?$|^Reflect$/.test(object) || /^reflector$/i.test(lastNameOf(callee.object));
  const [key, ...targets] = args;
  if (!isReflector || !key || targets.length === 0) return undefined;
  const text = targets.map(({ value }) => view.textOf(scope, value)).join(' ');
  const of = (['method', 'class'] as const)
    .map(each => ({
      each,
      at: text.search(each === 'method' ? /getHandler|descriptor|handler/i : /getClass|target/i),
    }))
    .filter(({ at }) => at !== -1)
    .sort((one, other) => one.at - other.at)
    .map(({ each }) => each);
  return { key: keyOf(view, key.value, scope), of };
}

/** A text that can be told, or the call that made the decorator by which it is read. */
function keyOf(view: CodeView, expression: Expression, scope: Scope): Key | undefined {
  const entity = view.resolve(expression, scope);
  if (entity?.kind === 'external' && entity.name === MAKES_DECORATORS) return entity.made?.call;
  // `Public.KEY` of a decorator that a library makes has no text of ours.
  return textOf(view, { expression, scope, calls: NO_CALLS });
}

/** Whether a route is marked by a key. */
export function isMarked(view: CodeView, marks: Marks, { key, of }: Asked): Truth {
  if (key === undefined) return 'unclear';
  for (const place of of) {
    const found = marks[place].filter(mark => isOf(view, mark, key) !== 'no');
    const [first] = found;
    if (!first) continue;
    return either(...found.map(mark => valueOf(view, mark, key)));
  }
  // One that may do anything may leave this mark too.
  return of.some(place => marks[place].some(({ name }) => name === '')) ? 'unclear' : 'no';
}

/** By what a mark is read, and what it says; `undefined` for one that leaves nothing. */
function leftBy(
  view: CodeView,
  mark: Mark,
):
  | { readonly key: Key | undefined; readonly also: Key | undefined; readonly value: Filled | undefined }
  | undefined {
  if (/^@nestjs\/common\.SetMetadata$|^Reflect\.metadata$/.test(mark.name)) {
    const first = argumentOf(mark, 0);
    return { key: first && textOf(view, first), also: undefined, value: argumentOf(mark, 1) };
  }
  if (mark.name !== MAKES_DECORATORS) return undefined;
  const callee = mark.call && view.resolve(mark.call.callee, mark.scope);
  const made = callee?.kind === 'external' ? callee.made : undefined;
  const [options] = made?.call.args ?? [];
  const named =
    options &&
    made &&
    optionOf(view, { expression: options.value, scope: made.scope, calls: NO_CALLS }, 'key');
  return { key: made?.call, also: named && textOf(view, named), value: argumentOf(mark, 0) };
}

function isOf(view: CodeView, mark: Mark, key: Key): Truth {
  const left = leftBy(view, mark);
  if (!left) return 'no';
  if (left.key === undefined) return 'unclear';
  return truth(left.key === key || left.also === key);
}

function valueOf(view: CodeView, mark: Mark, key: Key): Truth {
  if (mark.there !== 'yes' || isOf(view, mark, key) !== 'yes') return 'unclear';
  const value = leftBy(view, mark)?.value;
  if (!value) return truth(mark.name === MAKES_DECORATORS);
  return isSet(view, value);
}
