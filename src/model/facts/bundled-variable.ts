import { secretKind } from '../credentials.ts';
import type { Location } from '../location.ts';

/** A variable that a front-end build writes into what browsers get, where code reads it. */
export interface BundledVariable {
  readonly kind: 'bundledVariable';
  readonly at: Location;
  readonly name: string;
}

/** Names that front-end builds take for those of values which everybody may see. */
const BUNDLED = /^(NEXT_PUBLIC_|VITE_|REACT_APP_|NUXT_PUBLIC_|GATSBY_|VUE_APP_|PUBLIC_|EXPO_PUBLIC_|NG_APP_)/;

export const isBundled = (name: string): boolean => BUNDLED.test(name);

/** Keys that are made to stand in pages: they name a project, or may only be used from its own pages. */
const PUBLISHABLE =
  /PUBLISHABLE|PUBLIC|ANON|SITE_?KEY|MAPS?(BOX|TILER)?_|FIREBASE|CAPTCHA|TURNSTILE|POSTHOG|SENTRY|SEARCH|ANALYTICS|VAPID|WRITE_KEY|CLIENT_(TOKEN|KEY|ID)/;
/** Of keys and tokens in general only those of makers that give out none for pages. */
const NEVER_IN_PAGES =
  /OPENAI|ANTHROPIC|CLAUDE|GEMINI|GROQ|MISTRAL|HUGGING_?FACE|REPLICATE|DEEPSEEK|COHERE|PINECONE|SERVICE_ROLE|SENDGRID|RESEND|TWILIO|MAILGUN|POSTMARK|AWS|GITHUB|SLACK|BOT_TOKEN|ADMIN|DEPLOY/;

/** Whether a variable of this name ends in pages and holds what nobody may see. */
export function isBundledSecret(name: string): boolean {
  if (!isBundled(name)) return false;
  const rest = name.replace(BUNDLED, '');
  if (PUBLISHABLE.test(rest)) return false;
  if (/(^|_)SERVICE_ROLE_KEY$/.test(rest)) return true;
  const kind = secretKind(rest);
  return kind === 'password' || kind === 'key' || (kind === 'token' && NEVER_IN_PAGES.test(rest));
}
