import type { Sink } from '../../../model/index.ts';
import { documentQuery } from '../../code/document-queries.ts';
import { defineExtractor, hasPython } from '../../define.ts';

const PACKAGES = ['pymongo', 'motor', 'flask_pymongo', 'mongoengine', 'beanie'];
const METHODS = [
  'find', 'find_one', 'update_one', 'update_many', 'delete_one', 'delete_many', 'count_documents', 'aggregate',
  'find_one_and_update', 'find_one_and_delete', 'find_one_and_replace', 'replace_one', 'distinct',
]; // prettier-ignore

/** Words in the description of an input that can hold more than text. */
const IS_JSON = /JSON|body/i;

/** Filters of document queries, and whether a caller may put operators into them. */
export default defineExtractor({
  id: 'python/mongo/queries',
  reads: [],
  produces: ['sink'],
  understands: hasPython,
  *extract({ python }): Generator<Sink> {
    if (!python.imports(...PACKAGES)) return;
    for (const site of python.callsEnding(...METHODS)) {
      const { callee, args } = site.call;
      const filter = args.find(arg => arg.name === 'filter' || arg.name === '')?.value;
      if (callee.kind !== 'attribute' || !filter || filter.kind === 'string') continue;
      if (python.nameOf(callee, site.scope).startsWith('re.')) continue;
      yield documentQuery(python, site, filter, IS_JSON);
    }
  },
});
