import type { ClientOriginUse, Protection, RateLimit } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { nodeHandlers } from '../handlers.ts';
import { optionOf } from './instances.ts';
import { libraryPlugins } from './plugins.ts';

const isFalse = (view: CodeView, option: Written | undefined): boolean => {
  const term = option && view.evaluate(option.expression, option.scope);
  return term?.kind === 'literal' && term.value === false;
};

/** Routes that ask for a limit of their own: `{ config: { rateLimit: { max: 3 } } }`. */
const marked = (view: CodeView): readonly string[] =>
  nodeHandlers(view).flatMap(({ route, registration }) =>
    registration?.call.args.some(({ value }) => {
      const given = { expression: value, scope: registration.scope };
      const limit = optionOf(view, optionOf(view, given, 'config'), 'rateLimit');
      return limit !== undefined && !isFalse(view, limit);
    })
      ? [route.id]
      : [],
  );

function storeOf(view: CodeView, options: Written | undefined): Pick<RateLimit, 'store' | 'storeSays'> {
  const redis = optionOf(view, options, 'redis');
  if (redis && !isFalse(view, redis)) return { store: 'shared', storeSays: 'Redis' };
  if (optionOf(view, options, 'store')) return { store: 'unclear', storeSays: 'a store of its own' };
  return options && isUnread(view, options)
    ? { store: 'unclear', storeSays: 'its options cannot be followed' }
    : { store: 'process', storeSays: 'the memory of each process' };
}

/** Options that are put together elsewhere. */
const isUnread = (view: CodeView, options: Written): boolean =>
  optionOf(view, options, 'max') === undefined &&
  view.evaluate(options.expression, options.scope).kind === 'unclear';

/** @fastify/rate-limit: all routes, unless it is registered for those alone that ask for it. */
export default defineExtractor({
  id: 'javascript/fastify/limits',
  reads: [],
  produces: ['rateLimit', 'clientOriginUse', 'protection'],
  understands: hasNode,
  *extract({ node }): Generator<RateLimit | ClientOriginUse | Protection> {
    for (const { site, options, covers, wired } of libraryPlugins(
      node,
      '@fastify/rate-limit',
      'fastify-rate-limit',
    )) {
      const isGlobal = !isFalse(node, optionOf(node, options, 'global'));
      const covered = isGlobal ? [] : marked(node);
      yield {
        kind: 'rateLimit',
        at: node.at(site.scope, site.call),
        name: 'the limiter',
        covers: isGlobal ? covers : covered.length > 0 ? 'routes' : 'none',
        covered,
        ...storeOf(node, options),
        wired,
        way: [],
        missing: wired === 'no' ? 'it would have to be registered on the app that production starts' : '',
      };
      if (wired !== 'no')
        yield {
          kind: 'protection',
          what: 'rate-limit',
          at: node.at(site.scope, site.call),
          name: 'the limiter',
          wired,
          covers: isGlobal && covers === 'app' ? 'app' : 'routes',
          way: [],
          missing: '',
        };
      if (!optionOf(node, options, 'keyGenerator'))
        yield {
          kind: 'clientOriginUse',
          at: node.at(site.scope, site.call),
          what: "the caller's address to count by",
          fromHeader: false,
          reached: wired,
        };
    }
  },
});
