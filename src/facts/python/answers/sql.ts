import type { Call, Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import type { PythonView } from '../view.ts';
import type { Step } from './chain.ts';
import type { Frame, Part } from './frames.ts';

/** All literal text of an SQL statement, over names, parameters and what is added to it later. */
export function sqlTextOf({ expression, frame }: Part, seen = new Set<string>()): string {
  const texts: string[] = [];
  for (const each of expressionsIn(expression)) {
    if (each.kind === 'string') texts.push(each.value);
    if (each.kind !== 'name' || seen.has(`${frame.depth} ${each.name}`)) continue;
    seen.add(`${frame.depth} ${each.name}`);
    const given = frame.given.get(each.name);
    if (given) texts.push(sqlTextOf(given, seen));
    for (const source of frame.sources.get(each.name) ?? [])
      texts.push(sqlTextOf({ expression: source.expression, frame }, seen));
  }
  return texts.join(' ');
}

/** Where the text of a statement stands: with the caller, when it was handed in. */
export function placeOfText({ expression, frame }: Part): Part {
  const given = expression.kind === 'name' ? frame.given.get(expression.name) : undefined;
  if (given) return placeOfText(given);
  const [source] = expression.kind === 'name' ? (frame.sources.get(expression.name) ?? []) : [];
  return source && source.as === 'value' ? { expression: source.expression, frame } : { expression, frame };
}

/** The statement whose rows are fetched: given to a step of the chain, or to the same cursor before. */
export function statementOf(
  python: PythonView,
  fetch: Call | Expression,
  steps: readonly Step[],
  frame: Frame,
): Part | undefined {
  const step = steps.findLast(({ name, call }) => /^execute(_sql)?$/.test(name) && call !== undefined);
  const [given] = step?.call?.args ?? [];
  if (step && given) return { expression: given.value, frame: step.frame };
  const receiver = fetch.kind === 'call' && fetch.callee.kind === 'attribute' ? fetch.callee.object : fetch;
  const made = receiver.kind === 'await' ? receiver.value : receiver;
  if (made.kind === 'call' && made.callee.kind === 'attribute' && made.callee.name === 'execute') {
    const [own] = made.args;
    return own && { expression: own.value, frame };
  }
  const text = python.textOf(frame.scope, receiver);
  const before = [...executes(frame)].filter(
    call =>
      call.start < fetch.start &&
      call.callee.kind === 'attribute' &&
      python.textOf(frame.scope, call.callee.object) === text,
  );
  const argument = before.at(-1)?.args[0];
  return argument && { expression: argument.value, frame };
}

function* executes({ of }: Frame): Generator<Call> {
  for (const statement of statementsIn(of.definition.body))
    for (const head of headOf(statement))
      for (const each of expressionsIn(head))
        if (each.kind === 'call' && each.callee.kind === 'attribute' && each.callee.name === 'execute')
          yield each;
}
