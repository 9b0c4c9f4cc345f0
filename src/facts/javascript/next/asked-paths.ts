import type { Term, Truth } from '../../../model/index.ts';
import { both, either, truth } from '../../../model/index.ts';
import { patternOf } from '../../../read/pattern.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { plain } from '../../code/route-parts.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { pathPattern } from './matcher.ts';

/** Texts that names stand for: the path, and what is given to functions that are asked about it. */
export type Texts = ReadonlyMap<string, string>;

export interface Walk {
  readonly view: CodeView;
  readonly isKnown: boolean;
  /** The path that is called; `undefined` where it may be any. */
  readonly path: string | undefined;
  readonly budget: { left: number };
}

export interface Place {
  readonly scope: Scope;
  readonly texts: Texts;
  readonly depth: number;
}

/** A chain of names longer than this is a circle. */
export const DEEPEST = 6;

interface Valued {
  readonly value: Expression;
  readonly scope: Scope;
}

/** The values that a name may have. */
export function valuesOf(
  { view }: Walk,
  { name, start }: Extract<Expression, { kind: 'name' }>,
  { scope }: Place,
): readonly Valued[] {
  const found = view.code.resolver.bindings(name, scope, start);
  return (found?.bindings ?? []).flatMap(binding =>
    binding.kind === 'value' && found ? [{ value: binding.value, scope: found.scope }] : [],
  );
}

const SEARCHES: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  includes: (text, part) => text.includes(part),
};

/** `path.startsWith("/admin")`, `PUBLIC.includes(path)`, `PUBLIC.some(each => path.startsWith(each))`, `/^\/api/.test(path)` */
export function askedOfPath(
  walk: Walk,
  call: Call,
  first: Expression,
  place: Place,
  ask: (callback: FunctionEntity, texts: Texts) => Truth,
): Truth | undefined {
  if (call.callee.kind !== 'attribute') return undefined;
  const { object, name } = call.callee;
  const [text, part] = [textOf(walk, object, place), textOf(walk, first, place)];
  const search = Object.hasOwn(SEARCHES, name) ? SEARCHES[name] : undefined;
  if (search && text !== undefined && part !== undefined) return truth(search(text, part));
  const pattern = name === 'test' ? object : name === 'match' ? first : undefined;
  const against = name === 'test' ? part : text;
  if (pattern && against !== undefined) return byPattern(walk, pattern, against, place);
  const list = /^(includes|has|indexOf|some|every|find|findIndex|filter)$/.test(name)
    ? textsIn(walk, object, place)
    : undefined;
  if (!list) return undefined;
  if (/^(includes|has)$/.test(name)) return part === undefined ? undefined : truth(list.includes(part));
  const callback = walk.view.resolve(first, place.scope);
  if (callback?.kind !== 'function') return undefined;
  const parameter = callback.definition.params[0]?.name ?? '';
  const each = list.map((item): Truth => {
    const texts = new Map([...place.texts, [parameter, item]]);
    return ask(callback, texts);
  });
  return name === 'every' ? both(...each) : either(...each);
}

function byPattern(walk: Walk, pattern: Expression, text: string, place: Place): Truth {
  const of = pattern.kind === 'name' ? (valuesOf(walk, pattern, place)[0]?.value ?? pattern) : pattern;
  const source = of.kind === 'call' && lastNameOf(of.callee) === 'RegExp' ? of.args[0]?.value : undefined;
  const matches = source?.kind === 'string' ? patternOf(source.value)?.matches(text) : undefined;
  return matches === undefined ? 'unclear' : truth(matches);
}

/** Whether one of the paths in a list of settings is meant. */
export function listed(term: Term | undefined, path: string | undefined): Truth {
  const items = term?.kind === 'list' ? term.items : term ? [term] : [];
  if (path === undefined || items.length === 0) return 'unclear';
  return either(
    ...items.map((item): Truth => {
      const source = plain(item);
      const matches = source === undefined ? undefined : pathPattern(source)?.matches(path);
      return matches === undefined ? 'unclear' : truth(matches);
    }),
  );
}

/** The text of an expression: the path that is called, or what is written down. */
export function textOf(walk: Walk, expression: Expression, place: Place): string | undefined {
  if (place.depth > DEEPEST || walk.budget.left-- <= 0) return undefined;
  const deeper = { ...place, depth: place.depth + 1 };
  switch (expression.kind) {
    case 'string':
      return expression.value;
    case 'template': {
      const parts = expression.parts.map(part => textOf(walk, part, deeper));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'attribute':
      if (/^(pathname|originalUrl)$/.test(expression.name)) return walk.path;
      return literalOf(walk, expression, place);
    case 'name': {
      const given = place.texts.get(expression.name);
      if (given !== undefined) return given;
      const [value] = valuesOf(walk, expression, place);
      return value ? textOf(walk, value.value, { ...deeper, scope: value.scope }) : undefined;
    }
    case 'call':
      return /^(toLowerCase|toString|trim)$/.test(lastNameOf(expression.callee)) &&
        expression.callee.kind === 'attribute'
        ? textOf(walk, expression.callee.object, deeper)
        : undefined;
    default:
      return undefined;
  }
}

function literalOf({ view }: Walk, expression: Expression, { scope }: Place): string | undefined {
  const term = view.evaluate(expression, scope);
  return term.kind === 'literal' && typeof term.value === 'string' ? term.value : undefined;
}

/** The texts of a list. */
export function textsIn(
  { view }: Walk,
  expression: Expression,
  { scope }: Place,
): readonly string[] | undefined {
  const made = expression.kind === 'call' && lastNameOf(expression.callee) === 'Set' ? expression.args[0]?.value : expression; // prettier-ignore
  const term = made && view.evaluate(made, scope);
  if (term?.kind !== 'list') return undefined;
  const texts = term.items.map(plain);
  return texts.every(text => text !== undefined) ? texts : undefined;
}
