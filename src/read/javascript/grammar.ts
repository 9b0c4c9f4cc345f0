import { parser } from '@lezer/javascript';
import { FIELDS, flatten, grammarOf, type FlatTree } from '../code/flat.ts';
import { bridgeGaps } from './gaps.ts';

/** All dialects have the same nodes. */
export const grammar = grammarOf(parser.nodeSet.types);

const PLAIN = parser.configure({ dialect: 'jsx' });
const TYPED = parser.configure({ dialect: 'ts' });
const TYPED_MARKUP = parser.configure({ dialect: 'jsx ts' });

export function parsed(text: string, path: string): FlatTree {
  const bridged = bridgeGaps(text);
  if (/\.[cm]?ts$/.test(path)) return flatten(TYPED.parse(bridged), text.length);
  if (path.endsWith('.tsx')) return flatten(TYPED_MARKUP.parse(bridged), text.length);
  const plain = flatten(PLAIN.parse(bridged), text.length);
  if (!isDamaged(plain)) return plain;
  // JavaScript with types of another tool.
  const typed = flatten(TYPED_MARKUP.parse(bridged), text.length);
  return isDamaged(typed) ? plain : typed;
}

function isDamaged(cells: FlatTree): boolean {
  for (let cell = 0; cell < cells.length; cell += FIELDS) if (cells[cell] === grammar.error) return true;
  return false;
}
