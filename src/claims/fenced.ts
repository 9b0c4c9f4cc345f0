import type { CodeBlock, MarkdownContent } from '../read/documents/markdown.ts';
import type { MarkdownPart } from '../read/documents/markdown-parts.ts';
import { markOf } from './marks.ts';

/** Blocks without a language may hold lists for readers; all others are code or what it prints. */
const OF_TEXT = new Set(['', 'text', 'txt', 'markdown', 'md']);

const OF_OUTPUT =
  /\b(output|example|template|usage|verify|verification|run|test|expected|log|structure|commands?)\b/i;

const SHORTEST = 3;

/** Lists of ticks that stand in a fence, as items. What a command prints looks alike, and says nothing. */
export function fencedParts({ blocks, headings }: MarkdownContent): readonly MarkdownPart[] {
  return blocks.filter(isList).flatMap(block => {
    const under = headings.filter(({ at, text }) => at.startLine < block.line && block.under.includes(text));
    return block.text.split('\n').flatMap((text, index): readonly MarkdownPart[] =>
      markOf(text) === 'none'
        ? []
        : [
            {
              kind: 'item',
              line: block.line + index,
              endLine: block.line + index,
              text: text.trim(),
              box: 'none',
              parents: [],
              under,
              cells: [],
              quoted: false,
            },
          ],
    );
  });
}

function isList({ language, text, under }: CodeBlock): boolean {
  if (!OF_TEXT.has(language) || OF_OUTPUT.test(under.at(-1) ?? '')) return false;
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const marked = lines.filter(line => /^\s*(?:[-*]\s*)?[✅❌☑✔✗]/u.test(line));
  return marked.length >= SHORTEST && marked.length * 3 >= lines.length * 2;
}
