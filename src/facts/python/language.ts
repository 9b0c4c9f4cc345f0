import type { Language, Names } from '../code/language.ts';
import { canonicalName } from './canonical.ts';
import { handledIn } from './handled.ts';
import { knowledge } from './knowledge.ts';
import { loadedByName } from './loads.ts';

const names: Names = {
  canonical: canonicalName,
  global: name => `builtins.${name}`,
  resultOf: name => `${name}()`,
  passesOn: () => false,
  givesObject: () => false,
  isPlainType: name => name.startsWith('builtins.') || name.startsWith('typing.'),
  packageOf(name) {
    const first = /^\w*/.exec(name)?.[0] ?? '';
    return first === 'builtins' ? '' : first;
  },
  importedPackage: module => module.split('.')[0] ?? '',
  areHandedOn: false,
  given: () => [],
  givenByType: () => [],
  addsMembers: () => undefined,
  likely: () => [],
  loadedBy: () => undefined,
};

export const python: Language = { knowledge, names, dynamic: loadedByName, handled: handledIn };
