import type { Call, Expression } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import type { PythonView } from '../view.ts';
import { calledFrame, type Frame, type Methods } from './frames.ts';

/** One step of how a query is put together: `.filter_by(…)`, `.limit(20)`, `select(User)`, `[:20]`. */
export interface Step {
  readonly name: string;
  readonly call: Call | undefined;
  readonly frame: Frame;
}

export interface Chains {
  /** All steps that a value may have gone through, over names, parameters, and functions of the repository. */
  of(expression: Expression, frame: Frame): readonly Step[];
}

/** Expressions that one question may look at. */
const MOST_LOOKED = 500;
/** How far a query is followed through functions that hand it on. */
const DEEPEST = 5;
/** What makes a statement into rows: the statement is one of its arguments. */
const RUNS =
  /^(execute|exec|scalars|stream|stream_scalars|scalar|list|sorted|tuple|set|paginate|apaginate|fetch_all|all)$/;

export function chainsOf(python: PythonView, methods: Methods): Chains {
  const asking = new Set<Expression>();
  let looked = 0;
  const of = (expression: Expression, frame: Frame): readonly Step[] => {
    if (asking.size === 0) looked = 0;
    if (asking.has(expression) || looked++ > MOST_LOOKED) return [];
    asking.add(expression);
    const steps = stepsOf(expression, frame);
    asking.delete(expression);
    // Half of a chain may lack its limit: then nothing is said of it.
    return asking.size === 0 && looked > MOST_LOOKED ? [] : steps;
  };
  const ofName = (name: string, frame: Frame): readonly Step[] => {
    const given = frame.given.get(name);
    const sources = frame.sources.get(name) ?? [];
    const followed = [
      ...(given ? of(given.expression, given.frame) : []),
      ...sources.flatMap(({ expression }) => of(expression, frame)),
    ];
    return followed.length > 0 ? followed : [{ name, call: undefined, frame }];
  };
  const stepsOf = (expression: Expression, frame: Frame): readonly Step[] => {
    switch (expression.kind) {
      case 'await':
      case 'spread':
        return of(expression.value, frame);
      case 'name':
        return ofName(expression.name, frame);
      case 'attribute':
        return [...of(expression.object, frame), { name: expression.name, call: undefined, frame }];
      case 'subscript': {
        const name = expression.index.kind === 'slice' ? '[:]' : '[]';
        return [...of(expression.object, frame), { name, call: undefined, frame }];
      }
      case 'conditional':
        return [...of(expression.then, frame), ...of(expression.otherwise, frame)];
      case 'logical':
        return [...of(expression.left, frame), ...of(expression.right, frame)];
      case 'call':
        return ofCall(expression, frame);
      default:
        return [];
    }
  };
  const ofCall = (call: Call, frame: Frame): readonly Step[] => {
    const { callee } = call;
    const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
    const first = call.args.find(arg => arg.name === '' || /^(statement|query|select|stmt)$/.test(arg.name));
    const statement = first && RUNS.test(name) ? of(first.value, frame) : [];
    const before = callee.kind === 'attribute' ? of(callee.object, frame) : [];
    const inner = frame.depth < DEEPEST ? calledFrame(python, call, frame, methods) : undefined;
    const handedOn = inner ? returnedSteps(inner) : [];
    return [...before, ...statement, ...handedOn, { name, call, frame }];
  };
  const returnedSteps = (frame: Frame): readonly Step[] =>
    returnsOf(frame).flatMap(value => of(value, frame));
  return { of };
}

const returnsOf = ({ of: { definition } }: Frame): readonly Expression[] =>
  [...statementsIn(definition.body)].flatMap(statement =>
    statement.kind === 'return' && statement.value ? [statement.value] : [],
  );
