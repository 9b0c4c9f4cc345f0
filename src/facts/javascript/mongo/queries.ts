import type { Sink } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { documentQuery } from '../../code/document-queries.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const PACKAGES = ['mongoose', 'mongodb', '@nestjs/mongoose', 'monk', '@typegoose/typegoose', 'papr'];
const METHODS = [
  'find', 'findOne', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'countDocuments', 'aggregate', 'exists',
  'findOneAndUpdate', 'findOneAndDelete', 'findOneAndReplace', 'findOneAndRemove', 'replaceOne', 'distinct', 'count',
]; // prettier-ignore

/** A body is JSON; the queries of Express and Koa become objects, `?name[$ne]=`. */
const BODY = /body/i;
const BODY_OR_QUERY = /body|query/i;
const NESTED_QUERIES = ['express', 'koa-qs', 'qs', '@nestjs/platform-express'];

/** What takes operators out of all that comes in, or refuses what is none of the declared types. */
const CLEANERS = ['express-mongo-sanitize', '@exortek/express-mongo-sanitize'];
const VALIDATORS = [
  'joi',
  'zod',
  'yup',
  'express-validator',
  'class-validator',
  'celebrate',
  'ajv',
  'valibot',
  '@hapi/joi',
  'express-joi-validation',
];

/** `mongoose.set("sanitizeFilter", true)` */
const isSanitised = (node: CodeView): boolean =>
  node.calls('mongoose.set').some(site => {
    const [name, on] = [node.args(site).arg(0, ''), node.args(site).arg(1, '')];
    return (
      name?.kind === 'literal' &&
      name.value === 'sanitizeFilter' &&
      on?.kind === 'literal' &&
      on.value === true
    );
  });

/** A list, a string or a cache has a `find` too: its argument is a function or a text. */
function filterOf(node: CodeView, { call, scope }: CallSite): Expression | undefined {
  const { callee, args } = call;
  const filter = args.find(arg => arg.spread === '')?.value;
  if (callee.kind !== 'attribute' || !filter) return undefined;
  if (filter.kind === 'string' || filter.kind === 'function' || filter.kind === 'lambda') return undefined;
  return node.resolve(filter, scope)?.kind === 'function' ? undefined : filter;
}

/** `$where` runs its text as a program. */
const isProgram = (filter: Expression): boolean =>
  filter.kind === 'dictionary' &&
  filter.entries.some(
    ({ key }) => key?.kind === 'string' && /^\$(where|function|accumulator)$/.test(key.value),
  );

/** Filters of document queries, and whether a caller may put operators into them. */
export default defineExtractor({
  id: 'javascript/mongo/queries',
  reads: [],
  produces: ['sink'],
  understands: hasNode,
  *extract({ node }): Generator<Sink> {
    if (!node.imports(...PACKAGES)) return;
    const holdsOperators = node.imports(...NESTED_QUERIES) ? BODY_OR_QUERY : BODY;
    const isCleaned =
      isSanitised(node) || node.calls(...CLEANERS).some(cleaner => node.reached(cleaner) !== 'no');
    const isValidated = node.imports(...VALIDATORS);
    for (const site of node.callsOnOthers(...METHODS)) {
      const filter = filterOf(node, site);
      if (!filter) continue;
      const sink = documentQuery(node, site, filter, isProgram(filter) ? /./ : holdsOperators);
      const { origin } = sink;
      if (origin.kind !== 'input' || isProgram(filter)) yield sink;
      else if (isCleaned)
        yield { ...sink, origin: { ...origin, kind: 'checked', says: `${origin.says}, without operators` } };
      // Whether a schema stands before this route cannot be told from here.
      else yield isValidated ? { ...sink, origin: { ...origin, kind: 'unclear' } } : sink;
    }
  },
});
