import type { Truth } from '../../../model/index.ts';
import { both, either, not, truth } from '../../../model/index.ts';
import type { Call, Expression, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import {
  DEEPEST,
  askedOfPath,
  listed,
  textOf,
  textsIn,
  valuesOf,
  type Place,
  type Texts,
  type Walk,
} from './asked-paths.ts';

/**
 * How a function ends for a caller: with an answer of its own, with an error, with nothing that stands in the way
 * (`by`), with a truth, in a way that cannot be told (`open`); `next`: what comes after it runs.
 */
type Ending = 'answer' | 'thrown' | 'by' | 'true' | 'false' | 'open' | 'next';
type Endings = ReadonlySet<Ending>;

const MOST_STEPS = 4_000;

/** Names of what only somebody has who has said who they are. */
const OF_CALLER =
  /(session|token|user|userid|auth|jwt|loggedin|signedin|authenticated|authed|claims|principal|identity|credentials?|apikey)(cookie|data|value|payload|result|header|state)?$/i;
/** Calls that give it. */
const GIVES_CALLER =
  /session|token|auth(?!or)|currentuser|getuser|jwt|loggedin|signedin|decrypt|unseal|credential/i;
const OF_PATHS = /route|path|page|url|public|protected|matcher|locale|config|options|allowed|host/i;
const OF_SESSION = /sess|tok|auth|jwt|\bsid\b|user|login|key|cookie/i;

const BY = /(^|\.)NextResponse\.(next|rewrite)$|(^|[/.])(next-intl|next-i18n)|i18n|intl|locale/i;
const ANSWERS = /(^|\.)(NextResponse|Response)(\.(redirect|json|error))?$|\.redirectToSignIn$/;
/** What ends a request wherever it stands. */
const LEAVES = /^next\/navigation\.(redirect|permanentRedirect|notFound|unauthorized|forbidden)$/;
/** What throws for strangers. */
const THROWS =
  /^(jsonwebtoken\.verify|jose\.(jwtVerify|jwtDecrypt|compactVerify))$|(^|[.)])protect$|@clerk\/.*\.protect$/;

/**
 * Whether a function that runs before a route turns strangers away there: what it does for somebody unknown who calls
 * this path, beside what it does for one who is known.
 */
export function turnsStrangersAway(view: CodeView, of: FunctionEntity, path: string | undefined): Truth {
  const endings = (isKnown: boolean): Endings =>
    resultsOf({ view, isKnown, path, budget: { left: MOST_STEPS } }, of, new Map(), 0);
  const stranger = endings(false);
  if (![...stranger].some(each => each === 'open' || AWAY.includes(each))) return 'no';
  const known = endings(true);
  const isSame = stranger.size === known.size && [...stranger].every(each => known.has(each));
  if (isSame) return stranger.has('open') ? 'unclear' : 'no';
  return [...stranger].every(each => AWAY.includes(each)) ? 'yes' : 'unclear';
}

const AWAY: readonly Ending[] = ['answer', 'thrown', 'false'];

/** What a call of the function comes to. */
function resultsOf(walk: Walk, of: FunctionEntity, texts: Texts, depth: number): Endings {
  if (depth > DEEPEST || walk.budget.left <= 0) return new Set(['open']);
  const scope = walk.view.code.resolver.insideOf(of);
  const found = new Set(block(walk, of.definition.body, { scope, texts, depth }));
  if (found.delete('next')) found.add('by');
  return found;
}

function block(walk: Walk, body: readonly Statement[], place: Place): Endings {
  const found = new Set<Ending>();
  for (const statement of body) {
    walk.budget.left--;
    const own = ofStatement(walk, statement, place);
    for (const each of own) if (each !== 'next') found.add(each);
    if (!own.has('next')) return found;
  }
  return found.add('next');
}

const joined = (...all: readonly Endings[]): Endings => new Set(all.flatMap(each => [...each]));
const only = (ending: Ending): Endings => new Set([ending]);

function ofStatement(walk: Walk, statement: Statement, place: Place): Endings {
  switch (statement.kind) {
    case 'if':
      return chosen(
        holds(walk, statement.test, place),
        () => block(walk, statement.body, place),
        () => block(walk, statement.otherwise, place),
      );
    case 'raise':
      return only('thrown');
    case 'return':
      if (throwsHere(walk, statement, place)) return only('thrown');
      return statement.value ? ofValue(walk, statement.value, place) : only('by');
    case 'try': {
      const inside = new Set(block(walk, statement.body, place));
      if (!inside.delete('thrown') || statement.handlers.length === 0) return inside;
      return joined(inside, ...statement.handlers.map(({ body }) => block(walk, body, place)));
    }
    case 'for':
      return ofLoop(walk, statement, place);
    case 'match':
      return joined(only('next'), ...statement.cases.map(({ body }) => block(walk, body, place)));
    case 'function':
    case 'class':
      return only('next');
    default:
      return throwsHere(walk, statement, place) ? only('thrown') : only('next');
  }
}

function chosen(test: Truth, then: () => Endings, otherwise: () => Endings): Endings {
  if (test === 'yes') return then();
  return test === 'no' ? otherwise() : joined(then(), otherwise());
}

function ofLoop(walk: Walk, statement: Extract<Statement, { kind: 'for' }>, place: Place): Endings {
  const items = textsIn(walk, statement.iterable, place);
  const { target } = statement;
  if (!items || target.kind !== 'name')
    return joined(only('next'), new Set(block(walk, statement.body, place)));
  const found = new Set<Ending>();
  for (const item of items) {
    const own = block(walk, statement.body, {
      ...place,
      texts: new Map([...place.texts, [target.name, item]]),
    });
    for (const each of own) if (each !== 'next') found.add(each);
    if (!own.has('next')) return found;
  }
  return found.add('next');
}

/** `await auth.protect()`, `await jwtVerify(token, key)`, `redirect("/login")` */
const throwsHere = (walk: Walk, statement: Statement, { scope }: Place): boolean =>
  headOf(statement).some(head =>
    expressionsIn(head).some(each => {
      if (each.kind !== 'call') return false;
      const name = walk.view.nameOf(each.callee, scope) || lastNameOf(each.callee);
      return (!walk.isKnown && THROWS.test(name)) || LEAVES.test(name);
    }),
  );

/** What is returned: an answer in place of the route's, or what goes on to it. */
function ofValue(walk: Walk, value: Expression, place: Place): Endings {
  switch (value.kind) {
    case 'await':
      return ofValue(walk, value.value, place);
    case 'conditional':
      return chosen(
        holds(walk, value.test, place),
        () => ofValue(walk, value.then, place),
        () => ofValue(walk, value.otherwise, place),
      );
    case 'constant':
      return only(value.value === null ? 'by' : value.value === false ? 'false' : 'true');
    case 'call':
      return ofCall(walk, value, place);
    case 'name':
      return ofName(walk, value, place);
    default:
      return byTruth(holds(walk, value, place));
  }
}

const byTruth = (found: Truth): Endings => only(found === 'yes' ? 'true' : found === 'no' ? 'false' : 'open');

function ofName(walk: Walk, value: Extract<Expression, { kind: 'name' }>, place: Place): Endings {
  if (value.name === 'undefined') return only('by');
  const given = valuesOf(walk, value, place);
  if (given.length === 0 || place.depth > DEEPEST) return byTruth(holds(walk, value, place));
  return joined(
    ...given.map(each => ofValue(walk, each.value, { ...place, scope: each.scope, depth: place.depth + 1 })),
  );
}

function ofCall(walk: Walk, call: Call, place: Place): Endings {
  const { view } = walk;
  const name = view.nameOf(call.callee, place.scope);
  if (ANSWERS.test(name)) return only('answer');
  const own = view.resolve(call.callee, place.scope);
  if (own?.kind === 'function')
    return resultsOf(walk, own, textsGiven(walk, call, own, place), place.depth + 1);
  if (BY.test(name)) return only('by');
  return byTruth(holds(walk, call, place));
}

/** The texts that a call hands to the parameters of an own function. */
function textsGiven(walk: Walk, call: Call, { definition }: FunctionEntity, place: Place): Texts {
  return new Map(
    definition.params.flatMap(({ name }, position) => {
      const given = call.args[position]?.value;
      const text = given && textOf(walk, given, place);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}

/** Whether a test holds for this caller on this path. */
function holds(walk: Walk, test: Expression, place: Place): Truth {
  if (place.depth > DEEPEST || walk.budget.left-- <= 0) return 'unclear';
  const deeper = { ...place, depth: place.depth + 1 };
  switch (test.kind) {
    case 'await':
      return holds(walk, test.value, place);
    case 'constant':
      return truth(Boolean(test.value));
    case 'string':
      return truth(test.value !== '');
    case 'unary':
      return test.operator === 'not' ? not(holds(walk, test.operand, place)) : 'unclear';
    case 'logical': {
      const sides = [holds(walk, test.left, deeper), holds(walk, test.right, deeper)];
      return test.operator === 'and' ? both(...sides) : either(...sides);
    }
    case 'conditional': {
      const found = holds(walk, test.test, deeper);
      const [then, otherwise] = [holds(walk, test.then, deeper), holds(walk, test.otherwise, deeper)];
      return found === 'yes' ? then : found === 'no' || then === otherwise ? otherwise : 'unclear';
    }
    case 'binary':
      return compared(walk, test, deeper);
    case 'call':
      return asked(walk, test, deeper);
    case 'name':
      return named(walk, test, deeper);
    case 'attribute':
      return member(walk, test, deeper);
    default:
      return 'unclear';
  }
}

const callers = ({ isKnown }: Walk): Truth => truth(isKnown);

function named(walk: Walk, test: Extract<Expression, { kind: 'name' }>, place: Place): Truth {
  if (test.name === 'undefined') return 'no';
  const found = valuesOf(walk, test, place).map(each =>
    holds(walk, each.value, { ...place, scope: each.scope }),
  );
  const [first] = found;
  if (first !== undefined && first !== 'unclear' && found.every(each => each === first)) return first;
  return OF_CALLER.test(test.name) && !OF_PATHS.test(test.name) ? callers(walk) : 'unclear';
}

function member(walk: Walk, test: Extract<Expression, { kind: 'attribute' }>, place: Place): Truth {
  if (OF_CALLER.test(test.name) && !OF_PATHS.test(test.name)) return callers(walk);
  const object = holds(walk, test.object, place);
  // `session?.user.role` of nobody is nothing; what somebody has cannot be told.
  if (isOfCaller(walk, test.object, place)) return object === 'no' ? 'no' : 'unclear';
  return 'unclear';
}

/** What stands for the caller: there is none for a stranger. */
const isOfCaller = (walk: Walk, expression: Expression, place: Place): boolean =>
  holds({ ...walk, isKnown: false }, expression, place) === 'no' &&
  holds({ ...walk, isKnown: true }, expression, place) === 'yes';

const isNothing = (expression: Expression): boolean =>
  (expression.kind === 'constant' && expression.value === null) ||
  (expression.kind === 'name' && expression.name === 'undefined');

function compared(walk: Walk, test: Extract<Expression, { kind: 'binary' }>, place: Place): Truth {
  const isEqual = test.operator === '==';
  if (!isEqual && test.operator !== '!=') return 'unclear';
  const [left, right] = [textOf(walk, test.left, place), textOf(walk, test.right, place)];
  if (left !== undefined && right !== undefined) return truth((left === right) === isEqual);
  const other = isNothing(test.right) ? test.left : isNothing(test.left) ? test.right : undefined;
  if (other) {
    const found = holds(walk, other, place);
    return isEqual ? not(found) : found;
  }
  const ofCaller = [test.left, test.right].some(
    side => holds({ ...walk, isKnown: false }, side, place) === 'no' && side.kind !== 'constant',
  );
  if (!ofCaller || walk.isKnown) return 'unclear';
  return isEqual ? 'no' : 'yes';
}

function asked(walk: Walk, call: Call, place: Place): Truth {
  const { view } = walk;
  const { callee, args } = call;
  const word = lastNameOf(callee);
  const [first] = args.map(({ value }) => value);
  if (callee.kind === 'name' && /^(Boolean|String)$/.test(word) && first) return holds(walk, first, place);
  const byPath =
    first && callee.kind === 'attribute'
      ? askedOfPath(walk, call, first, place, (callback, texts) =>
          truthIn(resultsOf(walk, callback, texts, place.depth + 1)),
        )
      : undefined;
  if (byPath) return byPath;
  const matched = matchedBy(walk, call, place);
  if (matched) return matched;
  const cookie = askedOfRequest(walk, call, place);
  if (cookie) return cookie;
  const own = view.resolve(callee, place.scope);
  const found =
    own?.kind === 'function'
      ? truthIn(resultsOf(walk, own, textsGiven(walk, call, own, place), place.depth + 1))
      : 'unclear';
  if (found !== 'unclear') return found;
  return GIVES_CALLER.test(word) && !OF_PATHS.test(word) ? callers(walk) : 'unclear';
}

const AS_TRUTH: Readonly<Record<Ending, Truth>> = {
  answer: 'yes',
  true: 'yes',
  by: 'no',
  false: 'no',
  thrown: 'no',
  open: 'unclear',
  next: 'no',
};

/** Whether what a function gives counts as true. */
function truthIn(endings: Endings): Truth {
  const [first, ...rest] = [...endings].map(each => AS_TRUTH[each]);
  return first !== undefined && rest.every(each => each === first) ? first : 'unclear';
}

/** `const isPublic = createRouteMatcher(["/", "/sign-in(.*)"])`, asked with the request. */
function matchedBy({ view, path }: Walk, { callee }: Call, { scope }: Place): Truth | undefined {
  const entity = view.resolve(callee, scope);
  if (entity?.kind !== 'external' || !/\.createRouteMatcher\(\)$/.test(entity.name) || !entity.made)
    return undefined;
  return listed(view.code.evaluator.argumentsOf(entity.made.call, entity.made.scope).arg(0, ''), path);
}

/** `request.cookies.get("session")`, `headers().get("authorization")` */
function askedOfRequest(walk: Walk, call: Call, place: Place): Truth | undefined {
  const { callee, args } = call;
  if (callee.kind !== 'attribute' || !/^(get|has)$/.test(callee.name)) return undefined;
  const of = walk.view.textOf(place.scope, callee.object);
  if (!/(cookies|cookieStore|cookieJar|headers|headersList)(\(\))?\)?$/i.test(of)) return undefined;
  const [first] = args.map(({ value }) => value);
  const name = (first && textOf(walk, first, place)) ?? (first ? walk.view.textOf(place.scope, first) : '');
  return OF_SESSION.test(name) ? callers(walk) : 'unclear';
}
