import type { Truth } from '../../../model/index.ts';
import { both, either, not, truth } from '../../../model/index.ts';
import type { Call, Expression, FunctionDefinition } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';

/** An expression inside of functions of which one knows how they are called: decorators that are made of others. */
export interface Filled extends Written {
  readonly calls: Calls;
}

/** The call of each function around. */
export type Calls = ReadonlyMap<FunctionDefinition, { readonly call: Call } & Filled>;

export const NO_CALLS: Calls = new Map();

/** A chain longer than this is a circle. */
const DEEPEST = 16;

/** What a name or member stands for once the parameters are filled; `absent` for an argument that is not given. */
export function behind(view: CodeView, filled: Filled, depth = 0): Filled | 'absent' {
  const { expression, scope, calls } = filled;
  if (depth > DEEPEST) return filled;
  if (expression.kind === 'await')
    return behind(view, { ...filled, expression: expression.value }, depth + 1);
  if (expression.kind === 'attribute') {
    const object = behind(view, { ...filled, expression: expression.object }, depth + 1);
    if (object === 'absent') return 'absent';
    if (object.expression.kind === 'dictionary') {
      const entry = entryOf(view, object, expression.name, depth);
      return entry === 'absent' ? entry : behind(view, entry, depth + 1);
    }
  }
  if (expression.kind !== 'name') return { ...writtenAs(view, expression, scope), calls };
  const found = view.code.resolver.bindings(expression.name, scope, expression.start);
  const [binding] = found?.bindings ?? [];
  if (!found || !binding) return filled;
  if (binding.kind === 'value' && found.bindings.length === 1)
    return behind(view, { expression: binding.value, scope: found.scope, calls }, depth + 1);
  const { definition } = found.scope;
  const around = definition?.kind === 'function' ? calls.get(definition) : undefined;
  if (binding.kind !== 'parameter' || !around) return { ...writtenAs(view, expression, scope), calls };
  const { args, start, end } = around.call;
  if (binding.parameter.spread !== '') {
    const items = args.slice(binding.position).map(spreadAgain);
    return { ...around, expression: { kind: 'collection', form: 'list', items, start, end } };
  }
  if (args.slice(0, binding.position + 1).some(({ spread }) => spread !== '')) return filled;
  const given = args[binding.position]?.value;
  if (given) return behind(view, { ...around, expression: given }, depth + 1);
  const { fallback } = binding.parameter;
  return fallback ? behind(view, { expression: fallback, scope: found.scope, calls }, depth + 1) : 'absent';
}

const spreadAgain = ({ value, spread, start, end }: Call['args'][number]): Expression =>
  spread === '' ? value : { kind: 'spread', value, start, end };

/** An entry of an object that is written down; what is spread in may hold it too. */
function entryOf(view: CodeView, object: Filled, name: string, depth: number): Filled | 'absent' {
  const { expression } = object;
  if (expression.kind !== 'dictionary') return object;
  for (const { key, value } of expression.entries.toReversed()) {
    if (key?.kind === 'string' && key.value === name) return { ...object, expression: value };
    if (key) continue;
    const spread = behind(view, { ...object, expression: value }, depth + 1);
    if (spread === 'absent') continue;
    const entry = entryOf(view, spread, name, depth + 1);
    if (entry !== 'absent') return entry;
  }
  return 'absent';
}

/** The entry of options by this name: `undefined` where there is none, or where the options cannot be followed. */
export function optionOf(view: CodeView, options: Filled | undefined, name: string): Filled | undefined {
  const object = options && behind(view, options);
  if (!object || object === 'absent' || object.expression.kind !== 'dictionary') return undefined;
  const entry = entryOf(view, object, name, 0);
  return entry === 'absent' || entry === object ? undefined : entry;
}

/** Whether a value counts as set: an empty list and an argument that is not given do not. */
export function isSet(view: CodeView, filled: Filled, depth = 0): Truth {
  if (depth > DEEPEST) return 'unclear';
  const found = behind(view, filled);
  if (found === 'absent') return 'no';
  const { expression } = found;
  const of = (each: Expression): Truth => isSet(view, { ...found, expression: each }, depth + 1);
  switch (expression.kind) {
    case 'constant':
      return truth(Boolean(expression.value));
    case 'string':
      return truth(expression.value !== '');
    case 'collection':
      return expression.items.length === 0
        ? 'no'
        : either(...expression.items.map(item => (item.kind === 'spread' ? of(item.value) : 'yes')));
    case 'dictionary':
    case 'function':
    case 'class':
      return 'yes';
    case 'unary':
      return expression.operator === 'not' ? not(of(expression.operand)) : 'unclear';
    case 'logical':
      return expression.operator === 'and'
        ? both(of(expression.left), of(expression.right))
        : either(of(expression.left), of(expression.right));
    default:
      return ofTerm(view, expression, found.scope);
  }
}

/** `Role.Admin` is something, whatever it is. */
function ofTerm(view: CodeView, expression: Expression, scope: Scope): Truth {
  const term = view.evaluate(expression, scope);
  if (term.kind === 'literal') return truth(Boolean(term.value) || term.value === 0);
  return expression.kind === 'attribute' && term.kind === 'reference' ? 'yes' : 'unclear';
}
