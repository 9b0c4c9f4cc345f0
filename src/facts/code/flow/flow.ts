import type { DataOrigin, Location } from '../../../model/index.ts';
import type { Call, Expression, FunctionDefinition, Parameter } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../entities.ts';
import type { Scope } from '../scopes.ts';
import type { CallSite } from '../sites.ts';
import type { CodeView } from '../view.ts';

/** What the questions about data share for one service: who calls what, and which functions answer requests. */
export interface Calls {
  readonly view: CodeView;
  /** Calls of a function of the repository, by reachable code. */
  callersOf(definition: FunctionDefinition, scope: Scope): readonly CallSite[];
  functionOf(call: Call, scope: Scope): FunctionEntity | undefined;
  /** What the caller of the service fills in, when the function answers requests. */
  handled(definition: FunctionDefinition, parameter: Parameter): DataOrigin['kind'] | undefined;
  /** It is one segment of the path, so that no slash can stand in it. */
  isSegment(definition: FunctionDefinition, parameter: Parameter): boolean;
}

const known = new WeakMap<CodeView, Calls>();

export function callsOf(view: CodeView): Calls {
  const before = known.get(view);
  if (before) return before;
  const made = createCalls(view);
  known.set(view, made);
  return made;
}

function createCalls(view: CodeView): Calls {
  const callers = new Map<FunctionDefinition, readonly CallSite[]>();
  let sameName: ReadonlyMap<string, number> | undefined;

  const countOf = (name: string): number => {
    if (!sameName) {
      const counted = new Map<string, number>();
      for (const { definition } of view.functions())
        counted.set(definition.name, (counted.get(definition.name) ?? 0) + 1);
      sameName = counted;
    }
    return sameName.get(name) ?? 0;
  };

  const handled = view.code.language.handled(view);
  return {
    view,
    callersOf(definition, scope) {
      const before = callers.get(definition);
      if (before) return before;
      const found = sitesCalling(view, definition, scope, countOf).filter(
        site => view.reached(site) !== 'no',
      );
      callers.set(definition, found);
      return found;
    },
    functionOf(call, scope) {
      const entity = view.resolve(call.callee, scope);
      return entity?.kind === 'function' ? entity : undefined;
    },
    handled: (...given) => handled.as(...given),
    isSegment: (...given) => handled.isSegment(...given),
  };
}

/** Calls that go to this function; of a class, those that make an object of it. */
function sitesCalling(
  view: CodeView,
  definition: FunctionDefinition,
  scope: Scope,
  countOf: (name: string) => number,
): readonly CallSite[] {
  const isMethod = scope.kind === 'class';
  const word =
    definition.name === '__init__' && scope.definition && 'name' in scope.definition
      ? scope.definition.name
      : definition.name;
  return view.callsEnding(word).filter(site => {
    const entity = view.resolve(site.call.callee, site.scope);
    if (entity?.kind === 'function') return entity.definition === definition;
    if (entity?.kind === 'class') return entity.definition === scope.definition;
    // An object that cannot be followed: its method is this one when no other has the name.
    return (
      entity === undefined &&
      isMethod &&
      site.call.callee.kind === 'attribute' &&
      word.length > 5 &&
      countOf(word) === 1
    );
  });
}

export const originOf = (kind: DataOrigin['kind'], says: string, at: Location): DataOrigin => ({
  kind,
  says,
  at,
  way: [],
});

/** What a test confines, whatever it is. */
export const held = (origin: DataOrigin): DataOrigin => ({
  ...origin,
  kind: 'checked',
  says: `${origin.says}, held against what is allowed`,
});

const RANK: readonly DataOrigin['kind'][] = ['constant', 'checked', 'own', 'unclear', 'input'];

/** Of several parts the one that is least under the control of the service. */
export function worstOf(origins: readonly DataOrigin[], otherwise: DataOrigin): DataOrigin {
  return origins.reduce(
    (worst, each) => (RANK.indexOf(each.kind) > RANK.indexOf(worst.kind) ? each : worst),
    origins[0] ?? otherwise,
  );
}

/** What was given for the parameters of a function that one looks into. */
export interface Frame {
  readonly scope: Scope;
  readonly values: ReadonlyMap<string, Given>;
}

export interface Given {
  readonly expression: Expression;
  readonly scope: Scope;
  readonly frames: readonly Frame[];
}

/** What a parameter is that a call leaves out. */
const nothingAt = ({ end }: Call): Expression => ({ kind: 'constant', value: null, start: end, end });

/** Which argument goes to which parameter. */
export function givenBy(call: Call, callee: FunctionEntity, scope: Scope, frames: readonly Frame[]): Frame {
  const { definition } = callee;
  const first = definition.params[0]?.name;
  const skip = callee.scope.kind === 'class' && (first === 'self' || first === 'cls') ? 1 : 0;
  const positional = call.args.filter(arg => arg.name === '' && arg.spread === '');
  const isOpen = call.args.some(arg => arg.spread !== '');
  const values = new Map<string, Given>();
  definition.params.slice(skip).forEach((parameter, index) => {
    const argument =
      call.args.find(arg => arg.name === parameter.name) ??
      (parameter.spread === '' ? positional[index] : undefined);
    if (argument) values.set(parameter.name, { expression: argument.value, scope, frames });
    else if (parameter.fallback)
      values.set(parameter.name, { expression: parameter.fallback, scope: callee.scope, frames: [] });
    else if (parameter.spread === '' && !isOpen)
      values.set(parameter.name, { expression: nothingAt(call), scope, frames });
  });
  return { scope: callee.scope.inner(definition), values };
}

export const argumentFor = (
  call: Call,
  parameter: Parameter,
  position: number,
  isMethod: boolean,
): Expression | undefined => {
  const named = call.args.find(arg => arg.name === parameter.name);
  if (named) return named.value;
  const spread = call.args.some(arg => arg.spread === '*');
  const positional = call.args.filter(arg => arg.name === '' && arg.spread === '');
  return spread ? undefined : positional[position - (isMethod ? 1 : 0)]?.value;
};
