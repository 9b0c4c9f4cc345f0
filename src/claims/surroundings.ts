import type { MarkdownPart } from '../read/documents/markdown-parts.ts';
import { markOf } from './marks.ts';
import { stateOf, type Surroundings } from './read.ts';
import { withoutMarkup } from './words.ts';

interface OwnContradiction {
  readonly says: string;
  readonly places: readonly { readonly part: MarkdownPart; readonly says: string }[];
}

/** What the document is like, and where its lay-out contradicts itself. */
export function surroundingsOf(
  parts: readonly MarkdownPart[],
): Surroundings & { readonly contradictions: readonly OwnContradiction[] } {
  const boxes = parts.filter(({ box }) => box !== 'none');
  const ticked = boxes.filter(({ box }) => box === 'ticked');
  const marked = parts.some(part => {
    const mark = markOf(part.text);
    return mark === 'yes' || mark === 'no' || (part.kind === 'row' && stateOf(part) !== 'none');
  });
  return {
    tellsStates: ticked.length > 0 || marked,
    tickedUnder: new Set(ticked.map(({ under }) => under.at(-1)?.at.startLine ?? 0)),
    contradictions: tickedOverOpen(parts, boxes),
  };
}

/** A tick before the name of a list is a picture of it. */
const OF_LISTS = /\b(check-?lists?|steps|to-?do|next|criteria|tasks|requirements?|plan|tests?)\b/i;

/** `## Security ✅` over boxes of which some are open. */
function tickedOverOpen(
  parts: readonly MarkdownPart[],
  boxes: readonly MarkdownPart[],
): readonly OwnContradiction[] {
  return parts
    .filter(part => part.kind === 'heading' && markOf(part.text) === 'yes' && !OF_LISTS.test(part.text))
    .flatMap(heading => {
      const open = boxes.find(
        ({ box, under }) => box === 'open' && under.at(-1)?.at.startLine === heading.line,
      );
      return open
        ? [
            {
              says: 'a heading is ticked, and a box below it is open',
              places: [
                { part: heading, says: withoutMarkup(heading.text) },
                { part: open, says: withoutMarkup(open.text) },
              ],
            },
          ]
        : [];
    });
}
