/** How a secret is called: at the end of its name, or before `_prod`, `_2` and the like. */
const PASSWORD =
  /(^|_)((pg|db|sql|mysql|redis|smtp|mail|admin|root|user)?(password|passwd|pwd)|passphrase|passcode|[a-z]+_pass|db_pw|pgpass)$/;
const KEY =
  /(^|_)(secret|secret_key|client_secret|private_key|encryption_key|signing_key|master_key|account_key|jwt_key|fernet_key|hmac_key|salt_key)$/;
const TOKEN =
  /(^|_)(token|api_?key|apikey|access_key|auth_key|service_key|license_key|bot_token|webhook_secret|credential)$/;

/** Names that speak of a secret and hold none: form fields, events, counters of words, checks. */
const OTHER_MEANING =
  /^(csrf|xsrf|next|page|prev|continuation|reset|verify|forgot|change|confirm|hash|hashed|old|new|current|wrong|invalid|incorrect|bad|mask|show|hide|is|has|use|require|required|validate|check|min|max|field|label|placeholder|error|msg|event|header|cookie|permission|sort|partition|eos|bos|pad|cls|sep|unk|stop|special|start|end|missing|expired|param|test|fake|dummy|mock|example|sample|encrypted|public|primary|foreign|cache|reserved|undefined|default_token|message|select)_/;

const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.\-\s]+/g, '_')
    .toLowerCase()
    .replace(/^_+|_+$/g, '')
    .replace(/_(prod|production|dev|development|local|live|default|staging|\d+)$/, '');

type SecretKind = 'password' | 'key' | 'token';

/** What kind of secret a variable, setting or argument of this name holds; `undefined` for none. */
export function secretKind(name: string): SecretKind | undefined {
  const plain = snake(name);
  if (OTHER_MEANING.test(plain)) return undefined;
  if (PASSWORD.test(plain)) return 'password';
  if (KEY.test(plain)) return 'key';
  return TOKEN.test(plain) ? 'token' : undefined;
}

/** Words of which names of fields and labels are made: `client_secret`, `X-API-Key`, `Bearer`. */
const LABEL_WORDS = new Set(
  `password passwd pwd pass passphrase secret secrets token tokens key keys api access auth private public client user username
  credential credentials bearer basic refresh id x header jwt csrf field input hidden text str string none required optional
  wrong invalid incorrect new old current confirm reset forgot change type name value default the your my a is not null true
  false authorization session oauth oauth2 app service account email login sub signing encryption webhook apikey hash plain md5
  sha1 sha256 sha512 hs256 rs256 bcrypt argon2 code grant azure google aws github gitlab openai missing unknown empty enter`.split(
    /\s+/,
  ),
);

/** Names of things that a server guards with a password, for which `password` itself is a value. */
const SERVER =
  /(^|_)(db|database|postgres|postgresql|pg|mysql|mariadb|redis|mongo|mongodb|rabbitmq|amqp|broker|mail|smtp|admin|root|superuser|minio|ftp|sftp|ldap|elastic|elasticsearch|opensearch|sql|mssql|sa|neo4j|clickhouse|cassandra)_/;

/** What stands for a value that somebody is to put in, or for text that is put together. */
const STANDS_FOR =
  /^$|^<.*>$|^\[.*\]$|\{\{?.*\}?\}|\$\{?\w|%\(?\w*\)?s|%[sd]|^x{3,}|^\*+$|\.{3}|…|your[-_ ]|[-_ ]here$|replace[-_ ]?(me|with|this)|^(none|null|todo|tbd|undefined|redacted|dummy|fake|mock|placeholder|unset|n\/a|fixme|insert|set[-_]?me|secret_from_\w+|!.*)$|^example|example$/i;

/** Weak words of which everybody knows that they are to be changed, and which run all the same. */
const TO_BE_CHANGED = /change[-_ ]?(me|this|it|in)/i;

const hasDigitAndLetter = (text: string): boolean => /\d/.test(text) && /[A-Za-z]/.test(text);

/** Paths, addresses, patterns, numbers and names of files and modules. */
const isSomethingElse = (value: string): boolean =>
  STANDS_FOR.test(value) ||
  /^(\/|\.{1,2}\/|~\/|[a-z]+:\/\/|[A-Za-z]:\\)/.test(value) ||
  /^\^|\\[dwsS]|\(\?/.test(value) ||
  // Names of fields: `save_password`, `access_token`.
  /^[a-z]+(_[a-z]+)*_(password|passwd|pwd|secret|token|key)$/i.test(value) ||
  /^[A-Z][a-z]+$/.test(value) ||
  // Keys of texts: `incorrectEmailOrPassword`.
  /^[a-z]+([A-Z][a-z]+){2,}$/.test(value) ||
  /^(true|false|\d{1,3})$/i.test(value) ||
  /^[a-z_]+(\.[a-z_]+)+$/i.test(value) ||
  /\.(pem|key|txt|json|crt|html|py|js|ts|sh|ya?ml|toml|ini|cfg|conf|env|p12|pfx|jks|properties|xml|jar|gpg)$/i.test(
    value,
  );

const fits = (kind: SecretKind, value: string): boolean =>
  kind === 'password' ||
  (kind === 'key'
    ? value.length >= 8 && !/^[a-z]+(_[a-z]+)*$/.test(value)
    : value.length >= 12 && hasDigitAndLetter(value));

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text is the secret itself, and not its name, a label, a placeholder, a path or a pattern. */
export function isSecretText(name: string, text: string): boolean {
  const kind = secretKind(name);
  const value = text.trim();
  if (!kind || value.length < 3 || /\s/.test(value)) return false;
  if (TO_BE_CHANGED.test(value)) return true;
  // `OnePassword = "bada5566-…"` among other brands: a product and its identifier.
  if (kind === 'password' && /^[A-Z][a-zA-Z]*[a-z]/.test(name) && UUID.test(value)) return false;
  const words = value
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
  if (words.every(word => LABEL_WORDS.has(word)))
    return kind === 'password' && words.length === 1 && SERVER.test(`${snake(name)}_`);
  return !isSomethingElse(value) && fits(kind, value);
}

/** Whether a text looks made by a machine or by somebody who was told to choose well. */
export const isStrong = (text: string): boolean =>
  text.length >= 8 &&
  hasDigitAndLetter(text) &&
  !/passw|secret|example|sample|changeme|user|1234|test|demo/i.test(text);

/** `scheme://user:secret@host`, with the name before the colon and the host behind the sign. */
const CONNECTION = /\b([a-z][a-z0-9+.-]{1,30}):\/\/([^\s:/@"'`<>]{0,80}):([^\s/@"'`<>]{1,120})@([\w.-]*)/gi;
/** `PWD=…;` of connection strings with semicolons. */
const SEMICOLON = /(?:^|;)\s*(?:pwd|password)\s*=\s*([^;{}%"'\s]{1,80})(?=;|$)/gi;
const GENERIC =
  /^(user(name)?|usr|login|name|admin|pass(word)?|pwd|passwd|secret|postgres|root|guest|foo|bar|test|mysql|pw|dbuser|dbpass(word)?|db_user|db_password|u|p)$/i;

export interface ConnectionString {
  readonly index: number;
  readonly scheme: string;
  /** The host is this machine. */
  readonly isLocal: boolean;
  /** User and password are the words that examples use. */
  readonly isGeneric: boolean;
  readonly password: string;
}

/** Connection strings that carry a password. */
export function connectionStringsIn(text: string): readonly ConnectionString[] {
  const urls = [...text.matchAll(CONNECTION)].flatMap(match => {
    const [, scheme = '', user = '', password = '', host = ''] = match;
    if (
      STANDS_FOR.test(password) ||
      /[$%{}()]/.test(password) ||
      /^(driver|scheme|dialect|protocol)/i.test(scheme)
    )
      return [];
    if (/example\.(com|org|net)$/i.test(host)) return [];
    return [
      {
        index: match.index,
        scheme,
        isLocal: /^(localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal)$/i.test(host),
        isGeneric: (user === '' || GENERIC.test(user)) && GENERIC.test(password),
        password,
      },
    ];
  });
  const odbc = [...text.matchAll(SEMICOLON)].flatMap(match => {
    const [, password = ''] = match;
    if (!/(server|driver|data source|host|uid|user id)\s*=/i.test(text) || STANDS_FOR.test(password))
      return [];
    return [
      {
        index: match.index,
        scheme: 'odbc',
        isLocal: /(server|host|data source)\s*=\s*(localhost|127\.0\.0\.1|\.\\)/i.test(text),
        isGeneric: GENERIC.test(password),
        password,
      },
    ];
  });
  return [...urls, ...odbc];
}

interface Format {
  readonly what: string;
  /** One of them stands in every match: looked for first, as that is fast. */
  readonly marks: readonly string[];
  readonly pattern: RegExp;
}

/** Formats that providers publish, so that a match is the thing itself. */
const FORMATS: readonly Format[] = [
  {
    what: 'a private key',
    marks: ['PRIVATE KEY'],
    pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\\n|\s)+[A-Za-z0-9+/=]{40,}/g,
  },
  { what: 'an AWS access key', marks: ['AKIA', 'ASIA'], pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  {
    what: 'a GitHub token',
    marks: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60,}\b/g,
  },
  { what: 'a GitLab token', marks: ['glpat-'], pattern: /\bglpat-[\w-]{20}\b/g },
  { what: 'a Slack token', marks: ['xox'], pattern: /\bxox[abprs]-\d{6,}-[A-Za-z0-9-]{10,}\b/g },
  {
    what: 'a Slack webhook',
    marks: ['hooks.slack'],
    pattern: /https:\/\/hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{16,}/g,
  },
  { what: 'a Stripe live key', marks: ['k_live_'], pattern: /\b[sr]k_live_[A-Za-z0-9]{20,}\b/g },
  { what: 'a SendGrid key', marks: ['SG.'], pattern: /\bSG\.[\w-]{22}\.[\w-]{43}\b/g },
  {
    what: 'an OpenAI key',
    marks: ['T3BlbkFJ'],
    pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{16,}T3BlbkFJ[A-Za-z0-9_-]{16,}\b/g,
  },
  { what: 'an Anthropic key', marks: ['sk-ant-'], pattern: /\bsk-ant-[\w-]{60,}\b/g },
  { what: 'a Google API key', marks: ['AIza'], pattern: /\bAIza[\w-]{35}\b/g },
  { what: 'an npm token', marks: ['npm_'], pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { what: 'a PyPI token', marks: ['pypi-'], pattern: /\bpypi-AgEIcHlwaS5vcmc[\w-]{40,}/g },
  { what: 'a Hugging Face token', marks: ['hf_'], pattern: /\bhf_[A-Za-z0-9]{34}\b/g },
  { what: 'a Telegram bot token', marks: [':AA'], pattern: /\b\d{8,10}:AA[\w-]{33}\b/g },
  { what: 'an Azure storage key', marks: ['AccountKey='], pattern: /\bAccountKey=[A-Za-z0-9+/]{80,}={0,2}/g },
];

/** Documentation uses values of the right form that open nothing. */
const isMadeUp = (text: string): boolean =>
  /EXAMPLE|(.)\1{6,}|x{5,}|1234567|abcdefg/i.test(text.replace(/^-----BEGIN[^-]*-----/, ''));

/** Keys and tokens in a published format. `holds` says whether a mark stands in the text. */
export const knownFormatsIn = (
  text: string,
  holds: (mark: string) => boolean = mark => text.includes(mark),
): readonly { readonly index: number; readonly what: string }[] =>
  FORMATS.filter(({ marks }) => marks.some(mark => holds(mark))).flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)]
      .filter(match => !isMadeUp(match[0]))
      .map(match => ({ index: match.index, what })),
  );
