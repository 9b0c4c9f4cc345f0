import type { Sink } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { QUERY } from '../../code/flow/policy.ts';

const CLIENT = /^(opensearchpy|elasticsearch)\.(\w+\.)*(Async)?(OpenSearch|Elasticsearch)\(\)\./;
const METHODS = ['search', 'count', 'delete_by_query', 'update_by_query', 'async_search'];
/** Where the query stands, by its name and by its position: `search(body, index)`. */
const GIVEN = /^(body|query)$/;

/** Only JSON can hold a query; fields and paths are text. */
const IS_JSON = /JSON|body/i;

/** The query of a body: `{"query": q, "size": 50}` holds `q`. */
function queryIn(body: Expression): Expression | undefined {
  if (body.kind !== 'dictionary') return body;
  const entry = body.entries.find(({ key }) => key?.kind === 'string' && key.value === 'query');
  return entry?.value.kind === 'dictionary' ? undefined : entry?.value;
}

/** Queries of search engines that a caller may write whole, with scripts and all. */
export default defineExtractor({
  id: 'python/search_engines/queries',
  reads: [],
  produces: ['sink'],
  understands: hasPython,
  *extract({ python }): Generator<Sink> {
    if (!python.imports('opensearchpy', 'elasticsearch')) return;
    for (const site of python.callsEnding(...METHODS)) {
      const { callee, args } = site.call;
      if (!CLIENT.test(python.nameOf(callee, site.scope))) continue;
      const body =
        args.find(({ name }) => GIVEN.test(name)) ?? args.find(({ name, spread }) => name === '' && !spread);
      const query = body && queryIn(body.value);
      if (!query) continue;
      const origin = originsFor(python, QUERY).of(query, site.scope);
      if (origin.kind !== 'input' || !IS_JSON.test(origin.says)) continue;
      yield {
        kind: 'sink',
        at: python.at(site.scope, site.call),
        of: 'document-query',
        callee: python.textOf(site.scope, callee).replace(/\s+/g, ' ').slice(0, 40),
        origin,
        whole: true,
        reached: python.reached(site),
      };
    }
  },
});
