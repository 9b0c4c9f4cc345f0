import type { Location, SourceFile } from '../../model/index.ts';
import { documentReader, linesOf, type Document } from './document.ts';

export interface MarkdownContent {
  readonly headings: readonly Heading[];
  readonly blocks: readonly CodeBlock[];
  readonly code: readonly InlineCode[];
  readonly boxes: readonly CheckBox[];
  readonly links: readonly Link[];
  /** What is neither a heading nor in a block nor empty, line by line. */
  readonly prose: readonly ProseLine[];
}

export interface ProseLine {
  readonly text: string;
  readonly line: number;
  /** The headings above it, outermost first. */
  readonly under: readonly Heading[];
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly at: Location;
}

export interface CodeBlock {
  /** The first word after the fence, in lower case: `bash`. */
  readonly language: string;
  readonly text: string;
  /** The line of its first line of text. */
  readonly line: number;
  readonly at: Location;
  /** The headings above it, outermost first. */
  readonly under: readonly string[];
}

export interface InlineCode {
  readonly text: string;
  readonly at: Location;
}

export interface CheckBox {
  readonly checked: boolean;
  readonly text: string;
  readonly at: Location;
}

export interface Link {
  readonly text: string;
  readonly target: string;
  readonly at: Location;
}

/** The parts of a Markdown document that say something about the repository. Prose is left as it is. */
export const readMarkdown = documentReader((file: SourceFile): Document<MarkdownContent> => ({
  state: 'read',
  content: parseMarkdown(file.text, file.path),
}));

const FENCE = /^\s{0,8}(?:[-*+]\s+|\d+[.)]\s+|>\s?)*(`{3,}|~{3,})\s*\{?\.?([\w+-]*)/;
const HEADING = /^ {0,3}(#{1,6})\s+(\S.*)$/;
const BOX = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[([ xX])\]|([✅☑✔❌☐]))\s*(.*)$/u;
/** Stands for a block without fences. */
const SET_IN = 'set in';

const UNDERLINE = /^ {0,3}([=~^"-])\1{2,} *$/;

/** A title with a line of `=` or `-` below it; in reStructuredText other signs do so, too. */
function underlinedBy(
  line: string,
  above: string,
  path: string,
): Pick<Heading, 'level' | 'text'> | undefined {
  const [, sign] = UNDERLINE.exec(line) ?? [];
  const text = above.trim();
  if (sign === undefined || text.length < 2 || above.length > 200) return undefined;
  if (/^([-*+>|#]|\d+[.)])\s|^\||^[=~^"-]+$|^(```|~~~)/.test(text)) return undefined;
  if (sign !== '=' && sign !== '-' && !path.endsWith('.rst')) return undefined;
  return { level: sign === '=' ? 1 : sign === '-' ? 2 : 3, text };
}

/** Longer lines are data, not prose. */
const MAX_LINE = 5_000;

interface Open {
  readonly fence: string;
  readonly language: string;
  readonly line: number;
  readonly lines: string[];
}

interface Reading {
  readonly path: string;
  readonly headings: Heading[];
  /** The headings that the line stands under, outermost first. */
  readonly under: Heading[];
  readonly blocks: CodeBlock[];
  readonly code: InlineCode[];
  readonly boxes: CheckBox[];
  readonly links: Link[];
  readonly prose: ProseLine[];
  /** `under`, kept until the next heading. */
  above: readonly Heading[];
  open: Open | undefined;
}

export function parseMarkdown(text: string, path: string): MarkdownContent {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const reading: Reading = {
    path,
    headings: [],
    under: [],
    blocks: [],
    code: [],
    boxes: [],
    links: [],
    prose: [],
    above: [],
    open: undefined,
  };
  lines.forEach((line, index) => {
    // What `::` announces in reStructuredText ends with the first line that is not set in.
    if (reading.open?.fence === SET_IN && /^\S/.test(line)) close(reading, reading.open, index);
    if (reading.open) inBlock(reading, reading.open, line, index + 1);
    else if (line.length <= MAX_LINE) {
      const underlined = underlinedBy(line, lines[index - 1] ?? '', path);
      if (underlined) {
        if (reading.prose.at(-1)?.line === index) reading.prose.pop();
        takeHeading(reading, { ...underlined, at: linesOf(path, index, index) });
      } else inProse(reading, line, index + 1);
    }
  });
  // A fence that nothing closes goes on to the end of the document.
  if (reading.open) close(reading, reading.open, lines.length);
  const { headings, blocks, code, boxes, links, prose } = reading;
  return { headings, blocks, code, boxes, links, prose };
}

function inBlock(reading: Reading, open: Open, line: string, number: number): void {
  const end = /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line)?.[1];
  if (end?.startsWith(open.fence)) close(reading, open, number);
  else open.lines.push(line);
}

function close(reading: Reading, open: Open, end: number): void {
  reading.open = undefined;
  reading.blocks.push({
    language: open.language,
    text: open.lines.join('\n'),
    line: open.line + 1,
    at: linesOf(reading.path, open.line, end),
    under: reading.under.map(heading => heading.text),
  });
}

function inProse(reading: Reading, line: string, number: number): void {
  const at = linesOf(reading.path, number, number);
  const [, fence, language = ''] = FENCE.exec(line) ?? [];
  if (fence !== undefined && !line.slice(line.indexOf(fence) + fence.length).includes('`')) {
    reading.open = { fence, language: language.toLowerCase(), line: number, lines: [] };
    return;
  }
  const [, marks, title = ''] = HEADING.exec(line) ?? [];
  if (marks !== undefined)
    takeHeading(reading, { level: marks.length, text: title.trimEnd().replace(/#+$/, '').trimEnd(), at });
  else if (line.trim() !== '') reading.prose.push({ text: line, line: number, under: reading.above });
  const box = BOX.exec(line);
  if (box) reading.boxes.push({ checked: /[xX✅☑✔]/u.test(box[1] ?? box[2] ?? ''), text: box[3] ?? '', at });
  takeInline(reading, line, at);
  if (reading.path.endsWith('.rst') && line.endsWith('::'))
    reading.open = { fence: SET_IN, language: '', line: number, lines: [] };
}

function takeInline(reading: Reading, line: string, at: Location): void {
  for (const [, inner = ''] of line.matchAll(/(?<!`)`([^`]+)`(?!`)/g)) reading.code.push({ text: inner, at });
  for (const [, label = '', target = ''] of line.matchAll(/\[([^\]]{0,300})\]\(\s*<?([^\s)>]{1,500})/g))
    reading.links.push({ text: label, target, at });
}

function takeHeading(reading: Reading, heading: Heading): void {
  reading.headings.push(heading);
  while ((reading.under.at(-1)?.level ?? 0) >= heading.level) reading.under.pop();
  reading.under.push(heading);
  reading.above = [...reading.under];
}
