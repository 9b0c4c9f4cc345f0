import type { FunctionDefinition } from '../../read/syntax.ts';
import type { Module } from '../code/modules.ts';
import type { Scope } from '../code/scopes.ts';
import type { CodeView } from '../code/view.ts';

/** Where something runs: the places of the calls that lead there, outermost first, then its own. */
export type Turn = readonly { readonly within: Module | FunctionDefinition; readonly at: number }[];

/** A chain of calls longer than this is a circle. */
const DEEPEST = 8;

/** When what stands at an offset runs. A function in an expression runs where it stands. */
export function turnOf(view: CodeView, scope: Scope, at: number, depth = 0): Turn {
  for (let each: Scope | undefined = scope; each; each = each.parent) {
    const { definition, parent } = each;
    if (definition?.kind !== 'function' || definition.isInline || !parent) continue;
    const [caller] = depth < DEEPEST ? placesOf(view, definition, parent) : [];
    const before = caller ? turnOf(view, caller.scope, caller.at, depth + 1) : [];
    return [...before, { within: definition, at }];
  }
  return [{ within: scope.module, at }];
}

/** Where a function is called, or handed to something that calls it: `connect().then(start)`. */
function placesOf(
  { code }: CodeView,
  definition: FunctionDefinition,
  scope: Scope,
): readonly { readonly scope: Scope; readonly at: number }[] {
  const called = code
    .callersOf(definition, scope)
    .map(site => ({ scope: site.scope, at: site.call.callee.end }));
  if (called.length > 0) return called;
  return code
    .handedTo(definition, scope)
    .map(handed => ({ scope: handed.scope, at: handed.call.callee.end }));
}

/** Negative when the one runs before the other; `undefined` when nothing tells. */
export function compareTurns(one: Turn, other: Turn, first: Module | undefined): number | undefined {
  for (const [index, step] of one.entries()) {
    const against = other[index];
    if (!against) return 0;
    if (step.within !== against.within) return index === 0 ? byModule(one, other, first) : undefined;
    if (step.at !== against.at) return step.at - against.at;
  }
  return 0;
}

/** A module that takes the app from another one runs after that. */
function byModule(one: Turn, other: Turn, first: Module | undefined): number | undefined {
  if (one[0]?.within === first) return -1;
  return other[0]?.within === first ? 1 : undefined;
}
