import { changesState, purposeOf, type Route, type RoutePurpose } from '../../model/index.ts';
import { absence, defineControl, fail, followed, pass, place, unknown } from '../define.ts';

/** Whoever signs in or up cannot have said yet who they are. */
const OPEN: readonly RoutePurpose[] = ['health', 'webhook', 'sign-in', 'sign-out', 'register', 'form'];

const writes = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(
    route => route.reached !== 'no' && changesState(route) !== 'no' && !OPEN.includes(purposeOf(route)),
  );

export default defineControl({
  id: 'access/authentication',
  title: 'Whoever changes something must say who they are',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks whether any authentication is present and wired: sessions, tokens, API keys, or a gateway that the repository configures.',
  why: 'Everybody who can reach the service can do everything that it can do.',
  remedy:
    'Choose one mechanism for the whole service and apply it to all routes but those that must be open.',
  sources: ['CATALOG access/authentication', 'OWASP ASVS 5.0 V6'],
  fix: 'advice',
  drill: 'anonymous-access',
  needs: ['route', 'guard', 'identityGrant', 'protection', 'proxyConfig'],

  applies: ({ facts }) => writes(facts.all('route')).length > 0 || 'no route changes anything',

  judge: ({ facts }) => {
    const guards = facts.all('guard').filter(guard => guard.reached === 'yes');
    const proxies = facts
      .all('proxyConfig')
      .flatMap(proxy =>
        proxy.basicAuth ? [place(proxy.basicAuth.at, 'the proxy asks for a password')] : [],
      );
    if (guards.length + proxies.length > 0)
      return pass([
        ...proxies,
        ...guards.slice(0, 5).map(guard => place(guard.at, `${guard.name} asks who calls`)),
      ]);
    if (facts.all('guard').some(guard => guard.reached === 'unclear'))
      return unknown('a check exists, and whether production comes by it cannot be told');
    const unwired = facts
      .all('protection')
      .filter(each => each.what === 'authentication' && each.wired === 'no');
    const [first] = writes(facts.all('route'));
    const finding = absence(
      `check of who calls on any of ${writes(facts.all('route')).length} routes that change something`,
      facts.searched('guard'),
      first?.at,
    );
    return fail([
      followed(
        finding,
        unwired.map(each => ({ at: each.at, says: `${each.name} is present and not wired` })),
      ),
    ]);
  },
});
