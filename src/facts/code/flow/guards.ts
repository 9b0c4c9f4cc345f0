import type { Call, Expression, FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import { confinesByPattern, patternAsked } from './patterns.ts';
import type { Follow, Outcome, Policy } from './policy.ts';

/** A name where it is used. */
export interface Use {
  readonly name: string;
  readonly at: number;
  /** The statements of the function around it. */
  readonly body: readonly Statement[];
  /** Whether an expression is the value itself, for values that have no name. */
  readonly same: (part: Expression) => boolean;
}

/** Of a name: only the name is the value. */
export const notSame = (): boolean => false;

/** Asks about functions of the repository. */
export interface Lookup {
  /** The definition that a call of an own function goes to. */
  functionOf(call: Call): FunctionDefinition | undefined;
  follow: Follow;
}

const LEAVES =
  /^(abort|exit|_exit|redirect|raise_\w*|throw\w*|next|flash_and_redirect|fail|error|bad_request|skip)$/;

const lastWord = (expression: Expression): string =>
  expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '';

/** Whether a block does not go on to what follows it. */
export function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (!last) return false;
  if (last.kind === 'return' || last.kind === 'raise') return true;
  if (last.kind === 'simple') return last.word === 'break' || last.word === 'continue';
  if (last.kind === 'if') return last.otherwise.length > 0 && leaves(last.body) && leaves(last.otherwise);
  return last.kind === 'expression' && last.value.kind === 'call' && LEAVES.test(lastWord(last.value.callee));
}

const assigns = (body: readonly Statement[], name: string): boolean =>
  [...statementsIn(body)].some(
    statement =>
      statement.kind === 'assign' &&
      statement.targets.some(target => target.kind === 'name' && target.name === name),
  );

/** Names that are made of this one in the same function: `parsed = urlparse(url)`, `ext = name.split(".")`. */
function relatives({ name, body, same }: Use): ReadonlySet<string> {
  const found = new Set([name]);
  for (const statement of statementsIn(body)) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    const [target] = statement.targets;
    if (target?.kind !== 'name') continue;
    const isMadeOfIt = expressionsIn(statement.value).some(
      each => (each.kind === 'name' && found.has(each.name)) || same(each),
    );
    if (isMadeOfIt) found.add(target.name);
  }
  return found;
}

const CHECKS_TEXT = /^(isdigit|isalnum|isalpha|isidentifier|isnumeric|isdecimal|isinstance)$/;
const MATCHES = /^(match|fullmatch|test)$/;
/** Methods that ask whether something is in a list, a set or a table. */
const HOLDS = /^(includes|has|hasOwn|hasOwnProperty|isInteger|isFinite|isSafeInteger|isUUID|isMongoId)$/;

/** Whether a value is confined after a test came out like this. */
export function confines(
  test: Expression,
  outcome: boolean,
  policy: Policy,
  use: Use,
  lookup: Lookup,
  names: ReadonlySet<string> = relatives(use),
): boolean {
  const mentions = (part: Expression): boolean =>
    [...expressionsIn(part)].some(each => (each.kind === 'name' && names.has(each.name)) || use.same(each));
  const again = (inner: Expression, wanted: boolean) => confines(inner, wanted, policy, use, lookup, names);
  switch (test.kind) {
    case 'unary':
      if (test.operator !== 'not') return false;
      return again(test.operand, !outcome);
    case 'logical':
      return (test.operator === 'and') === outcome
        ? again(test.left, outcome) ||
            again(test.right, outcome) ||
            policy.confineTogether(outcomesOf(test, outcome), mentions)
        : again(test.left, outcome) && again(test.right, outcome);
    case 'binary':
      return confinesByComparison(test, outcome, policy, use, mentions, lookup);
    case 'call': {
      const pattern = patternAsked(test, mentions, lookup.follow);
      if (pattern !== undefined) return confinesByPattern(pattern, outcome, policy);
      return outcome
        ? confinesByCall(test, policy, mentions, lookup) || policy.confines(test, mentions, lookup.follow)
        : policy.confinesUnless(test, mentions);
    }
    case 'attribute':
      // `if urlparse(target).netloc: abort(400)`
      return !outcome && policy.id === 'redirect' && /^(netloc|hostname)$/.test(test.name) && mentions(test);
    default:
      return false;
  }
}

/** All that must have come out in some way when the whole came out like this. */
function outcomesOf(test: Expression, holds: boolean): readonly Outcome[] {
  if (test.kind === 'unary' && test.operator === 'not') return outcomesOf(test.operand, !holds);
  return test.kind === 'logical' && (test.operator === 'and') === holds
    ? [...outcomesOf(test.left, holds), ...outcomesOf(test.right, holds)]
    : [{ test, holds }];
}

const OPPOSITE: Readonly<Record<string, string>> = {
  'not in': 'in',
  '!=': '==',
  in: 'not in',
  '==': '!=',
  'is not': 'is',
  is: 'is not',
};

function confinesByComparison(
  test: Extract<Expression, { kind: 'binary' }>,
  outcome: boolean,
  policy: Policy,
  use: Use,
  mentions: (part: Expression) => boolean,
  lookup: Lookup,
): boolean {
  if (!outcome && policy.confinesUnless(test, mentions)) return true;
  const operator = outcome ? test.operator : (OPPOSITE[test.operator] ?? '');
  const flipped = { ...test, operator };
  if (policy.confines(flipped, mentions, lookup.follow)) return true;
  // `{origin, "*"} & ALLOWED`
  if (test.operator === '&') return outcome && mentions(test.left) && !mentions(test.right);
  if (operator === 'in') return isItself(test.left, use) && !mentions(test.right);
  if (operator !== '==') return false;
  if ([test.left, test.right].some(side => asksForType(side, mentions)))
    return (
      /^(number|boolean|bigint)$/.test(textOf(test)) || (policy.id === 'query' && textOf(test) === 'string')
    );
  return (
    (isItself(test.left, use) && test.right.kind === 'string') ||
    (isItself(test.right, use) && test.left.kind === 'string') ||
    [test.left, test.right].some(
      side =>
        side.kind === 'call' &&
        /^(netloc|type)$/.test(lastWord(side.callee)) &&
        mentions(side) &&
        policy.id === 'query',
    )
  );
}

/** `typeof value` */
const asksForType = (side: Expression, mentions: (part: Expression) => boolean): boolean =>
  side.kind === 'unary' && side.operator === 'typeof' && mentions(side.operand);

const textOf = ({ left, right }: Extract<Expression, { kind: 'binary' }>): string =>
  left.kind === 'string' ? left.value : right.kind === 'string' ? right.value : '';

/** The value, or the value in small letters or without spaces. */
const isItself = (expression: Expression, use: Use): boolean =>
  use.same(expression) ||
  (expression.kind === 'name'
    ? expression.name === use.name
    : expression.kind === 'call' &&
      expression.callee.kind === 'attribute' &&
      /^(lower|upper|strip|casefold)$/.test(expression.callee.name) &&
      isItself(expression.callee.object, use));

function confinesByCall(
  call: Call,
  policy: Policy,
  mentions: (part: Expression) => boolean,
  lookup: Lookup,
): boolean {
  const word = lastWord(call.callee);
  const object = call.callee.kind === 'attribute' ? call.callee.object : undefined;
  const isGiven = call.args.some(arg => mentions(arg.value));
  if (CHECKS_TEXT.test(word))
    return word === 'isinstance'
      ? isGiven && checksForNumber(call)
      : object !== undefined && mentions(object);
  if (MATCHES.test(word)) return isGiven;
  // `ALLOWED.includes(sort)`, and not `sort.includes("x")`.
  if (HOLDS.test(word)) return isGiven && !(object && mentions(object));
  return (
    isGiven &&
    policy.checker.test(word) &&
    !/extension|allowed_file|file_type|mime/i.test(word) &&
    lookup.functionOf(call) !== undefined
  );
}

const checksForNumber = (call: Call): boolean =>
  [...(call.args[1] ? expressionsIn(call.args[1].value) : [])].some(
    each => each.kind === 'name' && /^(int|float|bool|UUID|str)$/.test(each.name),
  );

/** Whether a test before the use, or around it, confines the value. */
export function isGuarded(use: Use, policy: Policy, lookup: Lookup): boolean {
  const names = relatives(use);
  for (const statement of statementsIn(use.body)) {
    if (statement.start >= use.at) continue;
    if (statement.kind === 'if') {
      if (contains(statement.body, use.at)) {
        if (confines(statement.test, true, policy, use, lookup, names)) return true;
      } else if (contains(statement.otherwise, use.at)) {
        if (confines(statement.test, false, policy, use, lookup, names)) return true;
      } else if (
        (leaves(statement.body) || assigns(statement.body, use.name)) &&
        confines(statement.test, false, policy, use, lookup, names)
      )
        return true;
    }
    if (statement.kind === 'assert' && confines(statement.test, true, policy, use, lookup, names))
      return true;
    if (statement.kind === 'expression' && refusesByCall(statement.value, policy, names, lookup)) return true;
  }
  return false;
}

const contains = (body: readonly Statement[], at: number): boolean =>
  body.some(statement => statement.start <= at && at < statement.end);

/** `validate_url(url)` as a statement: an own function that raises. */
function refusesByCall(
  value: Expression,
  policy: Policy,
  names: ReadonlySet<string>,
  lookup: Lookup,
): boolean {
  const call = value.kind === 'await' ? value.value : value;
  if (call.kind !== 'call') return false;
  // `path.relative_to(base)` raises where the path lies outside.
  if (call.callee.kind === 'attribute' && call.callee.name === 'relative_to') return policy.id === 'path';
  if (!call.args.some(arg => arg.value.kind === 'name' && names.has(arg.value.name))) return false;
  const definition = lookup.functionOf(call);
  return (
    definition !== undefined &&
    /(valid|check|ensure|assert|verify|require|guard|sanit)/i.test(definition.name) &&
    [...statementsIn(definition.body)].some(
      statement =>
        statement.kind === 'raise' ||
        (statement.kind === 'expression' &&
          statement.value.kind === 'call' &&
          lastWord(statement.value.callee) === 'abort'),
    )
  );
}
