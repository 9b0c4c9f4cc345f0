import { connectionStringsIn, knownFormatsIn } from './credentials.ts';
import { isPlaceholder } from './secrets.ts';
import type { Term } from './term.ts';

/** Names of variables that hold a secret. */
const SECRET =
  /SECRET|PASSWORD|PASSWD|(^|_)(PASS|PWD)$|TOKEN(?!I)|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|AUTH_?KEY|CREDENTIAL/i;
/** Names that speak of a secret and hold something else: its place, its age, its rules. */
const ABOUT =
  /(_FILE|_PATH|_DIR|_URL|_URI|_HOST|_NAME|_HEADER|_ALGORITHM|_ALGO|_METHOD|_SCHEME|_TTL|_LIFETIME|_AGE|_LENGTH|_ID|_USER|_ENABLED|_REQUIRED|_TYPE|_POLICY|_ISSUER|_AUDIENCE|_LOCATION|_MINUTES|_HOURS|_DAYS|_SECONDS|_ENDPOINT|TOKENS|EXPIR\w*|(HASHERS|VALIDATORS|ROTATION)\w*)$|ALLOW_(EMPTY|ANONYMOUS)|(PUBLIC|PUBLISHABLE)_/i;
/** Where the secret is kept, and no secret: paths, references into a store, other variables. */
const REFERENCE = /^(\/|\.{1,2}\/|~\/|file:|vault:|op:\/\/|ref\+|arn:|projects\/|secret:|\$)|[{}<>\s]/i;
const SWITCH = /^(true|false|yes|no|on|off)$/i;
/** A number is a password only where the whole name says so. */
const NUMBER = /^\d+$/;
const PASSWORD = /(PASSWORD|PASSWD|PASS|PWD)$/i;

/** Everybody knows that it is to be changed; it is what runs when nobody does. */
const RUNS_ALL_THE_SAME = /^change[-_ ]?(me|this|it)/i;

const holdsSecret = (name: string, text: string): boolean => {
  if (connectionStringsIn(text).length > 0 || knownFormatsIn(text).length > 0) return true;
  if (!SECRET.test(name) || ABOUT.test(name) || text.length < 2) return false;
  if (RUNS_ALL_THE_SAME.test(text)) return true;
  if (isPlaceholder(text) || REFERENCE.test(text) || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return false;
  return !SWITCH.test(text) && (!NUMBER.test(text) || PASSWORD.test(name));
};

interface Text {
  readonly text: string;
  /** Some part of it is what applies when a variable is not set. */
  readonly isFallback: boolean;
}

/** What a term comes to when nobody sets anything; parts that only come from outside stand as `${}`. */
function* textsOf(term: Term): Generator<Text> {
  switch (term.kind) {
    case 'literal':
      if (typeof term.value === 'string' || typeof term.value === 'number')
        yield { text: String(term.value).trim(), isFallback: false };
      return;
    case 'env':
      if (term.fallback) for (const { text } of textsOf(term.fallback)) yield { text, isFallback: true };
      return;
    case 'oneOf':
      for (const { term: inner } of term.options) yield* textsOf(inner);
      return;
    case 'text': {
      const parts = term.parts.map(part => [...textsOf(part)][0]);
      yield {
        text: parts.map(part => part?.text ?? '${}').join(''),
        isFallback: parts.some(part => part?.isFallback === true),
      };
      return;
    }
    default:
  }
}

/** How a variable gets its secret from a file that everybody can read; `undefined` when it does not. */
export function deliveredSecret(name: string, term: Term | undefined): 'literal' | 'fallback' | undefined {
  if (!term) return undefined;
  const found = [...textsOf(term)].find(({ text }) => holdsSecret(name, text));
  return found && (found.isFallback ? 'fallback' : 'literal');
}

/** The option of a command that holds a literal secret: `--requirepass …`; `undefined` for none. */
export function secretOption(words: readonly string[]): string | undefined {
  return words
    .map((word, index) => {
      const [, name = '', inline] =
        /^--?([\w-]*(?:pass|password|passwd|secret|token|api-?key))(?:=(.*))?$/i.exec(word) ?? [];
      const value = inline ?? words[index + 1] ?? '';
      return name !== '' &&
        !/^-/.test(value) &&
        value.length > 2 &&
        !SWITCH.test(value) &&
        !isPlaceholder(value) &&
        !REFERENCE.test(value) &&
        !value.includes('$')
        ? `--${name}`
        : undefined;
    })
    .find(name => name !== undefined);
}
