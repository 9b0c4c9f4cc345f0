import type { Option, Term } from '../../model/index.ts';
import { oneOf } from '../../model/index.ts';
import type { Expression } from '../../read/syntax.ts';
import type { Scope } from './scopes.ts';
import type { CallSite } from './sites.ts';
import type { CodeView } from './view.ts';

/** Callers of callers of callers: deeper is guessing. */
const DEEPEST = 3;

/** An argument of a call; where it is a parameter of the function around it, what the callers of that give. */
export function argumentOf(view: CodeView, site: CallSite, position: number, name: string): Term | undefined {
  const positional = site.call.args.filter(arg => arg.name === '' && arg.spread === '');
  const given =
    (name === '' ? undefined : site.call.args.find(arg => arg.name === name)) ??
    (position >= 0 ? positional[position] : undefined);
  return given && termOf(view, given.value, site.scope, 0);
}

function termOf(view: CodeView, expression: Expression, scope: Scope, depth: number): Term {
  const term = view.evaluate(expression, scope);
  if (term.kind !== 'unclear' || expression.kind !== 'name' || depth >= DEEPEST) return term;
  const { definition } = scope;
  if (definition?.kind !== 'function') return term;
  const index = definition.params.findIndex(param => param.name === expression.name);
  if (index === -1) return term;
  const isMethod = scope.parent?.kind === 'class';
  const owner = isMethod && scope.parent.definition?.kind === 'class' ? scope.parent.definition : undefined;
  const called = definition.name === '__init__' && owner ? owner : definition;
  const fallback = definition.params[index]?.fallback;
  const otherwise = fallback && view.evaluate(fallback, scope.parent ?? scope);
  const options = view.callsEnding(called.name).flatMap((caller): Option[] => {
    const callee = view.resolve(caller.call.callee, caller.scope);
    const target = callee?.kind === 'function' || callee?.kind === 'class' ? callee.definition : undefined;
    if (target !== called || view.reached(caller) === 'no') return [];
    const positional = caller.call.args.filter(arg => arg.name === '' && arg.spread === '');
    const value =
      caller.call.args.find(arg => arg.name === expression.name) ?? positional[isMethod ? index - 1 : index];
    if (value) return [{ when: '', term: termOf(view, value.value, caller.scope, depth + 1) }];
    return otherwise ? [{ when: 'by default', term: otherwise }] : [];
  });
  // Callers who give the same thing are one.
  const apart = [...new Map(options.map(option => [JSON.stringify(option.term), option])).values()];
  return apart.length > 0 ? oneOf(apart, term.at) : (otherwise ?? term);
}
