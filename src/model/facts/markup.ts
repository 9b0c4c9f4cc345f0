import type { Location } from '../location.ts';

/** A template: a file from which HTML is made. */
export interface TemplateFile {
  readonly kind: 'templateFile';
  readonly at: Location;
  readonly path: string;
  /** How many values it puts in with escaping as the engine does it by default. */
  readonly outputs: number;
}

/** A place in a template that puts a value in as it comes. */
export interface RawOutput {
  readonly kind: 'rawOutput';
  readonly at: Location;
  /** `|safe`, `autoescape off`, `dangerouslySetInnerHTML`. */
  readonly way: string;
  readonly what: string;
  /** `constant`: written in the file. `escaped`: made safe before (`tojson`, a sanitiser). */
  readonly data: 'constant' | 'escaped' | 'data' | 'unclear';
}

/** Browser code that makes HTML out of text. */
export interface DomWrite {
  readonly kind: 'domWrite';
  readonly at: Location;
  /** `innerHTML`, `insertAdjacentHTML`, `document.write`, `.html()`. */
  readonly sink: string;
  readonly data: 'constant' | 'escaped' | 'data' | 'unclear';
  /** The parts that are neither constant nor escaped, as written. */
  readonly parts: readonly string[];
}
