import type { DataOrigin, Term } from '../../../model/index.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { Scope } from '../scopes.ts';
import type { CodeView } from '../view.ts';
import { originOf, worstOf, type Calls, type Frame } from './flow.ts';
import { confines, notSame, type Lookup } from './guards.ts';
import type { Policy } from './policy.ts';

/** From where a value is looked at. */
export interface Context {
  readonly scope: Scope;
  readonly frames: readonly Frame[];
  /** Names that a comprehension binds. */
  readonly locals: ReadonlyMap<string, DataOrigin>;
  readonly depth: number;
}

/** Follows values back to where they come from. */
export interface Tracer {
  readonly view: CodeView;
  readonly calls: Calls;
  readonly policy: Policy;
  of(expression: Expression, context: Context): DataOrigin;
}

/** Where an expression in another function stands, seen from there. */
export const elsewhere = (scope: Scope, depth: number, frames: readonly Frame[] = []): Context => ({
  scope,
  frames,
  locals: new Map(),
  depth,
});

export const saysOf = ({ view }: Tracer, expression: Expression, { scope }: Context): string =>
  view.textOf(scope, expression).replace(/\s+/g, ' ').slice(0, 60);

export const constantAt = ({ view }: Tracer, expression: Expression, { scope }: Context): DataOrigin =>
  originOf('constant', 'a constant', view.at(scope, expression));

/** The worst of several parts. */
export const ofAll = (
  tracer: Tracer,
  parts: readonly Expression[],
  whole: Expression,
  context: Context,
): DataOrigin =>
  worstOf(
    parts.map(part => tracer.of(part, context)),
    constantAt(tracer, whole, context),
  );

export const lookupIn = ({ calls }: Pick<Tracer, 'calls'>, scope: Scope): Lookup => ({
  functionOf: call => calls.functionOf(call, scope)?.definition,
  follow(name) {
    if (name.kind !== 'name') return undefined;
    const found = calls.view.code.resolver.bindings(name.name, scope, name.start);
    const [only] = found?.bindings ?? [];
    return found?.bindings.length === 1 && only?.kind === 'value' ? only.value : undefined;
  },
});

export const namesIn = (expression: Expression): readonly string[] =>
  [...expressionsIn(expression)].flatMap(each => (each.kind === 'name' ? [each.name] : []));

/** `/^\/\w/.test(next) ? next : "/"`: a test confines the branch that it leads to. */
export function isConfinedBy(
  { calls, policy }: Pick<Tracer, 'calls' | 'policy'>,
  test: Expression,
  outcome: boolean,
  part: Expression,
  scope: Scope,
): boolean {
  const text = calls.view.textOf(scope, part);
  const same = (each: Expression): boolean =>
    part.kind !== 'name' && each.kind === part.kind && calls.view.textOf(scope, each) === text;
  return ['', ...namesIn(part)].some(name =>
    confines(
      test,
      outcome,
      policy,
      { name, at: part.start, body: [], same: name === '' ? same : notSame },
      lookupIn({ calls }, scope),
    ),
  );
}

/** What the evaluator's term says of where data comes from; `undefined` when it says nothing. */
export function originOfTerm(term: Term): DataOrigin | undefined {
  switch (term.kind) {
    case 'literal':
      return originOf('constant', 'a constant', term.at);
    case 'env':
      return originOf('own', `the variable ${term.name}`, term.at);
    case 'input':
      return originOf('input', term.source, term.at);
    case 'list':
      return originOfTerms(term.items, term);
    case 'text':
      return originOfTerms(term.parts, term);
    case 'object':
      return term.open
        ? undefined
        : originOfTerms(
            term.entries.map(([, value]) => value),
            term,
          );
    case 'oneOf':
      return originOfTerms(
        term.options.map(option => option.term),
        term,
      );
    default:
      return undefined;
  }
}

function originOfTerms(terms: readonly Term[], whole: Term): DataOrigin | undefined {
  const found = terms.flatMap(term => originOfTerm(term) ?? []);
  return found.length === terms.length
    ? worstOf(found, originOf('constant', 'a constant', whole.at))
    : undefined;
}

/** Types whose values cannot carry text of the caller's choice. */
export const isHarmlessType = (annotation: string): boolean =>
  /^(typing\.)?(Optional\[|Annotated\[|List\[|list\[|Literal\[)?\s*(int|float|bool|UUID|uuid\.UUID|date|datetime|datetime\.\w+|Decimal|PositiveInt|conint\(|["']\w)/.test(
    annotation.trim(),
  ) ||
  /^(number|boolean|bigint|Date)(\s*\|\s*(null|undefined|number|boolean))*(\[\])?$|^(\|?\s*(["'][\w ]*["']|null|undefined)\s*)+$|Enum\b/.test(
    annotation.trim(),
  );
