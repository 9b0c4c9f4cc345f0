import type {
  Guard,
  PasswordRule,
  PasswordStore,
  SignIn,
  SignInLimit,
  StrongSignIn,
  Term,
  TokenUse,
} from '../../../model/index.ts';
import { byDefault, known, purposeOf, routeName, stated, unclear } from '../../../model/index.ts';
import { holds } from '../../../read/text-filter.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { asksForBreaches } from '../../code/breached.ts';
import type { CallSite } from '../../code/sites.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';
import { isForOthers } from '../jwt/for-others.ts';
import { hashersIn } from './hashers.ts';
import { asksForPasswords } from './http-auth.ts';

const WEAK = /^hashlib\.(md5|sha1|sha224|sha256|sha384|sha512|sha3_256|new)$/;

const mentionsPassword = (text: string): boolean => /(passw(or)?d|pwd|passphrase)(?!_?hash)/i.test(text);

function* stores(python: PythonView): Generator<PasswordStore> {
  for (const { site, name, fast } of hashersIn(python))
    yield {
      kind: 'passwordStore',
      at: python.at(site.scope, site.call),
      how: fast === '' ? 'strong' : 'weak',
      says: fast === '' ? name : `${fast} of ${name}`,
      reached: python.reached(site),
    };
  for (const site of python.callsEnding('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'new')) {
    const name = python.nameOf(site.call.callee, site.scope);
    const argument = site.call.args.map(arg => python.textOf(site.scope, arg)).join(' ');
    if (!WEAK.test(name) || !mentionsPassword(argument)) continue;
    if (asksForBreaches(python.textOf(site.scope, site.scope.definition ?? site.call))) continue;
    yield {
      kind: 'passwordStore',
      at: python.at(site.scope, site.call),
      how: 'weak',
      says: name,
      reached: python.reached(site),
    };
  }
}

/** `User(password=request.form["password"])`, `user.password = …` with what the caller sent. */
function* plainStores(python: PythonView): Generator<PasswordStore> {
  // A model that hashes by itself: a validator or a setter.
  const hashesItself = python
    .modules()
    .some(
      ({ file }) =>
        holds(file, 'password') &&
        /@validates\([^)]*["']password|@password\.setter|password\s*=\s*(?:hybrid_property|property)\(/.test(
          file.text,
        ),
    );
  if (hashesItself) return;
  for (const { statement, scope, conditions } of python.statements('password')) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    for (const target of statement.targets)
      if (
        target.kind === 'attribute' &&
        /^(password|passwd|pwd)$/i.test(target.name) &&
        python.evaluate(statement.value, scope).kind === 'input'
      )
        yield {
          kind: 'passwordStore',
          at: python.at(scope, statement),
          how: 'plain',
          says: 'what the caller sent is kept as it is',
          reached: python.reached({ scope, conditions }),
        };
  }
}

/** The length that `.{12,}` or `[A-Za-z0-9!]{8,64}` asks for. */
const LONG = /(?:\.|\]|\\[SwW])\{(\d+),\d*\}/;

/** Who asks for more than this means a maximum: `len(password) > 128`. */
const LONGEST_MINIMUM = 40;

/** `len(password) < 12`, `Length(min=8)`, `Field(min_length=8)`, `r".{12,}"` on a password. */
function* rules(python: PythonView): Generator<PasswordRule> {
  for (const { statement, scope, conditions } of python.statements('passw', 'Passw', 'PASSW')) {
    const text = python.textOf(scope, statement).slice(0, 2000);
    if (!mentionsPassword(text)) continue;
    for (const head of headOf(statement))
      for (const each of expressionsIn(head)) {
        if (each.kind === 'binary' && /^[<>]=?$/.test(each.operator)) {
          const [call, limit] = each.left.kind === 'call' ? [each.left, each.right] : [each.right, each.left];
          if (
            call.kind !== 'call' ||
            python.nameOf(call.callee, scope) !== 'builtins.len' ||
            !mentionsPassword(python.textOf(scope, call))
          )
            continue;
          const value = python.evaluate(limit, scope);
          if (value.kind === 'literal' && typeof value.value === 'number' && value.value <= LONGEST_MINIMUM)
            yield {
              kind: 'passwordRule',
              at: python.at(scope, statement),
              minimum: value.value,
              reached: python.reached({ scope, conditions }),
            };
        }
        const [, asked] =
          (each.kind === 'string' && !mentionsPassword(each.value) && LONG.exec(each.value)) || [];
        if (asked !== undefined)
          yield {
            kind: 'passwordRule',
            at: python.at(scope, each),
            minimum: Number(asked),
            reached: python.reached({ scope, conditions }),
          };
        if (
          each.kind === 'call' &&
          /(^|\.)(Length|Field|constr|StringConstraints|Range|String|SecretStr|Str|zxcvbn|Body|Form)$/.test(
            python.textOf(scope, each.callee),
          )
        ) {
          const minimum = each.args.find(arg => /^(min|min_length)$/.test(arg.name));
          const value = minimum && python.evaluate(minimum.value, scope);
          if (value?.kind === 'literal' && typeof value.value === 'number')
            yield {
              kind: 'passwordRule',
              at: python.at(scope, statement),
              minimum: value.value,
              reached: python.reached({ scope, conditions }),
            };
        }
      }
  }
}

const STRONG_PACKAGES: Readonly<Record<string, string>> = {
  pyotp: 'one-time passwords',
  webauthn: 'WebAuthn',
  fido2: 'FIDO2',
  authlib: 'another party signs the user in',
  msal: 'another party signs the user in',
  flask_oidc: 'another party signs the user in',
  flask_dance: 'another party signs the user in',
  onelogin: 'another party signs the user in',
  saml2: 'another party signs the user in',
};

function* strongSignIns(python: PythonView): Generator<StrongSignIn> {
  for (const { statement, scope, conditions } of python.statements(...Object.keys(STRONG_PACKAGES))) {
    const names =
      statement.kind === 'import'
        ? statement.modules.map(({ module }) => module)
        : statement.kind === 'import-from'
          ? [statement.module]
          : [];
    for (const name of names) {
      const says = STRONG_PACKAGES[name.split('.')[0] ?? ''];
      if (says)
        yield {
          kind: 'strongSignIn',
          at: python.at(scope, statement),
          says,
          reached: python.reached({ scope, conditions }),
        };
    }
  }
}

function* tokens(python: PythonView): Generator<TokenUse> {
  for (const site of python.calls('jwt.encode', 'jose.jwt.encode', 'authlib.jose.jwt.encode')) {
    if (isForOthers(python, site)) continue;
    const text = python.textOf(site.scope, site.scope.definition ?? site.call);
    yield {
      kind: 'tokenUse',
      at: python.at(site.scope, site.call),
      does: 'sign',
      expires: stated(/["']exp["']|\bexp\s*=/.test(text)),
      flaw: '',
      reached: python.reached(site),
    };
  }
  for (const site of python.calls('flask_jwt_extended.create_access_token')) {
    const expires = python.args(site).arg(-1, 'expires_delta');
    const never = expires?.kind === 'literal' && expires.value === false;
    yield {
      kind: 'tokenUse',
      at: python.at(site.scope, site.call),
      does: 'sign',
      expires: expires ? stated(!never) : byDefault(true),
      flaw: '',
      reached: python.reached(site),
    };
  }
  for (const site of python.calls('jwt.decode', 'jose.jwt.decode')) yield decoding(python, site);
}

const isFalse = (term: Term | undefined): boolean => term?.kind === 'literal' && term.value === false;

/** `jwt.decode(token, key, algorithms=[…], options={…})`, wherever its options are written down. */
function decoding(python: PythonView, site: CallSite): TokenUse {
  const args = python.args(site);
  const [algorithms, options] = [args.arg(2, 'algorithms'), args.arg(3, 'options')];
  const option = (name: string): Term | undefined =>
    options?.kind === 'object' ? options.entries.findLast(([key]) => key === name)?.[1] : undefined;
  const isUnchecked = isFalse(option('verify_signature')) || isFalse(args.arg(-1, 'verify'));
  const takesNone =
    algorithms?.kind === 'list' &&
    algorithms.items.some(item => item.kind === 'literal' && String(item.value).toLowerCase() === 'none');
  const isFollowed = !options || (options.kind === 'object' && !options.open);
  return {
    kind: 'tokenUse',
    at: python.at(site.scope, site.call),
    does: 'verify',
    expires: isFalse(option('verify_exp'))
      ? stated(false)
      : isFollowed
        ? stated(true)
        : unclear('with what options the token is checked cannot be followed'),
    flaw: isUnchecked
      ? 'the signature is not checked'
      : takesNone
        ? 'tokens without a signature are accepted'
        : '',
    reached: python.reached(site),
  };
}

/** How the path or the name of a route at which a caller signs in ends. */
const SIGN_IN = /(^|[/_-])(log-?_?in|sign-?_?in|authenticate|access-token|tokens?)\/?$/;

/** Routes at which somebody signs in, and whether they take a password. */
function* signIns(python: PythonView, guards: readonly Guard[]): Generator<SignIn> {
  const withPasswords = asksForPasswords(python);
  for (const { route, function: of } of handlersOf(python)) {
    if (!(known(route.methods) ?? ['POST']).includes('POST')) continue;
    if (!SIGN_IN.test((known(route.path) ?? route.handler).toLowerCase())) continue;
    const inside = python.callsWithin(of, 2);
    const texts = [of.definition, ...inside.map(site => site.statement)].map((each, index) =>
      python.textOf(inside[index - 1]?.scope ?? of.scope, each),
    );
    const isOpen = inside.some(site => python.nameOf(site.call.callee, site.scope) === '');
    // Who comes by a guard has signed in before, unless the guard itself takes passwords.
    const isKnown = guards.some(guard => guard.route === route.id && guard.scope !== 'body');
    const takes = texts.some(text => /passw(or)?d|\bpwd\b|passphrase|credentials/i.test(text));
    yield {
      kind: 'signIn',
      at: route.at,
      route: route.id,
      name: routeName(route),
      takesPassword:
        isKnown && !withPasswords ? 'no' : takes || withPasswords ? 'yes' : isOpen ? 'unclear' : 'no',
      reached: route.reached,
    };
  }
}

/** A limiter on the handler, or a count of failed tries. */
function* signInLimits(python: PythonView): Generator<SignInLimit> {
  for (const handler of handlersOf(python)) {
    if (!['sign-in', 'register'].includes(purposeOf(handler.route))) continue;
    const { definition, scope } = handler.function;
    const decorator = handler.decorators.find(each =>
      /limit|throttle/i.test(python.textOf(each.scope, each.expression)),
    );
    if (decorator)
      yield {
        kind: 'signInLimit',
        at: python.at(decorator.scope, decorator.expression),
        route: handler.route.id,
        says: 'is limited',
      };
    const called = [definition, ...python.callsWithin(handler.function, 2).map(site => site.call)];
    const text = called.map(each => python.textOf(scope, each)).join('\n');
    if (
      /failed_(login|attempt)|login_attempts|lock(ed)?_?(out|until)|too_many_attempts|RateLimiter\(/i.test(
        text,
      )
    )
      yield {
        kind: 'signInLimit',
        at: python.at(scope, definition.head),
        route: handler.route.id,
        says: 'failed tries are counted',
      };
  }
}

/** Passwords, second factors, tokens and limits of sign-ins. */
export default defineExtractor({
  id: 'python/access/passwords',
  reads: ['route', 'guard'],
  produces: ['passwordStore', 'passwordRule', 'strongSignIn', 'tokenUse', 'signIn', 'signInLimit'],
  understands: hasPython,
  *extract({ python, facts }) {
    yield* stores(python);
    yield* plainStores(python);
    yield* rules(python);
    yield* strongSignIns(python);
    yield* tokens(python);
    yield* signIns(python, facts.all('guard'));
    yield* signInLimits(python);
  },
});
