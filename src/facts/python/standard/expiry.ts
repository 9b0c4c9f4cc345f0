import type { DataExpiry } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Functions that say that they take away what is old. */
const NAMED =
  /(^|_)(purge|prune|expire|clean_?up|delete_old|remove_old|delete_expired|remove_expired|sweep)(_|$)/i;
/** And that do so: something is deleted, by a time. */
const DELETES = /\.delete\(|\bDELETE\s+FROM\b|delete_many\(|\bunlink\(|os\.remove\(|\brmtree\(/i;
const BY_TIME = /timedelta|\bINTERVAL\b|days|older|expires?|created|updated|cutoff|threshold|retention/i;

/** Code that deletes what is older than a time, and indexes that let documents expire. */
export default defineExtractor({
  id: 'python/standard/expiry',
  reads: [],
  produces: ['dataExpiry'],
  understands: hasPython,
  *extract({ python }): Generator<DataExpiry> {
    for (const { definition, scope } of python.functions()) {
      if (!NAMED.test(definition.name)) continue;
      const text = python.textOf(scope, definition);
      if (!DELETES.test(text) || !BY_TIME.test(text)) continue;
      yield {
        kind: 'dataExpiry',
        at: python.at(scope, definition.head),
        says: `${definition.name} deletes what is old`,
        reached: python.reachesDefinition(definition),
      };
    }
    for (const site of python.callsNaming('expireAfterSeconds'))
      yield {
        kind: 'dataExpiry',
        at: python.at(site.scope, site.call),
        says: 'an index lets documents expire',
        reached: python.reached(site),
      };
  },
});
