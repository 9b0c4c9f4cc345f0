import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { PythonView } from '../view.ts';
import type { Frame } from './frames.ts';

/** Whether a number of rows has an end that the caller of the service cannot move. */
export type Cap = 'capped' | 'open' | 'unclear';

const CALLERS = /\b(request|req)\.(args|values|form|json|query_params|get_json|GET)\b|\bquery_params\b/;
const HOLDS_DOWN = /\bmin\s*\(|\bclamp\w*\s*\(/;

/**
 * Follows a page size: a number, `min(size, 100)`, a comparison in the same function, or a rule of the parameter
 * hold it down; a plain parameter of a handler or of the query string does not.
 */
export function capOf(python: PythonView, expression: Expression, frame: Frame, left = 4): Cap {
  const text = python.textOf(frame.scope, expression);
  if (HOLDS_DOWN.test(text)) return 'capped';
  if (expression.kind === 'constant') return expression.value === null ? 'open' : 'capped';
  if (CALLERS.test(text)) return 'open';
  const term = python.evaluate(expression, frame.scope);
  if (term.kind === 'literal' || term.kind === 'env') return 'capped';
  if (left === 0) return 'unclear';
  const names = expressionsIn(expression).flatMap(each => (each.kind === 'name' ? [each.name] : []));
  const caps = names.map(name => capOfName(python, name, frame, left - 1));
  return caps.includes('capped') ? 'capped' : caps.includes('open') ? 'open' : 'unclear';
}

function capOfName(python: PythonView, name: string, frame: Frame, left: number): Cap {
  const own = python.textOf(frame.scope, frame.of.definition);
  if (new RegExp(`\\b${name}\\b\\s*>=?|<=?\\s*${name}\\b|\\bmin\\([^)]*\\b${name}\\b`).test(own))
    return 'capped';
  const given = frame.given.get(name);
  if (given) return capOf(python, given.expression, given.frame, left);
  const sources = frame.sources.get(name) ?? [];
  if (sources.length > 0) {
    const caps = sources.map(({ expression }) => capOf(python, expression, frame, left));
    return caps.includes('capped') ? 'capped' : caps.includes('open') ? 'open' : 'unclear';
  }
  const parameter = frame.of.definition.params.find(each => each.name === name);
  if (!parameter || frame.depth > 0) return 'unclear';
  const parts = [parameter.annotation, parameter.fallback].flatMap(each => each ?? []);
  const rule = parts.map(each => python.textOf(frame.of.scope, each)).join(' ');
  if (/\b(le|lt)\s*=|\bLiteral\b|\bconint\b/.test(rule)) return 'capped';
  // What is filled in by a rule of its own, or is no number, cannot be judged here.
  return /^(int|Optional\[int\]|int \| None|typing\.Optional\[int\])?( ?(Query\(.*\)|\d+|None))?$/s.test(rule)
    ? 'open'
    : 'unclear';
}
