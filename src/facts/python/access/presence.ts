import type { Expression, Statement } from '../../../read/syntax.ts';
import { blocksOf } from '../../../read/walk.ts';
import { refusesIn, speaksOfCaller, wordsIn } from './words.ts';

/** Words for what somebody brings who says who they are. */
const BROUGHT =
  /^(token|access_token|auth_token|auth_header|authorization|authorization_header|api_key|apikey|x-api-key|jwt|bearer|credentials|current_user|user|user_id|is_authenticated|authenticated|authed|logged_in|is_logged_in|get_current_user|claims|identity|get_jwt_identity|session)$/;
/** What is called so belongs to the service, and says nothing of who calls: `settings.api_key`. */
const OWN = /^(settings|config|conf|self)$/;

const wordOf = (expression: Expression): string =>
  expression.kind === 'call'
    ? wordOf(expression.callee)
    : expression.kind === 'name' || expression.kind === 'attribute'
      ? expression.name
      : '';

const isBrought = (expression: Expression): boolean => {
  const object = expression.kind === 'attribute' ? expression.object : undefined;
  if (BROUGHT.test(wordOf(expression))) return !object || !OWN.test(wordOf(object));
  if (expression.kind === 'await') return isBrought(expression.value);
  // `request.headers.get("Authorization")`
  const [first] = expression.kind === 'call' ? expression.args : [];
  return (
    wordOf(expression) === 'get' &&
    first?.value.kind === 'string' &&
    BROUGHT.test(first.value.value.toLowerCase())
  );
};

/** A test that only holds for somebody who says who they are: `if token:`, `if not user.is_anonymous:`. */
function asksForSomebody(test: Expression): boolean {
  switch (test.kind) {
    case 'unary':
      return test.operator === 'not' && wordOf(test.operand) === 'is_anonymous';
    case 'logical':
      return test.operator === 'and'
        ? asksForSomebody(test.left) || asksForSomebody(test.right)
        : asksForSomebody(test.left) && asksForSomebody(test.right);
    case 'binary':
      if (test.operator === 'is not' || test.operator === '!=')
        return test.right.kind === 'constant' && test.right.value === null && isBrought(test.left);
      return (
        test.operator === 'in' &&
        test.left.kind === 'string' &&
        /^(session|cookies|headers)$/.test(wordOf(test.right))
      );
    case 'walrus':
      return isBrought(test.target);
    default:
      return isBrought(test);
  }
}

type If = Extract<Statement, { kind: 'if' }>;

/** Whatever it refuses, it refuses to somebody who is known: strangers pass it by. */
const asksTheKnown = ({ test, otherwise }: If): boolean => asksForSomebody(test) && !refusesIn(otherwise);

/** `if is_open() or is_admin(): go on, else: refuse` lets everybody go on while it is open. */
function hasOpenWay({ test, body, otherwise }: If): boolean {
  if (refusesIn(body) || !refusesIn(otherwise)) return false;
  const ways = alternatives(test);
  return ways.length > 1 && ways.some(way => ![...wordsIn(way)].some(speaksOfCaller));
}

const alternatives = (test: Expression): readonly Expression[] =>
  test.kind === 'logical' && test.operator === 'or'
    ? [...alternatives(test.left), ...alternatives(test.right)]
    : [test];

/** The part of a test that strangers may come by; `undefined` when it is the whole. */
function openPart(statement: Statement): readonly Statement[] | undefined {
  if (statement.kind !== 'if') return undefined;
  if (asksTheKnown(statement)) return statement.otherwise;
  return hasOpenWay(statement) ? statement.body : undefined;
}

/** Whether a block turns strangers away, and not only some who are known. */
export const refusesStrangers = (body: readonly Statement[]): boolean =>
  body.some(statement => {
    const part = openPart(statement);
    if (part) return refusesStrangers(part);
    const blocks = blocksOf(statement);
    return blocks.length > 0 ? blocks.some(refusesStrangers) : refusesIn([statement]);
  });

/** The statements that strangers come by too; also those of functions inside, which a decorator returns. */
export function* forStrangers(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    const part = openPart(statement);
    if (part) {
      yield* forStrangers(part);
      continue;
    }
    yield statement;
    if (statement.kind === 'function') yield* forStrangers(statement.body);
    for (const block of blocksOf(statement)) yield* forStrangers(block);
  }
}
