/**
 * Hides what looks like a credential in text that is about to be shown. At most the first two characters stay,
 * so that a person can tell which one it was. Formats: the documentation of the providers named beside them.
 */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const pattern of WHOLE) masked = masked.replace(pattern, hidden);
  masked = masked.replace(URL_CREDENTIALS, (_, scheme: string, user: string, secret: string) =>
    isReference(secret) ? `${scheme}${user}:${secret}@` : `${scheme}${user}:${hidden(secret)}@`,
  );
  masked = masked.replace(ASSIGNED, (all: string, head: string, quote: string, secret: string) =>
    isReference(secret) || isHarmless(secret) ? all : `${head}${quote}${hidden(secret)}${quote}`,
  );
  masked = masked.replace(BARE, (all: string, head: string, secret: string) =>
    isReference(secret) || isHarmless(secret) ? all : `${head}${hidden(secret)}`,
  );
  return masked.replace(FALLBACK, (all: string, head: string, secret: string) =>
    isHarmless(secret) ? all : `${head}${hidden(secret)}`,
  );
}

const STARS = '********';
const hidden = (secret: string): string => `${secret.length > 12 ? secret.slice(0, 2) : ''}${STARS}`;

const WHOLE: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA|AROA)[A-Z0-9]{12,}\b/g, // AWS access key ids
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g, // GitHub
  /\bgithub_pat_\w{20,}\b/g,
  /\bglpat-[\w-]{16,}\b/g, // GitLab
  /\bxox[abeprs]-[\w-]{10,}\b/g, // Slack
  /\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}\b/g, // Stripe
  /\bsk-[A-Za-z0-9_-]{20,}\b/g, // OpenAI and others
  /\bAIza[\w-]{30,}\b/g, // Google
  /\bSG\.[\w-]{16,}\.[\w-]{16,}\b/g, // SendGrid
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, // JSON web tokens
  /\bnpm_[A-Za-z0-9]{30,}\b/g,
  /\bpypi-[\w-]{30,}\b/g,
  /\b[0-9a-f]{32,}\b/gi, // long hexadecimal: keys, and hashes with them
  /\b(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[a-z])(?=[A-Za-z0-9+/_-]*[A-Z])[A-Za-z0-9+_-]{40,}={0,2}/g,
];

const URL_CREDENTIALS = /([a-z][a-z0-9+.-]{1,30}:\/\/)([^\s:/@"'`]{0,100}):([^\s/@"'`]{1,200})@/gi;

/** A name that speaks of a secret, up to the sign behind it. */
const NAME = String.raw`[\w.-]{0,60}(?:password|passwd|pwd|secret|token|api_?key|apikey|private_?key|access_?key|signing_?key|encryption_?key|credential|passphrase)[\w.-]{0,40}`;

/** `SECRET_KEY = "…"`, `"password": "…"`, `secret_key="…"`, `['SECRET_KEY'] = '…'`, `get('SECRET_KEY', '…')`. */
const ASSIGNED = new RegExp(
  String.raw`(${NAME}["'\]]{0,3}\s{0,4}(?:=>|:=|[:=,])\s{0,4}(?:[bru]{0,2}))(["'` +
    '`' +
    String.raw`])([^"'` +
    '`' +
    String.raw`\n]{1,400})\2`,
  'gi',
);

/** `SECRET_KEY=…`, `password: …` without quotes, to the end of the word. */
const BARE = new RegExp(
  String.raw`(^[^\S\n]{0,40}(?:export |ENV |ARG |- )?["']?${NAME}["']?\s{0,2}[:=][^\S\n]{0,4}|[?&;](?:${NAME})=)([^\s"'` +
    '`' +
    String.raw`#;&,)\]}]{1,400})`,
  'gim',
);

/** `${DB_PASSWORD:-…}` */
const FALLBACK = new RegExp(String.raw`(\$\{${NAME}:?-)([^}\n]{1,400})(?=\})`, 'gi');

/** A name of something, not the thing: `${X}`, `os.environ[…]`, `settings.X`, `config["X"]`, `<your-key>`. */
const isReference = (text: string): boolean =>
  /^(?:\$|\{|<|%|os\.|process\.|self\.|settings?\.|config|app\.|env[.[(]|getenv|secrets?\.|current_app|request\.|None$|null$|true$|false$|undefined$)/i.test(
    text,
  ) || /[([]/.test(text);

/** Words, placeholders, types and numbers that hide nothing. */
const isHarmless = (text: string): boolean =>
  text.includes(STARS) ||
  /^(?:password|passwd|secret|token|string|str|bytes|required|optional|bearer|username|email|text|hidden|null|none|true|false|\d{1,4})$/i.test(
    text,
  );
