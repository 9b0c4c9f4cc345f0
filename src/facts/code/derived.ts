import type { ClassDefinition, Expression } from '../../read/syntax.ts';
import type { Resolver } from './resolve.ts';
import type { Search } from './search.ts';
import { lastNameOf, type DefinitionSite } from './sites.ts';

type ClassSite = DefinitionSite<ClassDefinition>;

/** `Repository[User]`, `mixed(Base)`: the word that the module mentions. */
const baseWord = (value: Expression): string =>
  value.kind === 'subscript' ? baseWord(value.object) : lastNameOf(value);

/**
 * Classes that have one of these from outside as a base, directly or through classes of the repository. Only
 * modules that mention a base are looked into.
 */
export function derivedFrom(
  search: Search,
  resolver: Resolver,
  names: readonly string[],
): readonly ClassSite[] {
  const words = [...new Set(names.map(name => name.slice(name.lastIndexOf('.') + 1)))];
  const seen = new Set(words);
  const found = new Set<ClassSite>();
  // The list grows while it is gone through: a class that is found is a base of others.
  for (const word of words)
    for (const mention of search.mentioning(word))
      for (const site of search.classesOf(mention.module)) {
        const { definition } = site;
        if (found.has(site) || !definition.bases.some(({ value }) => baseWord(value) === mention.word))
          continue;
        found.add(site);
        if (seen.has(definition.name)) continue;
        seen.add(definition.name);
        words.push(definition.name);
      }
  return [...found].filter(({ definition, scope }) =>
    resolver
      .basesOf({ kind: 'class', definition, scope })
      .some(base => base.kind === 'external' && names.includes(base.name)),
  );
}
