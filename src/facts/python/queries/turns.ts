import type { Expression, Statement } from '../../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf } from '../../../read/walk.ts';

/** One statement, or one part of a comprehension, that runs in each turn of a loop. */
export interface Turn {
  readonly statement: Statement | undefined;
  readonly heads: readonly Expression[];
  /** It stands where something is only asked for that is not known yet. */
  readonly isMemo: boolean;
}

/** The names that a target binds. */
export const namesIn = (target: Expression): readonly string[] =>
  expressionsIn(target).flatMap(each => (each.kind === 'name' ? [each.name] : []));

const mentions = (expression: Expression, names: ReadonlySet<string>): boolean =>
  expressionsIn(expression).some(each => each.kind === 'name' && names.has(each.name));

/** Names, and those that are made of them. */
export function taintedBy(first: Iterable<string>, turns: readonly Turn[]): ReadonlySet<string> {
  const names = new Set(first);
  for (const { statement } of turns) {
    if (statement?.kind === 'assign' && statement.value && mentions(statement.value, names))
      for (const name of statement.targets.flatMap(plainNames)) names.add(name);
    if (statement?.kind === 'for' && mentions(statement.iterable, names))
      for (const name of namesIn(statement.target)) names.add(name);
  }
  return names;
}

const plainNames = (target: Expression): readonly string[] =>
  target.kind === 'name' || target.kind === 'collection' ? namesIn(target) : [];

/** After these a loop has no further turn. */
const isEnd = (statement: Statement | undefined): boolean =>
  statement?.kind === 'return' ||
  statement?.kind === 'raise' ||
  (statement?.kind === 'simple' && statement.word === 'break');

/** `if key not in known:` and, for what else, `if key in known:` */
const tests = (test: Expression, operator: string): boolean =>
  expressionsIn(test).some(each => each.kind === 'binary' && each.operator === operator);

function* turnsIn(body: readonly Statement[], isMemo: boolean, isLoop: boolean): Generator<Turn> {
  if (isLoop && isEnd(body.at(-1))) return;
  for (const statement of body) {
    if (statement.kind === 'function' || statement.kind === 'class') continue;
    yield { statement, heads: headOf(statement), isMemo };
    for (const [index, block] of blocksOf(statement).entries())
      yield* turnsIn(block, isMemo || isMemoBlock(statement, index), isLoop);
  }
}

function isMemoBlock(statement: Statement, index: number): boolean {
  if (statement.kind === 'if') return tests(statement.test, index === 0 ? 'not in' : 'in');
  // Handlers are for what seldom happens.
  return statement.kind === 'try' && index > 0 && index <= statement.handlers.length;
}

/** What each turn of a loop does; what ends the loop is done once. */
export const loopTurns = (body: readonly Statement[]): readonly Turn[] => [...turnsIn(body, false, true)];

/** What each call of a function does. */
export const functionTurns = (body: readonly Statement[]): readonly Turn[] => [
  ...turnsIn(body, false, false),
];
