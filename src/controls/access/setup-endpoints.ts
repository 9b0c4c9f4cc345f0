import { purposeOf, routeName, type Guard, type Route } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

const isGuarded = (guards: readonly Guard[], route: Route): boolean =>
  guards.some(guard => guard.route === route.id && guard.reached !== 'no');

const setups = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(route => route.reached !== 'no' && purposeOf(route) === 'setup');

export default defineControl({
  id: 'access/setup-endpoints',
  title: 'No route for set-up, seeding, reset or debugging is open',
  severity: 'critical',
  stage: 'stable',
  asks: 'Lists routes whose words speak of set-up, seeding, reset or debugging and that nothing protects.',
  why: 'One call empties the store or makes the caller its administrator.',
  remedy: 'Remove the route from production, make it a command, or protect it.',
  sources: ['CATALOG access/setup-endpoints', 'OWASP ASVS 5.0 V13.4'],
  fix: 'scaffold',
  drill: 'anonymous-access',
  needs: ['route', 'guard'],

  applies: ({ facts }) =>
    setups(facts.all('route')).length > 0 ||
    'no route is for set-up, seeding, reset or debugging, as far as its words tell',

  judge: ({ facts }) => {
    const routes = setups(facts.all('route'));
    const open = routes.filter(route => !isGuarded(facts.all('guard'), route));
    return failOr(
      open.map(route => place(route.at, `${routeName(route)} is served to everybody`)),
      passEvery(routes.map(route => place(route.at, `${routeName(route)} is protected`))),
    );
  },
});
