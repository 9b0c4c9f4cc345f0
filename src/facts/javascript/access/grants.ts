import type { IdentityGrant, Term, Truth } from '../../../model/index.ts';
import { purposeOf } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { defineExtractor } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { readsFramework } from '../frameworks.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';

/** Calls that compare a password or check what another party signed. */
const CHECKS =
  /^(compare|compareSync|verify|verifySync|verifyAsync|comparePasswords?|isPasswordMatch|matchPasswords?|checkPassword|validPassword|validatePassword|validate\w*Login|\w*ProfileByToken|getUserInfo|userinfo|isValidPassword|passwordMatch\w*|verifyPassword|authenticate\w*|validateUser\w*|verifyIdToken|verifyToken|verifyRefreshToken|verifyCredentials|checkCredentials|findByCredentials|validateCredentials|jwtVerify|timingSafeEqual|exchangeCode\w*|getTokens?|validateAuthorizationCode|authorizationCodeGrant|callback|loginUser\w*|check_?login|validateLogin|verifyOtp|verifyOTP|verifyCode|verifySignature|verifyAuthenticationResponse|verifyRegistrationResponse)$/;
const MAY_CHECK = /auth|log_?in|sign_?in|credential|verif|valid|check|oauth/i;
const COMPARES =
  /passw(or)?d\w*\s*(===?|!==?)|(===?|!==?)\s*[\w.]*passw(or)?d|timingSafeEqual|\bbcrypt|\bargon2|\bscrypt/i;

const TOKEN_MAKERS = [
  'jsonwebtoken.sign',
  'jwt-simple.encode',
  '@nestjs/jwt.JwtService().sign',
  '@nestjs/jwt.JwtService().signAsync',
  'fastify.FastifyReply().jwtSign',
  'fastify().jwt.sign',
  'fastify.FastifyRequest().server.jwt.sign',
  'hono/jwt.sign',
  'hono/utils/jwt.sign',
];
const SESSION_STARTERS =
  /^express\.Request\(\)\.(login|logIn)$|^fastify\.FastifyRequest\(\)\.(logIn|login)$|^koa\b.*\.login$|^lucia\b.*\.createSession$/;

const IDENTITY_KEYS =
  /^(sub|user|user_?id|uid|username|email|roles?|is_?admin|account_?id|logged_?in|is_?logged_?in|id|_id|is_?authenticated|authenticated)$/i;
const CHOSEN_KEYS = /^(roles?|user_?role|is_?admin|admin|permissions?|scopes?)$/i;

/** What runs for a handler, its own function first. */
const insideOf = (node: CodeView, of: FunctionEntity): readonly CallSite[] => node.callsWithin(of, 3);

/** Whether the handler, what stands before it, or an own function that it calls checks a password or another proof. */
function isChecked(node: CodeView, { before }: Handler, of: FunctionEntity): Truth {
  const sites = insideOf(node, of);
  if (sites.some(site => CHECKS.test(lastNameOf(site.call.callee)))) return 'yes';
  if (COMPARES.test(node.textOf(of.scope, of.definition))) return 'yes';
  const layers = before.filter(({ level }) => level !== 'app');
  if (layers.some(layer => MAY_CHECK.test(node.textOf(layer.scope, layer.expression)))) return 'yes';
  // A lookup in a part that cannot be followed may check as well.
  return sites.some(site => mayCheck(node, site)) ? 'unclear' : 'no';
}

function mayCheck(node: CodeView, { call, scope }: CallSite): boolean {
  const callee = node.resolve(call.callee, scope);
  if (callee?.kind === 'function' || callee?.kind === 'class') return false;
  const name = node.nameOf(call.callee, scope);
  if (MAY_CHECK.test(lastNameOf(call.callee))) return !TOKEN_MAKERS.includes(name);
  return (
    callee === undefined &&
    call.args.some(({ value }) => /passw|credential|\breq\b|\bbody\b/i.test(node.textOf(scope, value)))
  );
}

interface Place {
  readonly node: CodeView;
  readonly handler: Handler;
  readonly of: FunctionEntity;
}

const grant = (
  { node, handler, of }: Place,
  by: IdentityGrant['by'],
  at: IdentityGrant['at'],
  chosen: string,
): IdentityGrant => ({
  kind: 'identityGrant',
  at,
  route: handler.route.id,
  by,
  checked: isChecked(node, handler, of),
  chosen,
  reached: handler.route.reached,
});

/** `req.session.userId = …` in a handler. */
function* sessionGrants(place: Place): Generator<IdentityGrant> {
  const { node, of } = place;
  if (!/session/.test(node.textOf(of.scope, of.definition))) return;
  for (const { statement, scope } of node.code.search.statementsInside(of.definition)) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    for (const target of statement.targets) {
      const key = keyOf(target);
      if (!key || !IDENTITY_KEYS.test(key.name)) continue;
      if (!/(^|\.)session$/.test(node.textOf(scope, key.object))) continue;
      const isSent = node.evaluate(statement.value, scope).kind === 'input';
      yield grant(
        place,
        'session',
        node.at(scope, statement),
        isSent ? (CHOSEN_KEYS.test(key.name) ? 'role' : 'user') : '',
      );
    }
  }
}

function keyOf(target: Expression): { readonly object: Expression; readonly name: string } | undefined {
  if (target.kind === 'attribute') return { object: target.object, name: target.name };
  return target.kind === 'subscript' && target.index.kind === 'string'
    ? { object: target.object, name: target.index.value }
    : undefined;
}

/** What the caller chooses of a token's content. */
function chosenIn(payload: Term | undefined): string {
  if (payload?.kind === 'input') return 'user';
  const sent = payload?.kind === 'object' ? payload.entries.filter(([, term]) => term.kind === 'input') : [];
  if (sent.some(([key]) => CHOSEN_KEYS.test(key))) return 'role';
  return sent.some(([key]) => /^(sub|user_?id|uid|id|_id|username|user)$/i.test(key)) ? 'user' : '';
}

/** A token that says nothing of who somebody is is for something else: a download, a link in a mail. */
function isIdentity({ node, handler }: Place, site: CallSite, payload: Term | undefined): boolean {
  if (payload?.kind === 'object')
    return payload.open || payload.entries.some(([key]) => IDENTITY_KEYS.test(key));
  const [first] = site.call.args;
  const text = first ? node.textOf(site.scope, first.value) : '';
  return (
    /^(sign-in|register)$/.test(purposeOf(handler.route)) ||
    /user|account|payload|claims|identity/i.test(text)
  );
}

/** What `new SignJWT({ … })` is made of. */
const contentOf = (node: CodeView, { call, scope }: CallSite): Term | undefined => {
  let each: Expression = call.callee;
  while (each.kind === 'attribute' || each.kind === 'call') {
    if (each.kind === 'call' && lastNameOf(each.callee) === 'SignJWT')
      return node.code.evaluator.argumentsOf(each, scope).arg(0, '');
    each = each.kind === 'call' ? each.callee : each.object;
  }
  return undefined;
};

function* callGrants(place: Place): Generator<IdentityGrant> {
  const { node, of } = place;
  for (const site of node.callsWithin(of, 3)) {
    const { callee } = site.call;
    const word = lastNameOf(callee);
    if (!/^(sign|signAsync|encode|jwtSign|login|logIn|createSession)$/.test(word)) continue;
    const name = node.nameOf(callee, site.scope);
    const at = node.at(site.scope, site.call);
    const isJose = word === 'sign' && name.startsWith('jose.SignJWT()');
    if (TOKEN_MAKERS.includes(name) || isJose) {
      const payload = isJose ? contentOf(node, site) : node.args(site).arg(0, '');
      if (isIdentity(place, site, payload)) yield grant(place, 'token', at, chosenIn(payload));
    } else if (SESSION_STARTERS.test(name)) yield grant(place, 'session', at, '');
  }
}

/** `passport.authenticate("local")` before a handler checks, and keeps a session unless it is told not to. */
function* strategyGrants({ node, handler }: Omit<Place, 'of'>): Generator<IdentityGrant> {
  for (const { expression, scope } of handler.before) {
    if (
      expression.kind !== 'call' ||
      !/^(koa-)?passport\.authenticate$/.test(node.nameOf(expression.callee, scope))
    )
      continue;
    const text = node.textOf(scope, expression);
    if (/session\s*:\s*false|['"](jwt|bearer|anonymous|headerapikey|api-?key)['"]/i.test(text)) continue;
    yield {
      kind: 'identityGrant',
      at: node.at(scope, expression),
      route: handler.route.id,
      by: 'session',
      checked: 'yes',
      chosen: '',
      reached: handler.route.reached,
    };
  }
}

/** Places where a handler gives a session or token to the caller. */
export default defineExtractor({
  id: 'javascript/access/grants',
  reads: ['route'],
  produces: ['identityGrant'],
  understands: readsFramework,
  *extract({ node }): Generator<IdentityGrant> {
    for (const handler of nodeHandlers(node)) {
      if (purposeOf(handler.route) === 'sign-out') continue;
      yield* strategyGrants({ node, handler });
      const { function: of } = handler;
      if (!of) continue;
      yield* sessionGrants({ node, handler, of });
      yield* callGrants({ node, handler, of });
    }
  },
});
