import { routeName, type Route, type Stub } from '../../model/index.ts';
import type { Expression, FunctionDefinition, Span, Statement } from '../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../read/walk.ts';
import type { FunctionEntity } from './entities.ts';
import type { Scope } from './scopes.ts';
import { lastNameOf } from './sites.ts';
import type { CodeView } from './view.ts';

/** How a language writes that something is not done. */
export interface StubSigns {
  /** What a first statement says that does nothing but refuse: `raises NotImplementedError`; empty for any other. */
  unwritten(statement: Statement, inside: Scope): string;
  /** What a statement gives to the caller. */
  answers(statement: Statement): readonly Expression[];
  /** Figures out of a random generator in an answer; random keys, samples and waits are none. */
  figures(answer: Expression, inside: Scope): readonly Expression[];
  /** Last names of calls that only put an answer together. */
  readonly plain: RegExp;
  /** A handler without a body does what it is for, as something before it does. */
  readonly mayBeEmpty: boolean;
}

/** Words by which authors say of their own code that it only stands in for something. */
const STANDS_IN =
  /\b(mock(ed)?|dummy|fake|placeholder|stub(bed)?|hard-?coded|simulated?|canned|not (yet )?implemented|in a real (implementation|system|application)|for now,? (just |simply )?return)\b/i;

const isText = (statement: Statement): boolean =>
  statement.kind === 'expression' &&
  (statement.value.kind === 'string' || statement.value.kind === 'constant');

/** The first statement that does something. */
const begins = ({ body }: FunctionDefinition): Statement | undefined =>
  body.find(statement => !isText(statement));

const isEmpty = ({ body }: FunctionDefinition): boolean =>
  body.every(statement => isText(statement) || (statement.kind === 'simple' && statement.word === 'pass'));

interface Found {
  readonly at: Span;
  readonly says: string;
}

function randomAnswer(of: FunctionEntity, signs: StubSigns): Found | undefined {
  const inside = of.scope.inner(of.definition);
  for (const statement of statementsIn(of.definition.body))
    for (const answer of signs.answers(statement)) {
      const [figure] = signs.figures(answer, inside);
      if (figure) return { at: figure, says: 'it answers with random figures' };
    }
  return undefined;
}

/** It says that it stands in for something, and answers with values that are written there. */
function cannedAnswer({ definition, scope }: FunctionEntity, signs: StubSigns): Found | undefined {
  const { tree } = scope.module;
  const comment = tree.comments.find(
    each =>
      each.start > definition.head.end && each.end < definition.end && STANDS_IN.test(tree.textOf(each)),
  );
  if (!comment) return undefined;
  const statements = [...statementsIn(definition.body)];
  const calls = statements
    .flatMap(headOf)
    .flatMap(expressionsIn)
    .filter(each => each.kind === 'call');
  const answer = statements.find(statement => signs.answers(statement).length > 0);
  return answer && calls.every(each => signs.plain.test(lastNameOf(each.callee)))
    ? { at: answer, says: 'it answers with values that stand in for real ones, as its comment says' }
    : undefined;
}

/** Own functions that a handler calls and that only say that they are not written. */
function unwrittenBelow(view: CodeView, of: FunctionEntity, signs: StubSigns): Found | undefined {
  for (const { call, scope } of view.callsWithin(of, 0)) {
    const callee = view.resolve(call.callee, scope);
    if (callee?.kind !== 'function') continue;
    // A method may be overridden below, unless it is seen of which class the object was made.
    const { self, definition } = callee;
    if (self !== undefined && (self.kind !== 'object' || self.made === undefined)) continue;
    const first = begins(definition);
    const says = first ? signs.unwritten(first, callee.scope.inner(definition)) : '';
    if (says !== '') return { at: of.definition.head, says: `it calls ${definition.name}, which ${says}` };
  }
  return undefined;
}

function found(view: CodeView, of: FunctionEntity, signs: StubSigns): Found | undefined {
  const { definition, scope } = of;
  if (isEmpty(definition))
    return signs.mayBeEmpty ? undefined : { at: definition.head, says: 'its handler is empty' };
  const first = begins(definition);
  const says = first ? signs.unwritten(first, scope.inner(definition)) : '';
  if (first && says !== '') return { at: first, says: `its handler ${says}` };
  return unwrittenBelow(view, of, signs) ?? randomAnswer(of, signs) ?? cannedAnswer(of, signs);
}

/** A handler that does not do what it is for. */
export function stubOf(view: CodeView, route: Route, of: FunctionEntity, signs: StubSigns): Stub | undefined {
  const stub = found(view, of, signs);
  return (
    stub && {
      kind: 'stub',
      at: view.at(of.scope, stub.at),
      route: routeName(route),
      says: stub.says,
      way: [],
    }
  );
}
