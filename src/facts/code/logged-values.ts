import type { LoggedValue, Term } from '../../model/index.ts';
import { findTerm } from '../../model/index.ts';
import type { Call, Expression } from '../../read/syntax.ts';
import { partsOf } from '../../read/walk.ts';
import type { Scope } from './scopes.ts';
import { lastNameOf } from './sites.ts';
import type { CodeView } from './view.ts';

type What = LoggedValue['what'];

/** Names under which nothing but the thing itself is kept. */
const KEYS: readonly (readonly [RegExp, What])[] = [
  [/^((plain|raw|new|old|current|user|db|admin|smtp|mail|default)_?)?(password|passwd|passphrase)(_?plain)?$/i, 'a password'],
  [/^(access|refresh|auth|bearer|id|session|reset|csrf|jwt|api|secret|oauth|verification)_?token$/i, 'a token'],
  [/^authorization$|^x-api-key$/i, 'a token'],
  [/^(client_?secret|secret_?key|api_?key|apikey|private_?key|signing_?key|encryption_?key|aws_secret_access_key|jwt_secret(_key)?|cvv|card_?number|credit_?card(_number)?)$/i, 'a secret'],
]; // prettier-ignore
/** Variables of the environment that hold something secret. */
const VARIABLES =
  /(^|_)(PASSWORD|PASSWD|SECRET|SECRET_KEY|TOKEN|API_KEY|APIKEY|PRIVATE_KEY|ACCESS_KEY|CREDENTIALS?)$|(^|_)(DATABASE|DB|REDIS|MONGO|BROKER|AMQP|RABBITMQ)_(URL|URI|DSN)$|^DATABASE_URL$/;

/** What is left of these tells nothing: a length, a digest, a truth, a mask. */
const HARMLESS =
  /^(len|bool|hash|hexdigest|digest|sha256|md5|mask\w*|redact\w*|scrub\w*|sanitize\w*|sanitise\w*|obfuscate\w*|type|isinstance|id|keys|is_valid|verify\w*|check\w*|validate\w*|startswith|endswith|count|hide\w*|censor\w*|filter\w*|strip_sensitive\w*|safe_\w*|get_backend_name|render_as_string|split|partition)$/;

/** Under these a request brings what they say; elsewhere they may be words of a text that is taken apart. */
const REQUEST_KEY = /^(token|jwt|otp|pin|secret)$/i;
const REQUEST = /\brequest\b|\bheaders\b|\bcookies\b/;

const whatIs = (name: string): What | undefined => KEYS.find(([pattern]) => pattern.test(name))?.[1];

interface LogReader extends CodeView {
  readonly isBody: IsBody;
}

/** Whether a name is a body that the framework has read into a model with something secret in it. */
export type IsBody = (expression: Expression, scope: Scope) => boolean;

/** What of a log call's arguments nobody should read there. */
export function loggedValues(
  code: CodeView,
  call: Call,
  scope: Scope,
  isBody: IsBody = () => false,
): readonly LoggedValue[] {
  return call.args.flatMap(({ name, value }) =>
    /^(exc_info|stack_info|stacklevel|end|sep|file|flush)$/.test(name)
      ? []
      : valuesIn({ ...code, isBody }, value, scope),
  );
}

function valuesIn(code: LogReader, expression: Expression, scope: Scope): readonly LoggedValue[] {
  const what = toldBy(code, expression, scope);
  if (what)
    return [
      {
        at: code.at(scope, expression),
        what,
        says: code.textOf(scope, expression).replace(/\s+/g, ' ').slice(0, 60),
      },
    ];
  if (isOpaque(expression)) return [];
  if (expression.kind === 'template') return inTemplate(code, expression, scope);
  return partsOf(expression).flatMap(part => valuesIn(code, part, scope));
}

const CALLED_TOKEN =
  /\b(verification|reset|access|refresh|auth|api|session|jwt|bearer|invitation|confirmation)[ _-]?token\s*[:=]?\s*["'`]?$/i;

/** `Verification token: ${token}`: the words in front say which token it is. */
function inTemplate(
  code: LogReader,
  { parts }: Extract<Expression, { kind: 'template' }>,
  scope: Scope,
): readonly LoggedValue[] {
  return parts.flatMap((part, index) => {
    const before = parts[index - 1];
    const isCalled = before?.kind === 'string' && CALLED_TOKEN.test(before.value);
    if (isCalled && (part.kind === 'name' || part.kind === 'attribute') && /token$/i.test(part.name))
      return [{ at: code.at(scope, part), what: 'a token', says: code.textOf(scope, part).slice(0, 60) }];
    return valuesIn(code, part, scope);
  });
}

/** Of these the parts do not come out in the line. */
function isOpaque(expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return (
        HARMLESS.test(lastNameOf(expression.callee)) ||
        // What a function of the repository makes of its arguments cannot be told.
        !/^(str|repr|format|dict|list|dumps|join|decode|encode|get|pprint|pformat|items|copy|strip|upper|lower|jsonify|stringify|inspect|toString)$/.test(
          lastNameOf(expression.callee),
        )
      );
    case 'subscript':
      // `token[:8]` shows a piece that was chosen to be shown.
      return true;
    case 'attribute':
    case 'comprehension':
    case 'lambda':
      return true;
    case 'binary':
      return !/^[+%]$/.test(expression.operator);
    case 'unary':
      return true;
    case 'conditional':
      // `"set" if token else "missing"`
      return expression.then.kind === 'string' && expression.otherwise.kind === 'string';
    default:
      return false;
  }
}

function toldBy(code: LogReader, expression: Expression, scope: Scope): What | undefined {
  switch (expression.kind) {
    case 'name':
      return ofName(code, expression, scope);
    case 'attribute':
    case 'call':
    case 'subscript':
    case 'await':
      return (
        wholeRequest(code, expression, scope) ??
        ofKey(code, expression, scope) ??
        ofSetting(code, expression, scope)
      );
    default:
      return undefined;
  }
}

const WHOLE: readonly (readonly [RegExp, What])[] = [
  [/^(await )?(flask\.)?(request|req)\.(body|json|form|data|values|get_json\([^)]*\)|get_data\([^)]*\)|json\(\)|body\(\)|form\(\)|form\.to_dict\([^)]*\)|stream\.read\(\))$/, 'the whole request body'],
  [/^(await )?(flask\.)?(request|req)\.headers(\.items\(\))?$/, 'all request headers'],
  [/^(dict|str|list)\((flask\.)?(request|req)\.headers(\.items\(\))?\)$/, 'all request headers'],
]; // prettier-ignore

/** The request by its usual name, which is what its framework gives or a parameter of a handler or hook. */
function wholeRequest(code: LogReader, expression: Expression, scope: Scope): What | undefined {
  const text = code.textOf(scope, expression).replace(/\s+/g, ' ');
  const found = WHOLE.find(([pattern]) => pattern.test(text))?.[1];
  if (found) return found;
  // `order.dict()`, `order.model_dump()` of a body that the framework has read
  const object =
    expression.kind === 'call' &&
    expression.callee.kind === 'attribute' &&
    /^(dict|json|model_dump|model_dump_json)$/.test(expression.callee.name)
      ? expression.callee.object
      : undefined;
  return object && code.isBody(object, scope) ? 'the whole request body' : undefined;
}

/** `request.form["password"]`, `data.get("token")`, `user.password`, `headers.get("Authorization")` */
function ofKey(code: LogReader, expression: Expression, scope: Scope): What | undefined {
  if (expression.kind === 'attribute') {
    const what = whatIs(expression.name);
    // A member of a module or of an enumeration is a name for something, not the thing.
    const owner = what && code.resolve(expression.object, scope);
    return owner?.kind === 'class' || owner?.kind === 'module' ? undefined : what;
  }
  if (expression.kind === 'subscript' && expression.index.kind === 'string')
    return whatIs(expression.index.value) ?? ofRequest(code, expression, expression.index.value, scope);
  if (expression.kind !== 'call' || !/^(get|pop)$/.test(lastNameOf(expression.callee))) return undefined;
  const [first] = expression.args;
  const text = code.textOf(scope, expression.callee);
  return first?.value.kind === 'string' && !/config|errors|messages|labels/i.test(text)
    ? (whatIs(first.value.value) ?? ofRequest(code, expression, first.value.value, scope))
    : undefined;
}

/** `request.args.get("token")`: the name alone says it, where it is the request that is asked. */
const ofRequest = (code: LogReader, expression: Expression, key: string, scope: Scope): What | undefined =>
  REQUEST_KEY.test(key) && REQUEST.test(code.textOf(scope, expression)) ? 'a token' : undefined;

/** A value that comes from a variable of the environment whose name says what it holds. */
function ofSetting(code: LogReader, expression: Expression, scope: Scope): What | undefined {
  const term: Term = code.evaluate(expression, scope);
  const variable = findTerm(term, each => each.kind === 'env' && VARIABLES.test(each.name));
  if (variable?.kind !== 'env' || term.kind === 'call') return undefined;
  return /PASSW/.test(variable.name) ? 'a password' : /TOKEN/.test(variable.name) ? 'a token' : 'a secret';
}

/** A variable: what it was made of tells, and for a password the name that says it. */
function ofName(
  code: LogReader,
  expression: Extract<Expression, { kind: 'name' }>,
  scope: Scope,
): What | undefined {
  if (code.isBody(expression, scope)) return 'the whole request body';
  const found = code.code.resolver.bindings(expression.name, scope, expression.start);
  const named = whatIs(expression.name);
  for (const binding of found?.bindings ?? []) {
    if (!found) continue;
    if (binding.kind === 'value') {
      const what =
        binding.value.kind === 'name' || isHidden(binding.value)
          ? undefined
          : toldBy(code, binding.value, found.scope);
      if (what) return what;
      if (named && binding.value.kind === 'call' && MAKES.test(lastNameOf(binding.value.callee)))
        return named;
    }
    // Handed over under this name: a password is one, and a token may be of a parser.
    if (binding.kind === 'parameter' && named === 'a password') return named;
  }
  return undefined;
}

const MAKES =
  /^(create_access_token|create_refresh_token|create_token|generate_token|token_hex|token_urlsafe|encode|generate_password|make_random_password|dumps|generate_reset_token|create_\w*token|make_\w*token|generate_\w*token|get_random_string)$/;

const isHidden = (value: Expression): boolean =>
  value.kind === 'call' && HARMLESS.test(lastNameOf(value.callee));
