import type { Language } from '../code/language.ts';
import { knowledge } from './knowledge.ts';
import { loadedByName } from './loads.ts';
import { names } from './names.ts';

export const javascript: Language = { knowledge, names, dynamic: loadedByName };
