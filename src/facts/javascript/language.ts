import type { Handled, Language } from '../code/language.ts';
import { knowledge } from './knowledge.ts';
import { loadedByName } from './loads.ts';
import { names } from './names.ts';

/** Requests arrive as objects whose members tell: `knowledge.input` and `knowledge.parameter` know them. */
const handledIn = (): Handled => ({ as: () => undefined, isSegment: () => false });

export const javascript: Language = { knowledge, names, dynamic: loadedByName, handled: handledIn };
