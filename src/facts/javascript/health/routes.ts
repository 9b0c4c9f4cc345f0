import type { HealthAnswer } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import { isForProbes, probedPaths } from '../../code/health-routes.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import { nodeHandlers } from '../handlers.ts';
import { askedBy } from './asked.ts';

/** Health routes, followed down to what they ask. */
export default defineExtractor({
  id: 'javascript/health/routes',
  reads: ['route', 'image', 'composeService', 'workload', 'platformFile'],
  produces: ['healthAnswer'],
  understands: view => readsFramework(view) && view.facts.isRead('route'),
  *extract(view): Generator<HealthAnswer> {
    const { node } = view;
    const probed = probedPaths(view);
    for (const { route, function: of } of nodeHandlers(node)) {
      if (!isForProbes(route, probed)) continue;
      const asked = of ? askedBy(node, of) : { checks: [], reports: 'unclear' as const, open: route.handler };
      yield {
        kind: 'healthAnswer',
        at: route.at,
        route: route.id,
        name: routeName(route),
        ...asked,
        reached: route.reached,
      };
    }
  },
});
