import { known, routeName, type Route } from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

const logins = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(
    route =>
      route.reached !== 'no' &&
      (known(route.methods) ?? ['POST']).includes('POST') &&
      /(^|[/_-])(log-?_?in|sign-?_?in|authenticate|access-token|tokens?)\/?$/.test(
        (known(route.path) ?? route.handler).toLowerCase(),
      ),
  );

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
  needs: ['route', 'signInLimit', 'protection', 'passwordStore', 'proxyConfig'],

  applies: ({ facts }) => logins(facts.all('route')).length > 0 || 'it has no route that checks a password',

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
        : logins(facts.all('route')).filter(route => !limits.some(limit => limit.route === route.id));
    return failOr(
      open.map(route => place(route.at, `${routeName(route)} can be tried without end`)),
      pass([
        ...proxies,
        ...app.map(each => place(each.at, 'limits every route')),
        ...limits.map(limit => place(limit.at, limit.says)),
      ]),
    );
  },
});
