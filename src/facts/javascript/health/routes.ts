import type { HealthAnswer, Route } from '../../../model/index.ts';
import { known, routeName } from '../../../model/index.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { isForProbes, probedPaths } from '../../code/health-routes.ts';
import { chainOf } from '../../code/steps.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import { nodeHandlers } from '../handlers.ts';
import { askedBy } from './asked.ts';

const OF_SERVICE = /^\/(status|up)\/?$/;
const OF_PROCESS = /^(process|performance|Date|Math|Number|JSON)$/;

/** `app.get('/status', (req, res) => res.end())`: what answers without a look at anything tells how the service does. */
function answersAlone(node: CodeView, route: Route, of: FunctionEntity): boolean {
  if (route.path.state === 'unclear' || !OF_SERVICE.test(route.path.value)) return false;
  const own = new Set(of.definition.params.map(({ name }) => name));
  return (
    (known(route.methods) ?? []).includes('GET') &&
    node.code.search.callsInside(of.definition).every(({ call }) => {
      const { root } = chainOf(call);
      return root.kind === 'name' && (own.has(root.name) || OF_PROCESS.test(root.name));
    })
  );
}

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
      if (!isForProbes(route, probed) && !(of && answersAlone(node, route, of))) continue;
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
