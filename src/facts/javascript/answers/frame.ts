import type { Call, Expression, Parameter } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';

/** Where one stands, and what the parameters of the functions around were given. */
export interface Frame {
  readonly scope: Scope;
  readonly given: ReadonlyMap<Parameter, Given>;
  readonly depth: number;
}

/** What a parameter stands for: a value, or each element of one. */
export interface Given {
  readonly expression: Expression;
  readonly frame: Frame;
  readonly isElement: boolean;
}

/** The inside of a function that is called. */
export function insideWith(node: CodeView, of: FunctionEntity, call: Call, frame: Frame): Frame {
  const given = new Map(frame.given);
  of.definition.params.forEach((parameter, position) => {
    const argument = call.args[position];
    if (argument && call.args.slice(0, position + 1).every(({ spread }) => spread === ''))
      given.set(parameter, { expression: argument.value, frame, isElement: false });
  });
  return { scope: node.code.resolver.insideOf(of), given, depth: frame.depth + 1 };
}

/** The inside of a function that is handed to `map`, `then` and the like. */
export function insideOfCallback(
  node: CodeView,
  of: FunctionEntity,
  value: Expression,
  frame: Frame,
  isElement: boolean,
): Frame {
  const [first] = of.definition.params;
  const given = first
    ? new Map(frame.given).set(first, { expression: value, frame, isElement })
    : frame.given;
  return { scope: node.code.resolver.insideOf(of), given, depth: frame.depth + 1 };
}
