import type { BrokenImport } from '../../model/index.ts';
import { defineExtractor, hasPython } from '../define.ts';

/** Settings that the code asks for while it is loaded, when every deploy description is known not to have them. */
export default defineExtractor({
  id: 'derived/import-settings',
  reads: ['envRead', 'settingDelivery'],
  produces: ['brokenImport'],
  understands: hasPython,
  *extract({ facts }): Generator<BrokenImport> {
    const seen = new Set<string>();
    for (const { term, reached, when, at } of facts.all('envRead')) {
      if (!term.required || reached !== 'yes' || when !== 'start' || seen.has(term.name)) continue;
      const deliveries = facts.all('settingDelivery').filter(({ name }) => name === term.name);
      if (deliveries.length === 0 || deliveries.some(({ delivered }) => delivered !== 'no')) continue;
      seen.add(term.name);
      yield {
        kind: 'brokenImport',
        at,
        says: `needs ${term.name} while it is loaded, and no deploy description hands it over`,
        way: deliveries.map(each => ({ at: each.at, says: `starts the service without ${term.name}` })),
      };
    }
  },
});
