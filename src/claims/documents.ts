import type { SourceFile } from '../model/index.ts';

const PROSE = /\.(md|markdown|mdx|rst)$/i;
/** Text files are data as often as documents; these names are those of documents. */
const NAMED =
  /(^|\/)(read-?me|production|readiness|deploy|security|status|checklist|audit|assessment|fixes|summary|notes)[^/]*\.txt$/i;
/** History, law, manners, and forms to be filled in by others. */
const NO_CLAIMS =
  /(^|\/)(claude|agents?|gemini|copilot-instructions|cursorrules|changelog|changes|history|news|releases?|license|licence|copying|notice|code[_-]of[_-]conduct|contributing|contributors|authors|support|governance|maintainers)[^/]*\.\w+$|(^|\/)\.github\/|(^|\/)(pull_request|issue)_template|(^|\/)(adrs?|decisions|rfcs?|proposals|archived?|archives|old|legacy|blog|posts|_posts|locales?|i18n|translations|migrations?|prompts?|data|datasets?|corpus|extracted|content|\.claude|\.cursor)\//i;

/** Whether a file of the repository is a document that says what the service is like. */
export const isClaimDocument = ({ path, role }: SourceFile): boolean =>
  (PROSE.test(path) || NAMED.test(path)) &&
  !NO_CLAIMS.test(path) &&
  !/\{\{|cookiecutter/.test(path) &&
  (role === 'docs' || role === 'production' || role === 'script');
