import { both } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { answerOf } from '../answered.ts';
import { inProduction } from '../conditions.ts';
import type { Catcher } from '../errors/catcher.ts';
import { argumentOf } from '../fastify/instances.ts';

/** `app.onError((error, c) => …)` answers for the app that it stands on, and for those that are put into it. */
export const honoCatchers = (node: CodeView): readonly Catcher[] =>
  node.calls('hono.Hono().onError').flatMap(site => {
    const thing = argumentOf(site, 0);
    const of = thing && answerOf(node, thing)?.function;
    if (!of) return [];
    return [
      {
        function: of,
        error: 0,
        at: node.at(of.scope, of.definition.head),
        covers: isPutInto(node, site) ? ('part' as const) : ('app' as const),
        answers: 'all' as const,
        isLogged: false,
        wired: both(node.reached(site), inProduction(node, site)),
      },
    ];
  });

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
