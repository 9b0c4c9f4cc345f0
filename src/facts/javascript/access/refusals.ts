import type { Call, Expression, Statement } from '../../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf } from '../../../read/walk.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { resultsIn } from '../../code/results.ts';
import type { Binding, Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { isVerifier } from './verifiers.ts';

export interface Refusal {
  readonly checks: 'identity' | 'role';
  readonly statement: Statement;
  readonly scope: Scope;
}

/** What speaks of who calls; what speaks of what they may do; what asks where a request comes from. */
const IDENTITY =
  /^(user|userId|user_id|uid|currentUser|current_user|isAuthenticated|isLoggedIn|loggedIn|authenticated|isUnauthenticated|authentication|authenticationResult|authResult|authorizationResult|authorizationResponse|authorized|authUser|sessionUser|sessionData|authedUser|currentSession|viewer|token|accessToken|access_token|authToken|jwt|jwtToken|idToken|bearer|bearerToken|authorization|authHeader|authorizationHeader|auth|apiKey|api_key|apikey|x-api-key|x-access-token|session|sessionId|decoded|decodedToken|payload|claims|credentials|identity|principal|account|adminToken|secret)$/i;
const ROLE =
  /^(roles?|userRole|isAdmin|admin|isModerator|isSuperAdmin|superAdmin|permissions?|scopes?|hasRole|hasRoles|hasPermission|hasPermissions|hasRequiredRights|rights|requiredRights|userRights|allowedRoles|isOwner|owner|ownerId|author|authorId|authorities|abilities|ability|privileges?|accessLevel)$/i;
/** Functions that are asked what somebody may do: `canViewAllTeams(auth)`. */
const MAY =
  /^can(?!Activate$)[A-Z]\w*$|^(is|has|require|check|assert|ensure)\w*(Admin|Owner|Role|Permission|Access|Right)s?$/;
const OF_ROLES = /\broles?\b|\bis_?admin|\bpermissions?\b/i;
const OF_OTHER_THINGS = /csrf|xsrf|nonce|origin|referer|captcha|signature|hmac|turnstile|rate|blocked/i;

/** What a request brings of its sender. */
const OF_CALLER =
  /\breq(uest)?\.(user\w*|session|auth\w*|headers|cookies|signedCookies|isAuthenticated|isUnauthenticated|get\(|header\(|currentUser|account|decoded|jwt|token|payload)|\bctx\.(state|session|cookies|headers?|get\(|user|isAuthenticated|isUnauthenticated|request\.headers?)|\bc\.(get\(|var\b|req\.header\()|\bres\.locals\.|\b(verify\w*|isAuthenticated|getSession|getServerSession|currentUser|getToken|auth|\w*[aA]uthenticate\w*|\w*[aA]uthori[sz]e\w*|check\w*(Auth|Session|Token)\w*|(get|require|load|fetch|ensure|assert)\w*(Auth|Session|(Current|LoggedIn|Authed)User)\w*|getUser)\(/;

/** What functions around a handler give to it of its caller. */
const GIVEN = /^(auth|authentication|session|user|currentUser|viewer)$/;

/** What is told to leave the check out: `parseRequest(request, schema, { skipAuth: true })`. */
const LEFT_OUT =
  /\b(skip_?auth\w*|no_?auth\w*|allow_?anonymous|is_?public|optional_?auth)\s*: true\b|\b(require_?auth\w*|auth(enticat(ed|ion))?): (false\b|["'](none|public|optional)["'])/i;

/** The tests that must hold (or fail) for a statement to run. */
type Tests = readonly Expression[];

interface Walk {
  readonly view: CodeView;
  readonly role: Role;
  readonly found: Refusal[];
  readonly seen: Set<FunctionEntity['definition']>;
}

const DEEPEST = 2;

/**
 * What a function is there for. Inside of a handler only what speaks of the caller counts: it refuses for many other
 * reasons. What a guard gives back says whether the caller may go on.
 */
export type Role = 'middleware' | 'handler' | 'guard';

/** Where a function turns a caller away for who they are or what they may do; `undefined` where it does not. */
export function refusalIn(view: CodeView, of: FunctionEntity, role: Role): Refusal | undefined {
  const walk: Walk = { view, role, found: [], seen: new Set() };
  visitFunction(walk, of, DEEPEST, role !== 'middleware');
  return walk.found.find(({ checks }) => checks === 'role') ?? walk.found[0];
}

function visitFunction(walk: Walk, of: FunctionEntity, left: number, isAnswer: boolean): void {
  if (walk.seen.has(of.definition)) return;
  walk.seen.add(of.definition);
  const { definition, scope } = of;
  const isVerifying = walk.view.code.search
    .callsInside(definition)
    .some(site => isVerifier(walk.view.nameOf(site.call.callee, site.scope), lastNameOf(site.call.callee)));
  const isOfRoles = OF_ROLES.test(walk.view.textOf(scope, definition));
  visit(walk, definition.body, scope.inner(definition), [], {
    isVerifying,
    isOfRoles,
    left,
    isAnswer,
    returned: new Set(resultsIn(definition).flatMap(each => (each.kind === 'name' ? [each.name] : []))),
  });
}

interface Around {
  /** The function looks at a token or session. */
  readonly isVerifying: boolean;
  /** It speaks of roles somewhere. */
  readonly isOfRoles: boolean;
  readonly left: number;
  /** What it gives back is that of the whole: an answer, or whether the caller may go on. */
  readonly isAnswer: boolean;
  /** Names that the function gives back. */
  readonly returned: ReadonlySet<string>;
}

function visit(walk: Walk, body: readonly Statement[], scope: Scope, tests: Tests, around: Around): void {
  let passed = tests;
  for (const statement of body) {
    if (statement.kind === 'if') {
      passed = visitIf(walk, statement, scope, passed, around);
      // What comes after `if (!token) return next();` only those meet who say who they are.
      if (letsStrangersBy(statement)) return;
      continue;
    }
    const answer =
      walk.role === 'guard' && around.isAnswer ? answerOf(walk.view, statement, scope) : undefined;
    const kind = refusalOf(statement) ?? (answer ? 'denied' : undefined);
    const checks = kind && checksOf(walk, kind, answer ? [...passed, answer] : passed, scope, around);
    if (checks) walk.found.push({ checks, statement, scope });
    if (statement.kind === 'try') visitTry(walk, statement, scope, passed, around);
    else for (const block of blocksOf(statement)) visit(walk, block, scope, passed, around);
    if (statement.kind === 'function') visit(walk, statement.body, scope.inner(statement), passed, around);
    visitCalls(walk, statement, scope, passed, around);
  }
}

type Try = Extract<Statement, { kind: 'try' }>;

/** What is thrown, and caught by what passes over it, turns nobody away. */
function visitTry(walk: Walk, statement: Try, scope: Scope, tests: Tests, around: Around): void {
  const [body = [], ...others] = blocksOf(statement);
  const inside: Walk = { ...walk, found: [] };
  visit(inside, body, scope, tests, around);
  const isPassedOver = statement.handlers.some(({ body: handling }) => handling.every(isPassingOver));
  walk.found.push(...inside.found.filter(found => !isPassedOver || found.statement.kind !== 'raise'));
  for (const block of others) visit(walk, block, scope, tests, around);
}

const LOGS = /^(log|warn|error|debug|info|trace|captureException)$/;

/** A line in a log, a value that is kept, or the end of the function: nothing that refuses. */
function isPassingOver(statement: Statement): boolean {
  if (refusalOf(statement)) return false;
  if (statement.kind === 'assign') return true;
  if (statement.kind === 'return')
    return statement.value?.kind !== 'call' || lastNameOf(statement.value.callee) === 'next';
  const call =
    statement.kind === 'expression' && statement.value.kind === 'call' ? statement.value : undefined;
  return call !== undefined && (LOGS.test(lastNameOf(call.callee)) || lastNameOf(call.callee) === 'next');
}

type If = Extract<Statement, { kind: 'if' }>;

/** What comes after `if (req.user) return next();` is for strangers; what stands inside is not. */
function visitIf(
  walk: Walk,
  { test, body, otherwise, start, end }: If,
  scope: Scope,
  tests: Tests,
  around: Around,
): Tests {
  const inside = [...tests, test];
  visitCalls(walk, { kind: 'expression', value: test, start, end }, scope, tests, around);
  if (!asksForSomebody(test)) visit(walk, body, scope, inside, around);
  const [first] = body;
  if (
    walk.role === 'handler' &&
    around.isAnswer &&
    first &&
    isForNobody(test) &&
    leaves(body) &&
    !body.some(refusalOf)
  ) {
    const checks = checksOf(walk, 'other', inside, scope, around);
    if (checks) walk.found.push({ checks, statement: first, scope });
  }
  if (!isNegated(test)) visit(walk, otherwise, scope, inside, around);
  return leaves(body) && !body.some(each => refusalOf(each)) ? inside : tests;
}

/** `return !!request.user;`: an answer that is not always yes. */
function answerOf(view: CodeView, statement: Statement, scope: Scope): Expression | undefined {
  if (statement.kind !== 'return' || !statement.value) return undefined;
  const { expression } = writtenAs(view, statement.value, scope);
  const [first] = expression.kind === 'call' ? expression.args : [];
  const isGiven = expression.kind === 'call' && /^(resolve|of)$/.test(lastNameOf(expression.callee)) && first;
  const answer = isGiven ? first.value : expression;
  return answer.kind === 'constant' && answer.value !== false ? undefined : answer;
}

/** `if (!token) return next();`, `if (!request.headers.authorization) return true;` */
const letsStrangersBy = ({ test, body }: If): boolean => isOfNobody(test) && body.some(isGoingOn);

function isGoingOn(statement: Statement): boolean {
  const value = statement.kind === 'return' || statement.kind === 'expression' ? statement.value : undefined;
  if (value?.kind === 'call') return value.args.length === 0 && lastNameOf(value.callee) === 'next';
  return statement.kind === 'return' && value?.kind === 'constant' && value.value === true;
}

/** A test that whoever does not say who they are meets. */
export function isOfNobody(test: Expression): boolean {
  if (test.kind === 'logical')
    return test.operator === 'and'
      ? isOfNobody(test.left) && isOfNobody(test.right)
      : isOfNobody(test.left) || isOfNobody(test.right);
  if (test.kind === 'binary') return test.operator === '==' && isEmpty(test.right) && isOfIdentity(test.left);
  return test.kind === 'unary' && test.operator === 'not' && isOfIdentity(test.operand);
}

const isEmpty = (value: Expression): boolean =>
  (value.kind === 'constant' && value.value === null) ||
  (value.kind === 'name' && value.name === 'undefined');

function isOfIdentity(value: Expression): boolean {
  if (value.kind === 'subscript') return value.index.kind === 'string' && IDENTITY.test(value.index.value);
  if ((value.kind !== 'name' && value.kind !== 'attribute') || isOfSettings(value)) return false;
  return IDENTITY.test(value.name);
}

/** `process.env.API_KEY`, `config.apiKey`: what the service expects of callers, and nothing that one of them sent. */
const isOfSettings = (value: Extract<Expression, { kind: 'name' | 'attribute' }>): boolean =>
  /^[A-Z][A-Z0-9_]+$/.test(value.name) ||
  (value.kind === 'attribute' && /^(env|config|settings|options)$/i.test(wordIn(value.object)));

const leaves = (body: readonly Statement[]): boolean => {
  const last = body.at(-1);
  return last?.kind === 'return' || last?.kind === 'raise';
};

const isNegated = (test: Expression): boolean => test.kind === 'unary' && test.operator === 'not';

/** A test that only somebody meets who says who they are: `if (token)`, `if (req.user && …)`. */
function asksForSomebody(test: Expression): boolean {
  switch (test.kind) {
    case 'logical':
      return test.operator === 'or'
        ? asksForSomebody(test.left) && asksForSomebody(test.right)
        : asksForSomebody(test.left) || asksForSomebody(test.right);
    case 'binary':
      return (
        test.operator === '!=' &&
        test.right.kind === 'constant' &&
        test.right.value === null &&
        asksForSomebody(test.left)
      );
    case 'name':
    case 'attribute':
      return IDENTITY.test(test.name);
    case 'call':
      return /^(isAuthenticated|isLoggedIn)$/.test(lastNameOf(test.callee));
    default:
      return false;
  }
}

/** A test that holds for who is not known: `if (!session)`, `if (user === null || !user.isActive)`. */
function isForNobody(test: Expression): boolean {
  if (isNegated(test)) return true;
  if (test.kind === 'logical')
    return test.operator === 'or' && isForNobody(test.left) && isForNobody(test.right);
  return (
    test.kind === 'binary' &&
    test.operator === '==' &&
    [test.left, test.right].some(side => wordIn(side) === 'null' || wordIn(side) === 'undefined')
  );
}

/** Functions that stand in the statement, and own functions that it calls. */
function visitCalls(walk: Walk, statement: Statement, scope: Scope, tests: Tests, around: Around): void {
  if (statement.kind === 'function' || statement.kind === 'class') return;
  for (const head of headOf(statement))
    for (const each of expressionsIn(head)) {
      if (each.kind === 'function') visit(walk, each.body, scope.inner(each), tests, around);
      if (each.kind !== 'call' || around.left === 0) continue;
      const callee = walk.view.resolve(each.callee, scope);
      if (callee?.kind !== 'function' || callee.definition.isInline) continue;
      if (leavesCheckOut(walk.view, each, scope)) continue;
      const isAnswer = around.isAnswer && isResult(statement, each, around);
      visitFunction(walk, callee, isAnswer ? around.left : around.left - 1, isAnswer);
    }
}

/** Options that tell a function or something around a handler not to ask who calls. */
export const leavesCheckOut = (view: CodeView, { args }: Call, scope: Scope): boolean =>
  args.some(
    ({ value }) =>
      value.kind === 'dictionary' &&
      value.entries.some(
        ({ key, value: entry }) =>
          key?.kind === 'string' && LEFT_OUT.test(`${key.value}: ${view.textOf(scope, entry).slice(0, 20)}`),
      ),
  );

/** `return ask(request)`, and `const answer = await ask(request)` where `answer` is given back. */
function isResult(statement: Statement, call: Expression, { returned }: Around): boolean {
  if (statement.kind === 'return') return isSame(statement.value, call);
  if (statement.kind !== 'assign' || !isSame(statement.value, call)) return false;
  return statement.targets.some(target => target.kind === 'name' && returned.has(target.name));
}

const isSame = (value: Expression | undefined, call: Expression): boolean =>
  value === call || (value?.kind === 'await' && value.value === call);

type Kind = 'unknown' | 'denied' | 'other';

/** How a statement turns somebody away: with 401, with 403, or in another way. */
function refusalOf(statement: Statement): Kind | undefined {
  if (statement.kind === 'function' || statement.kind === 'class' || statement.kind === 'if')
    return undefined;
  let kind: Kind | undefined = statement.kind === 'raise' ? 'other' : undefined;
  for (const head of headOf(statement))
    for (const each of expressionsIn(head)) {
      const word = wordIn(each);
      if (
        /^(401|unauthori[sz]ed\w*|unauthenticated\w*|notAuthenticated\w*|authenticationError|HTTP_401\w*)$/i.test(
          word,
        )
      )
        return 'unknown';
      if (
        /^(403|forbidden\w*|accessDenied\w*|notAuthori[sz]ed\w*|permissionDenied\w*|HTTP_403\w*)$/i.test(word)
      )
        kind = 'denied';
      else if (each.kind === 'call' && isRefusing(each)) kind ??= 'other';
    }
  return kind;
}

/** Whether a branch turns somebody away. */
export const refuses = (body: readonly Statement[]): boolean =>
  body.some(each => refusalOf(each) !== undefined);

const wordIn = (expression: Expression): string => {
  if (expression.kind === 'constant') return String(expression.value);
  return expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '';
};

/** `next(error)`, `reject(error)`, `res.redirect("/login")`, `ctx.throw(…)`. */
function isRefusing({ callee, args }: Extract<Expression, { kind: 'call' }>): boolean {
  const word = lastNameOf(callee);
  const [first] = args;
  if (/^(redirect|throw)$/.test(word)) return callee.kind === 'attribute' || word === 'redirect';
  if (/^(permanentRedirect|notFound)$/.test(word)) return callee.kind === 'name';
  return /^(next|reject|done)$/.test(word) && first !== undefined && !isNothing(first.value);
}

const isNothing = (value: Expression): boolean =>
  (value.kind === 'constant' && (value.value === null || value.value === false)) ||
  (value.kind === 'string' && value.value === 'route');

function checksOf(
  { view, role }: Walk,
  kind: Kind,
  tests: Tests,
  scope: Scope,
  { isVerifying, isOfRoles }: Around,
): Refusal['checks'] | undefined {
  const isHandler = role === 'handler';
  const words = tests.flatMap(test => expressionsIn(test).map(wordOfTest)).filter(word => word !== '');
  if (words.some(word => OF_OTHER_THINGS.test(word))) return undefined;
  const isRole = words.some(word => ROLE.test(word));
  const isIdentity = words.some(word => IDENTITY.test(word));
  // `if (!canViewOrders(user)) …` speaks of the caller by itself.
  if (isIdentity && words.some(word => MAY.test(word))) return 'role';
  if (isHandler && !tests.some(test => isOfCaller(view, kind, test, scope))) return undefined;
  if ((isRole && (kind !== 'unknown' || !isIdentity)) || words.some(word => MAY.test(word))) return 'role';
  if (isIdentity || isVerifying) return 'identity';
  if (kind === 'denied' && isOfRoles && !isHandler) return 'role';
  // Whoever answers 401 asks who calls; inside of a handler the test was found to be of the caller.
  return kind === 'unknown' ? 'identity' : undefined;
}

const wordOfTest = (expression: Expression): string =>
  expression.kind === 'string' ? expression.value : expression.kind === 'constant' ? '' : wordIn(expression);

/** What hands a function the whole request, so that it can look for whoever sent it. */
const REQUEST = /^(req|request|ctx|context|c|event)$/;

const isGivenRequest = (value: Expression): boolean =>
  value.kind === 'await'
    ? isGivenRequest(value.value)
    : value.kind === 'call' &&
      value.args.some(({ value: given }) => given.kind === 'name' && REQUEST.test(given.name));

/** A test of what the request brings, or of a name that was made of it. */
function isOfCaller(view: CodeView, kind: Kind, test: Expression, scope: Scope, hops = 2): boolean {
  if (OF_CALLER.test(view.textOf(scope, test))) return true;
  return (
    hops > 0 &&
    expressionsIn(test).some(each => {
      if (each.kind !== 'name') return false;
      const found = view.code.resolver.bindings(each.name, scope, each.start);
      if (kind !== 'other' && GIVEN.test(each.name) && isGiven(found?.bindings ?? [])) return true;
      return (found?.bindings ?? []).some(
        binding =>
          binding.kind === 'value' &&
          found !== undefined &&
          ((kind === 'unknown' && isGivenRequest(wholeOf(binding.value))) ||
            isOfCaller(view, kind, wholeOf(binding.value), found.scope, hops - 1)),
      );
    })
  );
}

/** `const { userId } = await auth()` takes a part: what matters is of what. */
const wholeOf = (value: Expression): Expression =>
  (value.kind === 'attribute' || value.kind === 'subscript') && value.object.start > value.end
    ? wholeOf(value.object)
    : value;

/** A parameter, or what one of them is taken apart into. */
const isGiven = (bindings: readonly Binding[]): boolean =>
  bindings.some(
    binding =>
      binding.kind === 'parameter' ||
      (binding.kind === 'value' &&
        binding.value.kind === 'attribute' &&
        binding.value.object.start === binding.value.object.end),
  );
