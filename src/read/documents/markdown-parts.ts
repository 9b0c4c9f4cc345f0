import type { Heading, MarkdownContent, ProseLine } from './markdown.ts';

/** A piece of a Markdown document that says one thing: a heading, an item of a list, a row of a table, a sentence. */
export interface MarkdownPart {
  readonly kind: 'heading' | 'item' | 'row' | 'sentence';
  readonly line: number;
  readonly endLine: number;
  /** Without bullet, number and box; with all other markup. */
  readonly text: string;
  /** For an item with a box: whether it is ticked. */
  readonly box: 'ticked' | 'open' | 'none';
  /** Items above it in the list, outermost first. */
  readonly parents: readonly MarkdownPart[];
  /** The headings that it stands under, outermost first; for a heading those above it. */
  readonly under: readonly Heading[];
  /** For a row: its cells by the names of their columns. */
  readonly cells: readonly Cell[];
  readonly quoted: boolean;
}

export interface Cell {
  readonly column: string;
  readonly text: string;
}

const ITEM = /^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(.*)$/;
const BOX = /^\[([ xX✓✔✅])\]\s*(.*)$/u;
const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** The parts in the order of their lines. Comments and the head between `---` are no text for readers. */
export function partsOf(content: MarkdownContent): readonly MarkdownPart[] {
  const headings = content.headings.map((heading, index) => headingPart(content.headings, heading, index));
  const parts = groupsOf(readable(content.prose)).flatMap(group =>
    ROW.test(group[0]?.text ?? '') ? rowsOf(group) : linesOf(group),
  );
  return [...headings, ...parts].sort((a, b) => a.line - b.line);
}

const plainPart = { box: 'none', parents: [], cells: [], quoted: false } as const;

function headingPart(all: readonly Heading[], heading: Heading, index: number): MarkdownPart {
  const under: Heading[] = [];
  let level = heading.level;
  for (let above = index - 1; above >= 0 && level > 1; above--) {
    const each = all[above];
    if (!each || each.level >= level) continue;
    under.unshift(each);
    level = each.level;
  }
  const { startLine: line, endLine } = heading.at;
  return { ...plainPart, kind: 'heading', line, endLine, text: heading.text, under };
}

function readable(lines: readonly ProseLine[]): readonly ProseLine[] {
  const [first] = lines;
  const head = first?.line === 1 && first.text.trim() === '---' ? lines.findIndex(isEndOfHead) : -1;
  let isComment = false;
  return lines.slice(head + 1).flatMap(line => {
    let { text } = line;
    if (isComment) {
      const end = text.indexOf('-->');
      if (end === -1) return [];
      isComment = false;
      text = text.slice(end + 3);
    }
    text = text.replace(/<!--.*?-->/g, '');
    const start = text.indexOf('<!--');
    if (start !== -1) {
      isComment = true;
      text = text.slice(0, start);
    }
    return text.trim() === '' ? [] : [{ ...line, text }];
  });
}

const isEndOfHead = ({ text, line }: ProseLine): boolean => line > 1 && text.trim() === '---';

/** Lines that follow each other under one heading; a table is a group of its own. */
function groupsOf(lines: readonly ProseLine[]): readonly (readonly ProseLine[])[] {
  const groups: ProseLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const follows =
      last !== undefined &&
      last.under === line.under &&
      ROW.test(last.text) === ROW.test(line.text) &&
      (last.line + 1 === line.line || (isPartOfList(last) && isPartOfList(line)));
    if (group && follows) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** An empty line does not end a list. */
const isPartOfList = ({ text }: ProseLine): boolean => ITEM.test(text) || /^\s{2,}\S/.test(text);

const cellsOf = (text: string): readonly string[] =>
  text
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim());

function rowsOf(group: readonly ProseLine[]): readonly MarkdownPart[] {
  if (!RULE.test(group[1]?.text ?? '')) return [];
  const columns = cellsOf(group[0]?.text ?? '');
  return group.slice(2).map(({ text, line, under }): MarkdownPart => {
    const cells = cellsOf(text).map((cell, index) => ({ column: columns[index] ?? '', text: cell }));
    return { ...plainPart, kind: 'row', line, endLine: line, text: text.trim(), under, cells };
  });
}

/** Lists that people write are not deeper. */
const MOST_PARENTS = 8;

interface OpenItem {
  readonly indent: number;
  readonly part: MarkdownPart;
}

/** Items with the lines that belong to them, and sentences. */
function linesOf(group: readonly ProseLine[]): readonly MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  let open: OpenItem[] = [];
  let text: ProseLine[] = [];
  const flush = () => {
    parts.push(...sentencesOf(text));
    text = [];
  };
  for (const line of group) {
    const [, indent = '', rest] = ITEM.exec(line.text) ?? [];
    if (rest !== undefined) {
      flush();
      open = open.filter(item => item.indent < indent.length);
      const part = itemPart(
        line,
        rest,
        open.slice(-MOST_PARENTS).map(item => item.part),
      );
      parts.push(part);
      open.push({ indent: indent.length, part });
      continue;
    }
    const last = parts.at(-1);
    const continues = last?.kind === 'item' && text.length === 0 && last.endLine + 1 === line.line;
    if (continues && /^\s{2,}\S/.test(line.text)) parts[parts.length - 1] = continued(last, line);
    else text.push(line);
  }
  flush();
  return parts;
}

function itemPart({ line, under }: ProseLine, rest: string, parents: readonly MarkdownPart[]): MarkdownPart {
  const [, box, own] = BOX.exec(rest) ?? [];
  return {
    ...plainPart,
    kind: 'item',
    line,
    endLine: line,
    text: (own ?? rest).trim(),
    box: box === undefined ? 'none' : box === ' ' ? 'open' : 'ticked',
    parents,
    under,
  };
}

const continued = (item: MarkdownPart, { text, line }: ProseLine): MarkdownPart => ({
  ...item,
  text: `${item.text} ${text.trim()}`,
  endLine: line,
});

/** A line that ends with two blanks or `\`, and one that begins with a picture or a label, is a line for readers too. */
const BREAK =
  / {2,}\n|\\\n|\n(?=\s*(?:\p{Extended_Pictographic}|\*\*[^*\n]{1,60}\*\*\s*:|\*\*[^*\n]{1,60}:\*\*))/u;
const SENTENCE_END = /(?<=[.!?])\s+(?=[\p{Lu}\p{Extended_Pictographic}"'`*_[])/u;

function sentencesOf(lines: readonly ProseLine[]): readonly MarkdownPart[] {
  const [first] = lines;
  if (!first) return [];
  let line = first.line;
  const text = lines.map(each => each.text).join('\n');
  return text.split(BREAK).flatMap(piece => {
    let done = 0;
    const parts = piece.split(SENTENCE_END).map((sentence): MarkdownPart => {
      const start = piece.indexOf(sentence, done);
      line += count(piece.slice(done, start));
      const begins = line;
      line += count(sentence);
      done = start + sentence.length;
      const plain = sentence.replace(/\s+/g, ' ').trim();
      return {
        ...plainPart,
        kind: 'sentence',
        line: begins,
        endLine: begins + count(sentence.trim()),
        text: plain.replace(/^>\s?/, ''),
        under: first.under,
        quoted: plain.startsWith('>'),
      };
    });
    line += count(piece.slice(done)) + 1;
    return parts;
  });
}

const count = (text: string): number => text.split('\n').length - 1;
