import type { Route } from '../../../model/index.ts';
import { defineExtractor, hasPython, unread, type Unread } from '../../define.ts';

/** Connexion takes its routes from an OpenAPI file: what code alone shows is not all of them. */
export default defineExtractor({
  id: 'python/connexion/routes',
  reads: [],
  produces: ['route'],
  understands: hasPython,
  *extract({ python }): Generator<Route | Unread<'route'>> {
    if (!python.imports('connexion')) return;
    for (const { call, scope } of python.callsEnding('add_api'))
      yield unread('route', python.at(scope, call).path, 'takes its routes from an OpenAPI file');
  },
});
