import type { MarkdownPart } from '../read/documents/markdown-parts.ts';
import { trapIn } from './traps.ts';
import { withoutMarkup } from './words.ts';

/** A file that a document says was made. */
export interface NamedFile {
  readonly part: MarkdownPart;
  readonly text: string;
  readonly path: string;
}

const PATH = /`((?:[\w.-]+\/)*\.?[\w-]+(?:\.[\w-]+)*)`/;
const LOOKS_LIKE_FILE = /\.[a-z]\w{0,9}$|^\.\w|^(Dockerfile|Makefile|Procfile)$/i;
const NEW_FILES = /^\W*(new files?|files? (created|added)|created files?|added files?)\b/i;

/** An item of a list of new files, or a file that is marked as new. */
export function namedFile(part: MarkdownPart): NamedFile | undefined {
  if (part.kind !== 'item' || part.box !== 'none' || part.quoted) return undefined;
  const path = PATH.exec(part.text)?.[1];
  if (path === undefined || !LOOKS_LIKE_FILE.test(path)) return undefined;
  const text = withoutMarkup(part.text);
  const isListed = NEW_FILES.test(part.under.at(-1)?.text ?? '') && /^\W*`/.test(part.text);
  const isNew = new RegExp(`\`${path.replace(/[.]/g, '\\.')}\`\\s*\\((NEW|ADDED|CREATED)\\b`, 'i').test(
    part.text,
  );
  return (isListed || isNew) && trapIn(text) === '' ? { part, text, path } : undefined;
}
