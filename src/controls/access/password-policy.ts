import { changesState, known, purposeOf, routeName, type Route } from '../../model/index.ts';
import { defineControl, fail, pass, place } from '../define.ts';

const chosen = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(
    route =>
      route.reached !== 'no' &&
      changesState(route) === 'yes' &&
      (purposeOf(route) === 'register' ||
        /(^|[/_-])(change[_-]password|password)($|[/_-])/.test(known(route.path) ?? '')),
  );

export default defineControl({
  id: 'access/password-policy',
  title: 'Passwords have a minimum length of eight or more',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for a check of length of at least eight characters where users choose a password.',
  why: 'Short passwords are guessed within the first tries of every list.',
  remedy: 'Ask for at least twelve characters, and refuse those on lists of known ones.',
  sources: ['CATALOG access/password-policy', 'NIST SP 800-63B 3.1.1'],
  fix: 'scaffold',
  drill: 'weak-password',
  needs: ['route', 'passwordRule', 'passwordStore'],

  applies: ({ facts }) =>
    (chosen(facts.all('route')).length > 0 && facts.has('passwordStore')) ||
    'users choose no password, as far as can be seen',

  judge: ({ facts }) => {
    const rules = facts.all('passwordRule').filter(rule => rule.reached !== 'no');
    const enough = rules.filter(rule => rule.minimum >= 8);
    if (enough.length > 0)
      return pass(enough.map(rule => place(rule.at, `at least ${rule.minimum} characters`)));
    const short = rules.map(rule => place(rule.at, `${rule.minimum} characters are enough`));
    return fail(
      short.length > 0
        ? short
        : chosen(facts.all('route'))
            .slice(0, 1)
            .map(route => place(route.handlerAt, `${routeName(route)} accepts a password of any length`)),
    );
  },
});
