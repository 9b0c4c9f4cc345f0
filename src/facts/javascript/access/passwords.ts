import type { PasswordStore, SignIn, SignInLimit, TokenUse, Value } from '../../../model/index.ts';
import { known, purposeOf, routeName, stated, unclear } from '../../../model/index.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { asksForBreaches } from '../../code/breached.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { chainOf } from '../../code/steps.ts';
import { writtenAs } from '../../code/written.ts';
import { defineExtractor } from '../../define.ts';
import { argumentOf } from '../fastify/instances.ts';
import { readsFramework } from '../frameworks.ts';
import type { Handler, Layer } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';
import { isOfNest } from '../nestjs/handlers.ts';
import { verifying } from '../jwt/verified.ts';
import { LIMITERS } from '../limits/limits.ts';
import { HASHERS, passwordDerivations } from './hashers.ts';

const mentionsPassword = (text: string): boolean => /passw(or)?d|\bpwd\b|passphrase/i.test(text);

const storeAt = (node: CodeView, site: CallSite, how: PasswordStore['how'], says: string): PasswordStore => ({
  kind: 'passwordStore',
  at: node.at(site.scope, site.call),
  how,
  says,
  reached: node.reached(site),
});

/** Calls in functions that speak of a password, whichever way it is written. */
const nearPasswords = (node: CodeView): readonly { readonly site: CallSite; readonly name: string }[] =>
  node
    .callsNear('assword', 'asswd', 'ASSWORD', 'ASSWD', 'pwd', 'Pwd', 'PWD', 'assphrase', 'ASSPHRASE')
    .map(site => ({ site, name: node.nameOf(site.call.callee, site.scope) }));

function* stores(node: CodeView): Generator<PasswordStore> {
  for (const site of node.calls(...HASHERS))
    yield storeAt(node, site, 'strong', node.nameOf(site.call.callee, site.scope));
  for (const site of passwordDerivations(node))
    yield storeAt(node, site, 'strong', node.nameOf(site.call.callee, site.scope));
  // It hashes many other things: only what stands near a password is read.
  for (const { site, name: callee } of nearPasswords(node)) {
    if (callee !== 'crypto.createHash') continue;
    const name = node.args(site).arg(0, '');
    // The password is given to what this makes: `createHash("md5").update(password)`.
    if (
      name?.kind === 'literal' &&
      mentionsPassword(node.textOf(site.scope, site.statement).slice(0, 400)) &&
      isOfPassword(node, site)
    )
      yield storeAt(node, site, 'weak', `crypto.createHash('${String(name.value)}')`);
  }
}

const isOfPassword = (node: CodeView, site: CallSite): boolean => {
  const text = node.textOf(site.scope, site.statement);
  return (
    /\.update\(\s*[^)]*passw(or)?d/i.test(text) &&
    !/reset|token/i.test(text) &&
    !asksForBreaches(node.textOf(site.scope, site.scope.definition ?? site.statement))
  );
};

/** `user.password === req.body.password`: what is compared so is kept as it is. */
function* plainStores(node: CodeView): Generator<PasswordStore> {
  for (const { statement, scope, conditions } of node.statements('password'))
    for (const head of headOf(statement))
      for (const each of expressionsIn(head)) {
        if (each.kind !== 'binary' || !/^(==|!=)$/.test(each.operator)) continue;
        const kept = [each.left, each.right].find(
          side =>
            side.kind === 'attribute' &&
            /^password$/i.test(side.name) &&
            node.evaluate(side, scope).kind !== 'input',
        );
        const sent = [each.left, each.right].find(side => node.evaluate(side, scope).kind === 'input');
        if (kept && sent)
          yield {
            kind: 'passwordStore',
            at: node.at(scope, each),
            how: 'plain',
            says: 'what the caller sent is compared with what is kept',
            reached: node.reached({ scope, conditions }),
          };
      }
}

const OWN_END = /^(expires?|expir(y|ation|es))(_?(at|in|on|date|time))?$|^valid_?(until|to)$/i;

/** Whether a token ends by itself: an option, or a claim of its content. */
function expiryOf(node: CodeView, site: CallSite): Value<boolean> {
  const args = node.args(site);
  const payload = args.arg(0, '');
  const options = args.arg(2, '');
  const has = (term: typeof payload, name: string): boolean =>
    term?.kind === 'object' && term.entries.some(([key]) => key === name);
  if (has(payload, 'exp') || has(options, 'expiresIn')) return stated(true);
  // The service looks at an end of its own making itself, or does not.
  const own = payload?.kind === 'object' && payload.entries.find(([key]) => OWN_END.test(key));
  if (own) return unclear(`its end is ${own[0]}, which the service itself must look at`);
  // `options.expiresIn = …`, mostly under a condition.
  if (/\.(exp|expiresIn)\s*=[^=]/.test(node.textOf(site.scope, site.scope.definition ?? site.call)))
    return unclear('whether it ends is decided on the way');
  const isOpen = options !== undefined && (options.kind !== 'object' || options.open);
  if (isOpen || (payload?.kind === 'object' && payload.open))
    return unclear('its options cannot be followed');
  return payload?.kind === 'object' || payload?.kind === 'literal'
    ? stated(false)
    : unclear('its content cannot be followed');
}

function* tokens(node: CodeView): Generator<TokenUse> {
  for (const site of node.calls('jsonwebtoken.sign'))
    yield {
      kind: 'tokenUse',
      at: node.at(site.scope, site.call),
      does: 'sign',
      expires: expiryOf(node, site),
      flaw: '',
      reached: node.reached(site),
    };
  for (const site of node.callsEnding('sign')) {
    if (!node.nameOf(site.call.callee, site.scope).startsWith('jose.SignJWT()')) continue;
    yield {
      kind: 'tokenUse',
      at: node.at(site.scope, site.call),
      does: 'sign',
      expires: endOfBuilt(node, site),
      flaw: '',
      reached: node.reached(site),
    };
  }
  for (const site of node.calls('jsonwebtoken.verify')) yield verifying(node, site, argumentOf(site, 2));
}

/** `new SignJWT(claims).setExpirationTime('2h').sign(key)`, in one expression or over several statements. */
function endOfBuilt(node: CodeView, site: CallSite): Value<boolean> {
  if (/setExpirationTime|\bexp\b/.test(node.textOf(site.scope, site.scope.definition ?? site.call)))
    return stated(true);
  const { root } = chainOf(site.call);
  const { expression, scope } = writtenAs(node, root, site.scope);
  const [claims] = expression.kind === 'call' ? expression.args : [];
  const term = claims && node.evaluate(claims.value, scope);
  return term?.kind === 'object' && !term.open ? stated(false) : unclear('its content cannot be followed');
}

/** How the path of a route at which a caller signs in ends. */
const SIGN_IN = /(^|[/_-])(log-?_?in|sign-?_?in|authenticate|access-token|tokens?|sessions?)\/?$/;

/** Where another party has looked at the password. */
const OF_OTHERS =
  /(^|[/_-])(google|facebook|apple|github|gitlab|twitter|linkedin|microsoft|azure|discord|slack|kakao|naver|oauth2?|oidc|saml|sso|social)($|[/_-])/i;

/** `class LocalGuard extends AuthGuard("local")` looks at the password before the method is called. */
const guardClasses = (node: CodeView, handler: Handler): readonly string[] =>
  isOfNest(handler)
    ? handler.guards.flatMap(({ asking: { of } }) => (of ? [node.textOf(of.scope, of.definition)] : []))
    : [];

function* signIns(node: CodeView): Generator<SignIn | SignInLimit> {
  for (const handler of nodeHandlers(node)) {
    const { route, function: of, before } = handler;
    if (!(known(route.methods) ?? ['POST']).includes('POST')) continue;
    const isSignIn = SIGN_IN.test((known(route.path) ?? route.handler).toLowerCase());
    if (isSignIn) {
      const inside = of ? node.callsWithin(of, 2) : [];
      const texts = [
        ...(of ? [node.textOf(of.scope, of.definition)] : []),
        ...inside.map(site => node.textOf(site.scope, site.statement)),
        ...before.map(layer => node.textOf(layer.scope, layer.expression)),
        ...guardClasses(node, handler),
      ];
      const isOpen = !of || inside.some(site => node.nameOf(site.call.callee, site.scope) === '');
      const takes = texts.some(text =>
        /passw(or)?d|\bpwd\b|passphrase|credentials|['"]local['"]/i.test(text),
      );
      yield {
        kind: 'signIn',
        at: route.at,
        route: route.id,
        name: routeName(route),
        takesPassword: OF_OTHERS.test(known(route.path) ?? '')
          ? 'no'
          : takes
            ? 'yes'
            : isOpen
              ? 'unclear'
              : 'no',
        reached: route.reached,
      };
    }
    if (!isSignIn && !['sign-in', 'register'].includes(purposeOf(route))) continue;
    const limit = before.find(layer => limits(node, layer));
    if (limit)
      yield {
        kind: 'signInLimit',
        at: node.at(limit.scope, limit.expression),
        route: route.id,
        says: 'is limited',
      };
    if (of && COUNTED.test(node.textOf(of.scope, of.definition)))
      yield {
        kind: 'signInLimit',
        at: node.at(of.scope, of.definition.head),
        route: route.id,
        says: 'failed tries are counted',
      };
  }
}

/** A limiter before the route itself by its name; one of a path or router only when a library made it. */
function limits(node: CodeView, { level, covers, expression, scope }: Layer): boolean {
  if (level === 'route')
    return /limit|throttle|brute|slow/i.test(
      `${node.textOf(scope, expression)} ${node.nameOf(expression, scope)}`,
    );
  const entity = covers === 'yes' ? node.resolve(expression, scope) : undefined;
  return entity?.kind === 'external' && LIMITERS.includes(entity.name.replace(/\(\)$/, ''));
}

const COUNTED =
  /failed_?(login|attempt)|login_?attempts|lock(ed)?_?(out|until)|too_?many_?attempts|\.consume\(/i;

/** Passwords, tokens, and limits of sign-ins. */
export default defineExtractor({
  id: 'javascript/access/passwords',
  reads: [],
  produces: ['passwordStore', 'tokenUse', 'signIn', 'signInLimit'],
  understands: readsFramework,
  *extract({ node }) {
    yield* stores(node);
    yield* plainStores(node);
    yield* tokens(node);
    yield* signIns(node);
  },
});
