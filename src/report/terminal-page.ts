import type pc from 'picocolors';
import { forTerminal } from './escape.ts';
import { wrap } from './wrap.ts';

export type Colours = ReturnType<typeof pc.createColors>;

/** Lines as they are added; nothing is wider than the page. */
export class Page {
  readonly width: number;
  readonly paint: Colours;
  readonly #lines: string[] = [];

  constructor(width: number, paint: Colours) {
    this.width = width;
    this.paint = paint;
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  /** Wrapped and indented; `style` paints each line. */
  text(text: string, indent: number, style: (line: string) => string = line => line): void {
    for (const each of wrap(forTerminal(text), this.width - indent))
      this.line(' '.repeat(indent) + style(each));
  }

  title(text: string): void {
    this.line('');
    this.line(this.paint.bold(text));
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
