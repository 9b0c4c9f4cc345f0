import type { Location } from '../location.ts';

/** A document for people, and what it names. */
export interface TextDocument {
  readonly kind: 'document';
  readonly at: Location;
  readonly path: string;
  /** The first heading; empty without one. */
  readonly title: string;
  readonly headings: readonly DocumentText[];
  readonly blocks: readonly DocumentBlock[];
  readonly commands: readonly DocumentCommand[];
  /** Paths that it names in code or links, as written. */
  readonly files: readonly DocumentText[];
  /** Names in capitals that look like environment variables: `DATABASE_URL`. */
  readonly variables: readonly DocumentText[];
  readonly boxes: readonly DocumentBox[];
}

export interface DocumentText {
  readonly text: string;
  readonly at: Location;
}

export interface DocumentBlock {
  readonly language: string;
  readonly text: string;
  readonly at: Location;
}

/** A command line in a fenced block. */
export interface DocumentCommand {
  readonly words: readonly string[];
  readonly text: string;
  readonly at: Location;
  /** The headings it stands under, outermost first. */
  readonly under: readonly string[];
}

export interface DocumentBox {
  readonly checked: boolean;
  readonly text: string;
  readonly at: Location;
}
