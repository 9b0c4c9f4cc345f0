import type { DataOrigin, Location, Term } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import { resultsIn } from '../results.ts';
import type { Binding, Scope } from '../scopes.ts';
import type { CodeView } from '../view.ts';
import { callsOf, givenBy, held, type Calls, type Frame } from './flow.ts';
import { isGuarded, notSame } from './guards.ts';
import { originsFor, type Origins } from './origin.ts';
import type { Policy } from './policy.ts';
import { isConfinedBy, lookupIn, originOfTerm } from './trace.ts';

/** A piece of a text: written, or put in at run time. */
export type Piece =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'hole'; readonly says: string; readonly origin: DataOrigin; readonly at: Location };

/** One way in which a text can be put together. */
export type Pieces = readonly Piece[];

const MOST = 6;
const DEEPEST = 8;

interface Context {
  readonly view: CodeView;
  readonly calls: Calls;
  readonly origins: Origins;
  readonly policy: Policy;
  readonly frames: readonly Frame[];
  readonly depth: number;
  /** How many more expressions this question may look at. */
  readonly budget: { left: number };
}

/** The ways in which an expression puts its text together, with the origin of everything that is not written. */
export function piecesOf(
  view: CodeView,
  expression: Expression,
  scope: Scope,
  policy: Policy,
): readonly Pieces[] {
  const context: Context = {
    view,
    calls: callsOf(view),
    origins: originsFor(view, policy),
    policy,
    frames: [],
    depth: 0,
    budget: { left: 1000 },
  };
  return waysOf(expression, scope, context);
}

const hole = (expression: Expression, scope: Scope, { view, origins, frames }: Context): Piece => {
  const origin = origins.of(expression, scope, frames);
  return {
    kind: 'hole',
    says: view.textOf(scope, expression).replace(/\s+/g, ' ').slice(0, 60),
    origin,
    at: view.at(scope, expression),
  };
};

const text = (value: string): Piece => ({ kind: 'text', value });

/** Everything that one can say followed by everything that the other can say. */
const then = (left: readonly Pieces[], right: readonly Pieces[]): readonly Pieces[] =>
  left.flatMap(first => right.map(second => [...first, ...second])).slice(0, MOST);

function waysOf(expression: Expression, scope: Scope, outer: Context): readonly Pieces[] {
  const context = { ...outer, depth: outer.depth + 1 };
  if (context.depth > DEEPEST || context.budget.left-- <= 0) return [[hole(expression, scope, context)]];
  switch (expression.kind) {
    case 'string':
      return [[text(expression.value)]];
    case 'constant':
      return [[text(String(expression.value))]];
    case 'template':
      return expression.parts.reduce<readonly Pieces[]>(
        (before, part) =>
          then(before, part.kind === 'string' ? [[text(part.value)]] : waysOfPart(part, scope, context)),
        [[]],
      );
    case 'binary':
      return waysOfOperation(expression, scope, context);
    case 'conditional':
      return waysOfConditional(expression, scope, context);
    case 'logical':
      // With a number behind it, the origin of the whole tells more than that of each side.
      if (expression.right.kind === 'constant' && typeof expression.right.value === 'number')
        return [[hole(expression, scope, context)]];
      return [...waysOf(expression.left, scope, context), ...waysOf(expression.right, scope, context)].slice(
        0,
        MOST,
      );
    case 'await':
    case 'walrus':
      return waysOf(expression.value, scope, context);
    case 'name':
      return waysOfName(expression, scope, context);
    case 'call':
      return waysOfCall(expression, scope, context);
    default:
      return waysOfTerm(expression, scope, context);
  }
}

/** A branch that its test confines is not taken apart: what it is made of does not matter any more. */
const waysOfConditional = (
  { test, then: holds, otherwise }: Extract<Expression, { kind: 'conditional' }>,
  scope: Scope,
  context: Context,
): readonly Pieces[] =>
  [holds, otherwise]
    .flatMap((part, index): readonly Pieces[] => {
      if (part.kind === 'string' || !isConfinedBy(context, test, index === 0, part, scope))
        return waysOf(part, scope, context);
      const piece = hole(part, scope, context);
      return piece.kind === 'hole' && piece.origin.kind === 'input'
        ? [[{ ...piece, origin: held(piece.origin) }]]
        : [[piece]];
    })
    .slice(0, MOST);

/** A part of a longer text: followed where it is text of its own, else a hole. */
const waysOfPart = (part: Expression, scope: Scope, context: Context): readonly Pieces[] =>
  part.kind === 'name' || part.kind === 'call' || part.kind === 'conditional' || part.kind === 'attribute'
    ? waysOf(part, scope, context)
    : [[hole(part, scope, context)]];

function waysOfOperation(
  expression: Extract<Expression, { kind: 'binary' }>,
  scope: Scope,
  context: Context,
): readonly Pieces[] {
  const { operator, left, right } = expression;
  if (operator === '+') return then(waysOf(left, scope, context), waysOfPart(right, scope, context));
  if (operator === '*') return waysOf(left.kind === 'constant' ? right : left, scope, context);
  if (operator !== '%') return [[hole(expression, scope, context)]];
  const values =
    right.kind === 'collection'
      ? right.items.map(value => ({ name: '', value }))
      : right.kind === 'dictionary'
        ? right.entries.map(({ key, value }) => ({ name: key?.kind === 'string' ? key.value : '', value }))
        : [{ name: '', value: right }];
  return waysOf(left, scope, context).map(pieces =>
    filled(pieces, /%(?:\(\w+\))?[-+0 #]*\d*(?:\.\d+)?[sdrfi]/g, values, scope, context),
  );
}

/** The places of a format string take the values by their names, else in order. */
function filled(
  pieces: Pieces,
  places: RegExp,
  values: readonly { readonly name: string; readonly value: Expression }[],
  scope: Scope,
  context: Context,
): Pieces {
  let next = 0;
  return pieces.flatMap((piece): Pieces => {
    if (piece.kind === 'hole') return [piece];
    const marks = [...piece.value.matchAll(places)];
    return piece.value.split(places).flatMap((part, index): Pieces => {
      if (index === 0) return [text(part)];
      const name = /\w+/.exec(marks[index - 1]?.[0].replace(/^%(?!\()/, '') ?? '')?.[0];
      const value =
        values.find(each => each.name !== '' && each.name === name) ??
        values[Math.min(next++, values.length - 1)];
      return value ? [hole(value.value, scope, context), text(part)] : [text(part)];
    });
  });
}

function waysOfName(
  expression: Extract<Expression, { kind: 'name' }>,
  scope: Scope,
  context: Context,
): readonly Pieces[] {
  const { resolver } = context.view.code;
  const found = resolver.bindings(expression.name, scope, expression.start);
  const bindings = (found?.bindings ?? []).toReversed();
  const [first] = bindings;
  if (!found || !first) return waysOfTerm(expression, scope, context);
  if (isHeld(expression.name, expression.start, scope, context)) return [[hole(expression, scope, context)]];
  if (first.kind === 'parameter' && bindings.length === 1) {
    const given = context.frames.findLast(frame => frame.scope === found.scope)?.values.get(expression.name);
    return given
      ? waysOf(given.expression, given.scope, { ...context, frames: given.frames })
      : [[hole(expression, scope, context)]];
  }
  return waysOfBindings(bindings, found.scope, context) ?? waysOfTerm(expression, scope, context);
}

/** The values that a name gets one after the other; `undefined` when one of them is no expression. */
function waysOfBindings(
  bindings: readonly Binding[],
  scope: Scope,
  context: Context,
): readonly Pieces[] | undefined {
  let ways: readonly Pieces[] = [];
  for (const binding of bindings) {
    if (binding.kind === 'value') ways = [...ways, ...waysOf(binding.value, scope, context)].slice(0, MOST);
    // What is added may be added or not; with it the text says more.
    else if (binding.kind === 'augment')
      ways = then(ways.length > 0 ? ways : [[]], waysOf(binding.value, scope, context));
    else if (binding.kind !== 'parameter') return undefined;
  }
  return ways.length > 0 ? ways : undefined;
}

/** Held against what is allowed: then it does not matter what it was made of. */
function isHeld(name: string, at: number, scope: Scope, { calls, policy }: Context): boolean {
  const body = scope.definition?.kind === 'function' ? scope.definition.body : [];
  return isGuarded({ name, at, body, same: notSame }, policy, lookupIn({ calls }, scope));
}

function waysOfCall(call: Call, scope: Scope, context: Context): readonly Pieces[] {
  const { callee } = call;
  const word = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  const first = call.args.find(arg => arg.name === '')?.value;
  if (/^(text|SQL|dedent|cleandoc|str)$/.test(word) && first) return waysOf(first, scope, context);
  if (context.policy.cleans.test(word)) return [[hole(call, scope, context)]];
  const base = word === 'URL' ? call.args[1]?.value : undefined;
  // `new URL(path, base)`: a path that is an address of its own leaves the base away.
  if (base && first)
    return [...waysOf(first, scope, context), ...then(waysOf(base, scope, context), [[text('/')]])].slice(
      0,
      MOST,
    );
  const own = context.calls.functionOf(call, scope);
  if (own) {
    const frame = givenBy(call, own, scope, context.frames);
    const results = resultsIn(own.definition).slice(0, MOST);
    const inside = own.scope.inner(own.definition);
    const frames = [...context.frames, frame];
    return results.length > 0
      ? results.flatMap(result => waysOf(result, inside, { ...context, frames })).slice(0, MOST)
      : [[hole(call, scope, context)]];
  }
  const tagged = taggedText(call, context.view.textOf(scope, call));
  if (tagged && SQL_TAG.test(word)) return waysOfTagged(tagged, scope, context);
  if (callee.kind !== 'attribute') return waysOfTerm(call, scope, context);
  if (RAW.test(word) && first) return waysOf(first, scope, context);
  if (word === 'format') return waysOfFormat(call, callee.object, scope, context);
  if (word === 'join' && scope.module.language !== 'python')
    return waysOfJoin(first, callee.object, scope, context);
  if (word === 'join' && first) return waysOfJoin(callee.object, first, scope, context);
  if (
    /^(strip|rstrip|lstrip|replace|lower|upper|bindparams|columns|execution_options|removesuffix|trim|trimEnd|trimStart|replaceAll)$/.test(
      word,
    )
  )
    return waysOf(callee.object, scope, context);
  return waysOfTerm(call, scope, context);
}

function waysOfFormat(call: Call, template: Expression, scope: Scope, context: Context): readonly Pieces[] {
  // `sql.SQL("… {}").format(sql.Identifier(x))` quotes what it is given.
  if (/sql\.(SQL|Composed)\(\)$/.test(context.view.nameOf(template, scope)))
    return waysOf(template, scope, context);
  const values = call.args.map(({ name, value }) => ({ name, value }));
  return waysOf(template, scope, context).map(pieces =>
    filled(pieces, /(?<!\{)\{[^{}]*\}/g, values, scope, context),
  );
}

function waysOfJoin(
  separator: Expression | undefined,
  list: Expression,
  scope: Scope,
  context: Context,
): readonly Pieces[] {
  const between = separator ? waysOf(separator, scope, context) : [[text(',')]];
  if (list.kind === 'collection')
    return list.items.reduce<readonly Pieces[]>(
      (before, item, index) =>
        then(index === 0 ? before : then(before, between), waysOf(item, scope, context)),
      [[]],
    );
  return waysOfElement(list, scope, context) ?? [[hole(list, scope, context)]];
}

/** `ids.map(() => "?")`: each element is what the function makes of it. */
function waysOfElement(list: Expression, scope: Scope, context: Context): readonly Pieces[] | undefined {
  if (list.kind !== 'call' || list.callee.kind !== 'attribute' || list.callee.name !== 'map')
    return undefined;
  const made = list.args[0]?.value;
  if (made?.kind !== 'function') return undefined;
  const inside = scope.inner(made);
  const results = resultsIn(made);
  return results.length > 0
    ? results.flatMap(result => waysOf(result, inside, context)).slice(0, MOST)
    : undefined;
}

/** Tags of templates whose holes become parameters. */
const SQL_TAG = /^(sql|SQL|\$queryRaw|\$executeRaw|tsql|pgsql|Sql)$/;
/** Calls that put a text into a statement as it is. */
const RAW = /^(raw|unsafe|literal)$/;

/** The template behind a tag: `sql`…``; a call with a template in brackets is none. */
export function taggedText(
  { callee, args: [first] }: Call,
  written: string,
): Extract<Expression, { kind: 'template' | 'string' }> | undefined {
  const value = first?.value;
  if (value?.kind !== 'template' && value?.kind !== 'string') return undefined;
  return written.endsWith('`') && !/\(\s*$/.test(written.slice(0, value.start - callee.start))
    ? value
    : undefined;
}

/** Values in the holes are bound; what a call hands over as it is, and other pieces of SQL, are text. */
function waysOfTagged(
  tagged: Extract<Expression, { kind: 'template' | 'string' }>,
  scope: Scope,
  context: Context,
): readonly Pieces[] {
  if (tagged.kind === 'string') return [[text(tagged.value)]];
  return tagged.parts.reduce<readonly Pieces[]>(
    (before, part) => {
      if (part.kind === 'string') return then(before, [[text(part.value)]]);
      const word =
        part.kind === 'call' && (part.callee.kind === 'attribute' || part.callee.kind === 'name')
          ? part.callee.name
          : '';
      return then(
        before,
        RAW.test(word) || SQL_TAG.test(word) ? waysOf(part, scope, context) : [[text('?')]],
      );
    },
    [[]],
  );
}

function waysOfTerm(expression: Expression, scope: Scope, context: Context): readonly Pieces[] {
  const term = context.view.evaluate(expression, scope);
  const terms = term.kind === 'oneOf' ? term.options.map(option => option.term) : [term];
  const says = context.view.textOf(scope, expression).slice(0, 60);
  const ways = terms.flatMap(each => {
    const pieces = piecesOfTerm(each, says);
    return pieces ? [pieces] : [];
  });
  return ways.length === terms.length ? ways.slice(0, MOST) : [[hole(expression, scope, context)]];
}

/** Only what is certainly no data of the caller: for all else the way matters on which it came. */
function piecesOfTerm(term: Term, says: string): Pieces | undefined {
  const parts = term.kind === 'text' ? term.parts : [term];
  const pieces = parts.flatMap((part): Pieces => {
    if (part.kind === 'literal') return [text(String(part.value))];
    const origin = originOfTerm(part);
    return origin && origin.kind !== 'input' ? [{ kind: 'hole', says, origin, at: part.at }] : [];
  });
  return pieces.length === parts.length ? pieces : undefined;
}

/** The written text in front of a piece. */
export const textBefore = (pieces: Pieces, index: number): string =>
  pieces
    .slice(0, index)
    .map(piece => (piece.kind === 'text' ? piece.value : '\u0001'))
    .join('');
