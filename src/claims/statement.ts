import type { ClaimForm, ClaimSays } from '../model/index.ts';
import type { MarkdownPart } from '../read/documents/markdown-parts.ts';

/** Something that a document says, before it is known what it is about. */
export interface Statement {
  readonly part: MarkdownPart;
  readonly form: ClaimForm;
  readonly says: ClaimSays;
  /** Without markup and marks: what is shown. */
  readonly text: string;
  /** The part of the text that tells what it is about: the label of an item and what follows it, behind a `\\0`. */
  readonly subject: string;
  /** Whether it is there or missing is in its words: `No rate limiting`, `No secrets in the image`. */
  readonly byWords: boolean;
  /** It is a claim only where its words deny by themselves: `Debug mode enabled`. */
  readonly needsDenial: boolean;
}

export type Read =
  | { readonly kind: 'statement'; readonly statement: Statement }
  /** It looks like a claim and is none that can be understood. */
  | { readonly kind: 'left-out'; readonly part: MarkdownPart; readonly because: string }
  | { readonly kind: 'nothing' };

export const nothing: Read = { kind: 'nothing' };
