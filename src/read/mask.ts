import { maskAssigned } from './mask-assigned.ts';
import { hidden, isHarmless } from './mask-names.ts';

/**
 * Hides what looks like a credential in text that is about to be shown. At most the first two characters stay,
 * so that a person can tell which one it was. It rather hides too much: where a value without quotes may be a
 * secret or the name of a variable, it is hidden. The time it takes grows with the length of the text, no more.
 */
export function maskSecrets(text: string): string {
  let masked = text.replace(PRIVATE_KEY, hidden);
  masked = maskAssigned(masked);
  for (const pattern of BEHIND)
    masked = masked.replace(pattern, (all: string, head: string, secret: string) =>
      isHarmless(secret) ? all : head + hidden(secret),
    );
  masked = masked.replace(URL_CREDENTIALS, (all: string, head: string, secret: string) =>
    isHarmless(secret) || /^\d+\//.test(secret) ? all : `${head}${ofFallback(secret)}@`,
  );
  for (const pattern of FORMATS) masked = masked.replace(pattern, hidden);
  return masked.replace(RUN, (run: string, at: number) =>
    isDigest(masked, at, run) || !looksRandom(run) ? run : hidden(run),
  );
}

/** `${DB_PASSWORD:-…}` keeps its name. */
const ofFallback = (secret: string): string => {
  const [head] = /^\$\{\w+:?[-=]/.exec(secret) ?? [];
  return head === undefined ? hidden(secret) : `${head}${hidden(secret.slice(head.length, -1))}}`;
};

const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;

/** A secret that follows something that announces it. */
const BEHIND: readonly RegExp[] = [
  /\b((?:bearer|basic|digest)\s{1,4})(?=[^\s"'`,;]{0,200}[\d=])([^\s"'`,;]{8,4000})/gi,
  /\b(authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:token|apikey|key)\s{1,4})([^\s"'`,;]{4,4000})/gi,
  /\b(identified\s{1,4}by\s{1,4}(?:password\s{1,4})?['"])([^'"\n]{1,400})/gi, // SQL
  /\b(password\s{1,4}['"])([^'"\n]{1,400})/gi,
  /(<(?:[\w:.-]{0,40}(?:password|passwd|secret|token|apikey|api-key|api_key))>)([^<\n]{1,4000})/gi, // XML
  /\b((?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)\b[^\n|;&]{0,200}?\s-p)([^\s"']{1,400})/g,
  /\b(sshpass\s{1,4}-p\s{0,4}["']?)([^\s"']{1,400})/g,
  /\b(redis-cli\b[^\n|;&]{0,200}?\s-a\s{1,4}["']?)([^\s"']{1,400})/g,
  /\b(curl\b[^\n|;&]{0,200}?\s(?:-u|--user)[\s=]{1,4}["']?[^\s:"']{1,100}:)([^\s"']{1,400})/g,
  /\b((?:docker|podman)\s{1,4}login\b[^\n|;&]{0,200}?\s-p\s{1,4}["']?)([^\s"']{1,400})/g,
];

/** Up to the last `@` before the end of the word, as passwords may hold one, and slashes too. */
const URL_CREDENTIALS =
  /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@"'`<>]{0,100}:)([^\s"'`<>]{1,400})@(?![^\s"'`<>@]{0,400}@)/gi;

/** Formats of known providers, from their documentation. */
const FORMATS: readonly RegExp[] = [
  /\b(?:AKIA|ASIA|AROA)[A-Z0-9]{12,}\b/g, // AWS access key ids
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g, // GitHub
  /\bgithub_pat_\w{20,}\b/g,
  /\bglpat-[\w-]{16,100}/g, // GitLab
  /\bxox[abeprs]-[\w-]{10,200}/g, // Slack
  /hooks\.slack\.com\/services\/[\w/]{20,100}/g,
  /\b(?:sk|pk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,}\b/g, // Stripe
  /\bsk-[A-Za-z0-9_-]{20,300}/g, // OpenAI and others
  /\bAIza[\w-]{30,100}/g, // Google
  /\bSG\.[\w-]{16,100}\.[\w-]{16,100}/g, // SendGrid
  /\beyJ[\w-]{10,2000}\.[\w-]{10,4000}(?:\.[\w-]{0,2000})?/g, // JSON web tokens
  /\bnpm_[A-Za-z0-9]{30,}\b/g,
  /\bpypi-[\w-]{30,400}/g,
  /\$2[aby]\$\d\d\$[./A-Za-z0-9]{40,60}/g, // hashes of passwords
  /\b(?:pbkdf2|scrypt|argon2\w{0,2})[:_$][^\s"'`]{20,400}/g,
];

/** Letters, digits and the signs of base64 without a break. */
const RUN = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** The digest of an image, package or action is there to be seen. */
const isDigest = (text: string, at: number, run: string): boolean =>
  /^sha(?:256|384|512)-/.test(run) ||
  /(?:@|--hash=)sha(?:256|512):$/.test(text.slice(Math.max(0, at - 16), at)) ||
  (/^[0-9a-f]{40}$/.test(run) &&
    /uses:\s{0,4}["']?[\w./-]{1,100}@$/.test(text.slice(Math.max(0, at - 120), at)));

/** Long hexadecimal, or capitals, small letters and digits in such a mix as no words have. */
function looksRandom(run: string): boolean {
  if (/[0-9a-f]{32}/i.test(run) && /\d/.test(run)) return true;
  let changes = 0;
  let before = '';
  const kinds = new Set<string>();
  for (const char of run) {
    const kind = /[a-z]/.test(char) ? 'small' : /[A-Z]/.test(char) ? 'capital' : /\d/.test(char) ? 'digit' : '';
    if (kind === '') continue;
    kinds.add(kind);
    if (kind !== before) changes++;
    before = kind;
  }
  return kinds.size === 3 && changes > run.length * 0.3 && !isOfWords(run);
} // prettier-ignore

/** `accessAuthRequest2FAEmailRoute`: nearly all of it are words, as names of code are made. */
const isOfWords = (run: string): boolean =>
  (run.match(/[A-Z]{0,3}[a-z]{3,}/g) ?? []).join('').length >= run.length * 0.8;
