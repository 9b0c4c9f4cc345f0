import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';

/** Frameworks whose routes are read. A service on another one has routes that are not seen. */
const READ = [
  'flask',
  'fastapi',
  'starlette',
  'apiflask',
  'quart',
  'flask_openapi3',
  'flask_restx',
  'flask_restful',
  'flask_smorest',
];
const UNREAD = [
  'django',
  'aiohttp.web',
  'tornado',
  'sanic',
  'falcon',
  'pyramid',
  'bottle',
  'litestar',
  'connexion',
];

/** Every way into the service that the code defines. */
export default defineExtractor({
  id: 'python/standard/routes',
  reads: [],
  produces: ['route'],
  understands: view => hasPython(view) && (view.python.imports(...READ) || !view.python.imports(...UNREAD)),
  *extract({ python }) {
    for (const { route } of handlersOf(python)) yield route;
  },
});
