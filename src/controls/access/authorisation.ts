import { known, routeName, type Route } from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

const admin = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(
    route =>
      route.reached !== 'no' &&
      route.transport !== 'message' &&
      /(^|[/_-])(admin|administration|backoffice|superuser)($|[/_-])/.test(known(route.path) ?? ''),
  );

export default defineControl({
  id: 'access/authorisation',
  title: 'Administration asks for a role, not only for a user',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks whether roles, scopes or ownership are checked where there is authentication and there are actions of administrators.',
  why: 'Every user is an administrator then, the one who registered a minute ago included.',
  remedy: 'Check the role on each route of the administration, and the owner on each record.',
  sources: ['CATALOG access/authorisation', 'OWASP API Security 2023 API5'],
  fix: 'advice',
  drill: 'none',
  needs: ['route', 'guard'],

  applies: ({ facts }) =>
    (facts.has('guard') &&
      (admin(facts.all('route')).length > 0 || facts.all('guard').some(({ checks }) => checks === 'role'))) ||
    'it has no authentication, or one kind of user only',

  judge: ({ facts }) => {
    const roles = facts.all('guard').filter(guard => guard.checks === 'role' && guard.reached !== 'no');
    const open = admin(facts.all('route')).filter(route => !roles.some(guard => guard.route === route.id));
    return failOr(
      open.map(route => place(route.at, `${routeName(route)} asks for no role`)),
      pass(roles.slice(0, 5).map(guard => place(guard.at, `${guard.name} asks for a role`))),
    );
  },
});
