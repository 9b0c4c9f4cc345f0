import type { CodeView } from '../../code/view.ts';
import { catcherGiven, type Catcher } from '../errors/catcher.ts';
import { coveredBy } from './plugins.ts';

/** `setErrorHandler` answers for the instance that it stands on; Fastify itself writes nothing down then. */
export const fastifyCatchers = (node: CodeView): readonly Catcher[] =>
  node
    .calls('fastify().setErrorHandler')
    .flatMap(site => catcherGiven(node, site, coveredBy(node, site) === 'app' ? 'app' : 'part'));

/** Whether an own handler takes the place of the one that Fastify brings, for the whole app. */
export const replacesHandler = (node: CodeView): boolean =>
  fastifyCatchers(node).some(({ covers, wired }) => covers === 'app' && wired !== 'no');
