import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { catcherGiven, type Catcher } from '../errors/catcher.ts';

/** `app.onError((error, c) => …)` answers for the app that it stands on, and for those that are put into it. */
export const honoCatchers = (node: CodeView): readonly Catcher[] =>
  node
    .calls('hono.Hono().onError')
    .flatMap(site => catcherGiven(node, site, isPutInto(node, site) ? 'part' : 'app'));

/** Whether another app takes in the one that this stands on: `app.route("/orders", orders)`. */
function isPutInto(node: CodeView, { call, scope }: CallSite): boolean {
  const made = call.callee.kind === 'attribute' ? node.resolve(call.callee.object, scope) : undefined;
  if (made?.kind !== 'external') return false;
  return node.calls('hono.Hono().route').some(site =>
    site.call.args.some(({ value }) => {
      const inner = node.resolve(value, site.scope);
      return inner?.kind === 'external' && inner.made !== undefined && inner.made.call === made.made?.call;
    }),
  );
}
