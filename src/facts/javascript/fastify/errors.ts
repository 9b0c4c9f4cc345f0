import { both } from '../../../model/index.ts';
import type { CodeView } from '../../code/view.ts';
import { answerOf } from '../answered.ts';
import { inProduction } from '../conditions.ts';
import type { Catcher } from '../errors/catcher.ts';
import { argumentOf } from './instances.ts';
import { coveredBy } from './plugins.ts';

/** `setErrorHandler` answers for the instance that it stands on; Fastify itself writes nothing down then. */
export const fastifyCatchers = (node: CodeView): readonly Catcher[] =>
  node.calls('fastify().setErrorHandler').flatMap(site => {
    const thing = argumentOf(site, 0);
    const of = thing && answerOf(node, thing)?.function;
    if (!of) return [];
    return [
      {
        function: of,
        error: 0,
        at: node.at(of.scope, of.definition.head),
        covers: coveredBy(node, site) === 'app' ? ('app' as const) : ('part' as const),
        answers: 'all' as const,
        isLogged: false,
        wired: both(node.reached(site), inProduction(node, site)),
      },
    ];
  });

/** Whether an own handler takes the place of the one that Fastify brings, for the whole app. */
export const replacesHandler = (node: CodeView): boolean =>
  fastifyCatchers(node).some(({ covers, wired }) => covers === 'app' && wired !== 'no');
