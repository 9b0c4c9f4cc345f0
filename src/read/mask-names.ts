/** Parts of a name that speak of a secret. */
const SECRET = new Set(['password', 'passwords', 'passwd', 'passphrase', 'passcode', 'pass', 'pwd', 'pw', 'psw', 'secret', 'secrets', 'token', 'tokens', 'credential', 'credentials', 'creds', 'salt', 'pepper', 'requirepass', 'masterauth', 'apikey']); // prettier-ignore

/** Names written in one word: `secretkey`, `dbpassword`. */
const WITHIN =
  /password|passwd|passphrase|secret|credential|(?:api|access|private|signing|encryption|account)key|token$/;

/** What a name ends with that is about a secret, and not one: `token_url`, `PASSWORD_HASHERS`. */
const ABOUT = new Set(['hasher', 'hashers', 'validator', 'validators', 'policy', 'url', 'uri', 'path', 'file', 'files', 'expire', 'expires', 'expiry', 'expiration', 'minutes', 'hours', 'days', 'seconds', 'lifetime', 'ttl', 'length', 'min', 'max', 'algorithm', 'alg', 'header', 'headers', 'field', 'fields', 'type', 'name', 'names', 'id', 'ids', 'prefix', 'endpoint', 'timeout', 'age', 'rotation', 'regex', 'pattern', 'location', 'storage', 'backend', 'class', 'column', 'required', 'enabled', 'count', 'limit', 'schema', 'scheme', 'strength', 'form', 'input', 'label', 'hint', 'error', 'message', 'view', 'route', 'router', 'dir', 'folder', 'ref', 'version', 'manager', 'provider', 'store', 'reset']); // prettier-ignore

/** Keys that open nothing: `primary_key`. */
const PLAIN_KEYS = new Set(['primary', 'foreign', 'sort', 'order', 'partition', 'cache', 'public', 'unique', 'index', 'row', 'group', 'dict', 'natural', 'routing', 'idempotency', 'dedup', 'by', 'object', 'bucket', 'redis', 'storage', 's3']); // prettier-ignore

/** Amounts of tokens, as language models count them. */
const AMOUNT = /(?:max|min|num|n|total|prompt|completion)_?tokens?/i;

/** Whether what is called so is a secret: `SECRET_KEY`, `db.password`, `jwtSecret`, `STRIPE_KEY`. */
export function isSecretName(name: string): boolean {
  const parts = name
    .slice(-80)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_.-]+/)
    .filter(part => part !== '');
  const last = parts.at(-1) ?? '';
  if (ABOUT.has(last) || AMOUNT.test(name.slice(-80))) return false;
  if (parts.some(part => SECRET.has(part) || WITHIN.test(part))) return true;
  if (last === 'key') return parts.length > 1 && !PLAIN_KEYS.has(parts.at(-2) ?? '');
  return last === 'auth' && parts.length === 1;
}

const STARS = '********';

/** A value without what it says: two characters of a long one stay, so that a person can tell which it was. */
export const hidden = (secret: string): string => `${secret.length > 12 ? secret.slice(0, 2) : ''}${STARS}`;

const isHidden = (text: string): boolean => /^.{0,2}\*{8}$/su.test(text);

/** The name of something and nothing else: `${X}`, `$X`, `{{ x }}`, `{user.secret}`, `<your-key>`, `%(secret)s`. */
const REFERENCE =
  /^(?:\$\w+|\$\{\w+(?::?\?[^}]*)?\}|\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\{[\w.[\]'"()]*\}|<[^<>]*>|%\(\w+\)s|%s|%[A-Z_]+%|\$\([^)]*\)|\?|:\w+)$/;

/** Words, types and placeholders that hide nothing. */
const HARMLESS =
  /^(?:|password|passwd|secret|token|secret_?key|api_?key|access_token|refresh_token|id_token|auth|string|str|int|bool|bytes|any|float|list|dict|object|required|optional|bearer|basic|username|user|email|text|hidden|null|none|nil|true|false|undefined|never|unknown|yes|no|on|off|[|>][+-]?|\*+|x{3,}|\.{3}|…|secretstr|emailstr|same-origin|include|omit)$/i;

export const isHarmless = (text: string): boolean =>
  isHidden(text) || HARMLESS.test(text) || REFERENCE.test(text);
