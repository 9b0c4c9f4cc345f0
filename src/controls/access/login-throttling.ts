import { known, limitsPath } from '../../model/index.ts';
import { defineControl, failOr, onProductionPath, openBecause, pass, place } from '../define.ts';

export default defineControl({
  id: 'access/login-throttling',
  title: 'Failed sign-ins are limited',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for a rate limit or a lock-out on the route that checks passwords.',
  why: 'Without a limit passwords are tried at the speed of the network.',
  remedy: 'Limit the route per address and per account, for instance to five tries a minute.',
  sources: ['CATALOG access/login-throttling', 'OWASP ASVS 5.0 V6.3'],
  fix: 'auto',
  drill: 'login-burst',
  needs: ['signIn', 'signInLimit', 'protection', 'proxyConfig', 'route'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('signIn')).some(each => each.takesPassword !== 'no') ||
    'it has no route that checks a password',

  judge: ({ facts }) => {
    const limits = facts.all('signInLimit');
    const app = facts
      .all('protection')
      .filter(each => each.what === 'rate-limit' && each.covers === 'app' && each.wired === 'yes');
    const rates = facts.all('proxyConfig').flatMap(({ rateLimits }) => rateLimits);
    const pathOf = (id: string) => {
      const route = facts.all('route').find(each => each.id === id);
      return (route && known(route.path)) ?? '';
    };
    const signIns = onProductionPath(facts.all('signIn'));
    const proxies = rates
      .filter(rate => signIns.some(each => limitsPath(rate, pathOf(each.route))))
      .slice(0, 1)
      .map(({ at }) => place(at, 'the proxy limits requests'));
    const open =
      app.length > 0
        ? []
        : signIns.filter(
            each =>
              !limits.some(limit => limit.route === each.route) &&
              !rates.some(rate => limitsPath(rate, pathOf(each.route))),
          );
    const tried = open.filter(each => each.takesPassword === 'yes');
    return failOr(
      tried.map(each => place(each.at, `${each.name} can be tried without end`)),
      openBecause(open, each => (each.takesPassword === 'no' ? 'yes' : 'unclear')) ??
        pass([
          ...proxies,
          ...app.map(each => place(each.at, 'limits every route')),
          ...limits.map(limit => place(limit.at, limit.says)),
        ]),
    );
  },
});
