import type { Expression } from '../syntax.ts';
import { childrenOf, endOf, nameOf, startOf, type Nodes } from '../code/nodes.ts';

const OPENING = /^([A-Za-z]*)("""|'''|"|')/;

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

const decoded = (text: string): string =>
  text.includes('\\')
    ? text.replace(
        /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{1,3})|([\s\S]))/g,
        (
          all,
          hex: string | undefined,
          unicode: string | undefined,
          octal: string | undefined,
          one: string,
        ) =>
          hex !== undefined || unicode !== undefined
            ? String.fromCharCode(parseInt(hex ?? unicode ?? '', 16))
            : octal !== undefined
              ? String.fromCharCode(parseInt(octal, 8))
              : (ESCAPES[one] ?? all),
      )
    : text;

interface Quotes {
  readonly from: number;
  readonly to: number;
  readonly raw: boolean;
}

function quotesOf(nodes: Nodes, node: number): Quotes {
  const start = startOf(nodes, node);
  const end = endOf(nodes, node);
  const [opening, prefix = '', quote = ''] = OPENING.exec(nodes.text.slice(start, start + 8)) ?? [''];
  const closed = nodes.text.slice(Math.max(start + opening.length, end - quote.length), end) === quote;
  return { from: start + opening.length, to: closed ? end - quote.length : end, raw: /r/i.test(prefix) };
}

export function stringOf(nodes: Nodes, node: number): Expression {
  const { from, to, raw } = quotesOf(nodes, node);
  const inner = nodes.text.slice(from, to);
  return {
    kind: 'string',
    value: raw ? inner : decoded(inner),
    start: startOf(nodes, node),
    end: endOf(nodes, node),
  };
}

/** An f-string: literal pieces and the expressions in its holes. */
export function templateOf(nodes: Nodes, node: number, expression: (node: number) => Expression): Expression {
  const { from, to, raw } = quotesOf(nodes, node);
  const parts: Expression[] = [];
  let position = from;
  const piece = (end: number) => {
    if (end <= position) return;
    const inner = nodes.text.slice(position, end).replaceAll('{{', '{').replaceAll('}}', '}');
    parts.push({ kind: 'string', value: raw ? inner : decoded(inner), start: position, end });
  };
  for (const child of childrenOf(nodes, node)) {
    if (nameOf(nodes, child) !== 'FormatReplacement') continue;
    piece(startOf(nodes, child));
    const [inner] = childrenOf(nodes, child).filter(each => nameOf(nodes, each) !== '{');
    parts.push(
      inner === undefined
        ? { kind: 'unreadable', start: startOf(nodes, child), end: endOf(nodes, child) }
        : expression(inner),
    );
    position = endOf(nodes, child);
  }
  piece(to);
  return { kind: 'template', parts, start: startOf(nodes, node), end: endOf(nodes, node) };
}

/** `"a" "b" f"c"`: one string, or a template when one of them has holes. */
export function joined(pieces: readonly Expression[], start: number, end: number): Expression {
  if (pieces.every(piece => piece.kind === 'string'))
    return { kind: 'string', value: pieces.map(piece => piece.value).join(''), start, end };
  return {
    kind: 'template',
    parts: pieces.flatMap(piece => (piece.kind === 'template' ? piece.parts : [piece])),
    start,
    end,
  };
}
