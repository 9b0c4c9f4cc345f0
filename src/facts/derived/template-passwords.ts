import type { Credential } from '../../model/index.ts';
import { isSecretText, isStrong, outcomes } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

/**
 * A template holds placeholders, unless the code falls back to the very value that stands there: then it opens
 * something.
 */
export default defineExtractor({
  id: 'derived/template-passwords',
  reads: ['envFile', 'envRead'],
  produces: ['credential'],
  understands: () => true,
  *extract({ facts }): Generator<Credential> {
    const values = new Map<string, Set<string>>();
    for (const { term, reached } of facts.all('envRead')) {
      if (reached === 'no' || !term.fallback) continue;
      for (const each of outcomes(term.fallback))
        if (each.kind === 'literal' && isSecretText(term.name, String(each.value)))
          values.set(term.name, (values.get(term.name) ?? new Set()).add(String(each.value)));
    }
    for (const { isTemplate, entries } of facts.all('envFile')) {
      if (!isTemplate) continue;
      for (const { name, value, at } of entries) {
        const text = value.kind === 'literal' ? String(value.value) : '';
        if (!isStrong(text) || !values.get(name)?.has(text)) continue;
        yield {
          kind: 'credential',
          at,
          name,
          how: 'literal',
          in: 'env-template',
          reached: 'unclear',
          forDevelopment: false,
        };
      }
    }
  },
});
