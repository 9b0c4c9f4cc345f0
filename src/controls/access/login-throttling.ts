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
  needs: ['signIn', 'signInLimit', 'protection', 'proxyConfig'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('signIn')).some(each => each.takesPassword !== 'no') ||
    'it has no route that checks a password',

  judge: ({ facts }) => {
    const limits = facts.all('signInLimit');
    const app = facts
      .all('protection')
      .filter(each => each.what === 'rate-limit' && each.covers === 'app' && each.wired === 'yes');
    const proxies = facts
      .all('proxyConfig')
      .flatMap(proxy =>
        proxy.rateLimits.slice(0, 1).map(limit => place(limit.at, 'the proxy limits requests')),
      );
    const open =
      app.length + proxies.length > 0
        ? []
        : onProductionPath(facts.all('signIn')).filter(
            each => !limits.some(limit => limit.route === each.route),
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
