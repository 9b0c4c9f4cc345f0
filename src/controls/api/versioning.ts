import { isHealthRoute } from '../../model/index.ts';
import { defineControl, fail, onProductionPath, pass, place, unknown } from '../define.ts';

/** `/v1/`, `/api/2024-01-01/` */
const VERSION = /\/v\d+([./-]|$)|\/\d{4}-\d{2}-\d{2}(\/|$)/i;

export default defineControl({
  id: 'api/versioning',
  title: 'The interface carries a version',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks at the paths of routes that answer with JSON: a version stands in them, or in none of them.',
  why: 'Without a version every change of the interface breaks those who use it on the day on which it is deployed.',
  remedy: 'Put a version into the prefix of the router (`/v1`), and keep the old one while it is used.',
  sources: ['CATALOG api/versioning', 'Google AIP-185'],
  fix: 'advice',
  drill: 'none',
  needs: ['route', 'jsonAnswer'],

  applies: ({ facts }) => facts.all('jsonAnswer').length > 0 || 'no route answers with JSON',

  judge: ({ facts }) => {
    const places = new Set(facts.all('jsonAnswer').map(({ at }) => `${at.path}:${at.startLine}`));
    const routes = onProductionPath(facts.all('route')).filter(
      route => places.has(`${route.at.path}:${route.at.startLine}`) && isHealthRoute(route) !== 'yes',
    );
    const paths = routes.flatMap(({ at, path }) =>
      path.state === 'unclear' ? [] : [{ at, text: path.value }],
    );
    const withVersion = paths.filter(({ text }) => VERSION.test(text));
    if (withVersion.length > 0) return pass(withVersion.map(({ at, text }) => place(at, text)));
    if (paths.length < routes.length) return unknown('some paths are put together at run time');
    const [first] = paths;
    return first
      ? fail([place(first.at, `none of ${paths.length} paths carries a version`)])
      : unknown('only routes about health answer with JSON');
  },
});
