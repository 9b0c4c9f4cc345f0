import type { DataExpiry } from '../../../model/index.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** Functions that say that they take away what is old. */
const NAMED = /purge|prune|expire|clean_?up|sweep|(delete|remove)_?(old|expired|stale|outdated|inactive)/i;
/** And that do so: something is deleted, by a time. */
const DELETES =
  /\.(delete|deleteMany|deleteOne|destroy|del|remove|deleteFrom)\s*\(|\bDELETE\s+FROM\b|\bunlink\w*\(|\brm(Sync)?\(/i;
const BY_TIME =
  /\bINTERVAL\b|days|older|expires?|created|updated|cutoff|threshold|retention|Date\.now|subDays|subMonths|\blt\b/i;
/** What runs something again and again. */
const JOBS = [
  'node-cron.schedule',
  'cron.CronJob',
  'cron.CronJob.from',
  'node-schedule.scheduleJob',
  'setInterval',
  'croner.Cron',
  'toad-scheduler.AsyncTask',
];

/** `cron.schedule("0 3 * * *", async () => …)` */
function* jobs(node: CodeView): Generator<DataExpiry> {
  for (const site of node.calls(...JOBS)) {
    const own = site.call.args.find(({ value }) => value.kind === 'function')?.value;
    const text = own ? node.textOf(site.scope, own) : '';
    if (!DELETES.test(text) || !BY_TIME.test(text)) continue;
    yield {
      kind: 'dataExpiry',
      at: node.at(site.scope, site.call),
      says: 'a job deletes what is old',
      reached: node.reached(site),
    };
  }
}

/** `schema.index({ createdAt: 1 }, { expireAfterSeconds: 86400 })`, `{ type: Date, expires: "30d" }` */
function* indexes(node: CodeView): Generator<DataExpiry> {
  for (const { statement, scope, conditions } of node.statements('expireAfterSeconds', 'expires:'))
    for (const each of headOf(statement).flatMap(expressionsIn)) {
      if (each.kind !== 'dictionary') continue;
      const keys = each.entries.flatMap(({ key }) => (key?.kind === 'string' ? [key.value] : []));
      const isField =
        keys.includes('expires') && keys.includes('type') && node.imports('mongoose', '@nestjs/mongoose');
      if (keys.includes('expireAfterSeconds') || isField)
        yield {
          kind: 'dataExpiry',
          at: node.at(scope, each),
          says: 'an index lets documents expire',
          reached: node.reached({ scope, conditions }),
        };
    }
}

/** Code that deletes what is older than a time, and indexes that let documents expire. */
export default defineExtractor({
  id: 'javascript/standard/expiry',
  reads: [],
  produces: ['dataExpiry'],
  understands: hasNode,
  *extract({ node }): Generator<DataExpiry> {
    for (const { definition, scope } of node.functions()) {
      if (!NAMED.test(definition.name)) continue;
      const text = node.textOf(scope, definition);
      if (!DELETES.test(text) || !BY_TIME.test(text)) continue;
      yield {
        kind: 'dataExpiry',
        at: node.at(scope, definition.head),
        says: `${definition.name} deletes what is old`,
        reached: node.reachesDefinition(definition),
      };
    }
    yield* jobs(node);
    yield* indexes(node);
  },
});
