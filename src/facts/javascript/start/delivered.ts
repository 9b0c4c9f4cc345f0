import type { StartPath } from '../../../model/index.ts';
import { deliveredBy, type Delivered } from '../../code/flags.ts';

/** Programs that say by themselves that they run in production. */
const SETS_PRODUCTION = /^(next|nuxt|remix-serve|react-router-serve|astro|vinxi|strapi)\b|Next\.js|Nuxt/i;

/** What the production starts of a Node service deliver, with what the program sets by itself. */
export function deliveredToNode(startPaths: readonly StartPath[]): Delivered {
  return startPaths.flatMap(startPath =>
    deliveredBy([startPath]).map(delivered =>
      startPath.serves.with === 'production-server' && SETS_PRODUCTION.test(startPath.serves.name)
        ? { NODE_ENV: 'production', ...delivered }
        : delivered,
    ),
  );
}
