import { purposeOf, routeName } from '../../model/index.ts';
import { defineControl, failOr, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'access/token-issuance',
  title: 'A session is given after a check, and the caller does not choose its role',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks at each handler that signs a token or sets an identity: it must check a password or another proof, and must not take user or role from the request.',
  why: 'Whoever asks becomes the user, or the administrator, that they name.',
  remedy: 'Check the credential before the session is set, and take the role from the stored account.',
  sources: ['CATALOG access/token-issuance', 'OWASP ASVS 5.0 V6.3'],
  fix: 'advice',
  drill: 'anonymous-access',
  needs: ['identityGrant', 'route', 'guard'],

  applies: ({ facts }) =>
    facts.all('identityGrant').some(grant => grant.reached !== 'no') ||
    'no handler gives out a session or token',

  judge: ({ facts }) => {
    const routes = new Map(facts.all('route').map(route => [route.id, route] as const));
    const grants = facts.all('identityGrant').filter(grant => grant.reached !== 'no');
    const guards = facts.all('guard').filter(guard => guard.reached !== 'no');
    const findings = grants.flatMap(grant => {
      const route = routes.get(grant.route);
      const name = route ? routeName(route) : 'a handler';
      const isRegistration = route !== undefined && purposeOf(route) === 'register';
      if (grant.chosen === 'role')
        return [place(grant.at, `${name} takes the role of the session from the request`)];
      if (grant.chosen === 'user' && grant.checked === 'no')
        return [place(grant.at, `${name} takes the user of the session from the request, without a check`)];
      // A token that is sent by mail is itself the proof.
      const isMailed = /recover|reset|forgot|verif|confirm|invit|activat|email/i.test(name);
      const isKnown = guards.some(guard => guard.route === grant.route);
      return grant.checked === 'no' && grant.by === 'token' && !isRegistration && !isMailed && !isKnown
        ? [place(grant.at, `${name} signs a token without checking a credential`)]
        : [];
    });
    const open = grants.find(grant => grant.checked === 'unclear');
    if (findings.length === 0 && open)
      return unknown(
        `${open.at.path}:${open.at.startLine} gives out a ${open.by}, and what is checked before cannot be followed`,
      );
    return failOr(
      findings,
      pass(
        grants
          .filter(grant => grant.checked === 'yes')
          .map(grant => place(grant.at, `the ${grant.by} is given after a check`)),
      ),
    );
  },
});
