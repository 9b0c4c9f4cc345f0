import type { Override } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { inProduction } from '../conditions.ts';
import { sentHeaders } from '../headers/sent.ts';
import { setUpTwice } from '../../code/set-up-twice.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** Set-ups of which only the last one counts. */
const ONCE: Readonly<Record<string, string>> = {
  '@sentry/node.init': 'error tracking',
  'winston.configure': 'logging',
};

/** Origins that were named, and then a header that lets in everybody. */
function* opened(node: CodeView, restricted: CallSite | undefined): Generator<Override> {
  if (!restricted) return;
  for (const { value, scope, site, by, covers, wired } of sentHeaders(
    node,
    new Set(['access-control-allow-origin']),
  )) {
    const term = node.evaluate(value, scope);
    const isOpen = (term.kind === 'literal' && term.value === '*') || term.kind === 'input';
    if (!isOpen || covers !== 'app' || wired === 'no') continue;
    yield {
      kind: 'override',
      at: node.at(site.scope, site.call),
      says: `${by || 'middleware'} answers every origin after the origins were restricted`,
      way: [{ at: node.at(restricted.scope, restricted.call), says: 'restricts the origins' }],
    };
  }
}

/** The call that names origins. */
const restrictedBy = (node: CodeView): CallSite | undefined =>
  node.calls('cors', '@koa/cors').find(site => {
    const args = node.args(site);
    const options = args.arg(0, '');
    const origin = options && args.member(options, 'origin');
    const isAny = !origin || (origin.kind === 'literal' && (origin.value === '*' || origin.value === true));
    return !isAny && both(node.reached(site), inProduction(node, site)) === 'yes';
  });

/** A second set-up of the same thing, and headers that undo a restriction of origins. */
export default defineExtractor({
  id: 'javascript/standard/overrides',
  reads: [],
  produces: ['override'],
  understands: hasNode,
  *extract({ node }): Generator<Override> {
    yield* setUpTwice(node, ONCE);
    yield* opened(node, restrictedBy(node));
  },
});
