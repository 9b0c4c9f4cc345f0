import type { Handled, Language } from '../code/language.ts';
import { knowledge } from './knowledge.ts';
import { loadedByName } from './loads.ts';
import { names } from './names.ts';
import { nestHandled } from './nestjs/inputs.ts';

/** Requests arrive as objects whose members tell, which `knowledge.input` knows; some parameters say it by a decorator. */
const handledIn = (): Handled => ({
  as: (_, parameter) => nestHandled(parameter),
  isSegment: () => false,
});

export const javascript: Language = { knowledge, names, dynamic: loadedByName, handled: handledIn };
