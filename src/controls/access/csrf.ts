import { changesState, type Route } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place, unknown } from '../define.ts';

const byCookie = (facts: {
  readonly all: (kind: 'identityGrant') => readonly { readonly by: string; readonly reached: string }[];
}): boolean => facts.all('identityGrant').some(grant => grant.by === 'session' && grant.reached !== 'no');

const writes = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(
    route => route.reached !== 'no' && route.transport === 'http' && changesState(route) === 'yes',
  );

export default defineControl({
  id: 'access/csrf',
  title: 'Requests that change something are known to come from the own pages',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for a check against forged requests where a cookie session authenticates what changes state.',
  why: 'A page of somebody else sends a request with the cookie of the user who looks at it.',
  remedy: 'Attach the protection of your framework to the whole app, and put its token into each form.',
  sources: ['CATALOG access/csrf', 'OWASP ASVS 5.0 V3.5'],
  fix: 'auto',
  drill: 'csrf',
  needs: ['csrfCheck', 'sessionCookie', 'identityGrant', 'guard', 'route'],

  applies: ({ facts }) =>
    (byCookie(facts) && writes(facts.all('route')).length > 0) ||
    'no cookie session authenticates what changes state',

  judge: ({ facts }) => {
    const checks = facts.all('csrfCheck');
    const wired = checks.filter(check => check.wired === 'yes');
    if (wired.length > 0) return pass(wired.map(check => place(check.at, check.says)));
    const open = checks.find(check => check.wired === 'unclear');
    if (open)
      return unknown(
        `${open.at.path}:${open.at.startLine} ${open.says}, and whether production comes by cannot be told`,
      );
    const [cookie] = facts.all('sessionCookie');
    const unwired = checks.map(check => place(check.at, `protection against forged requests ${check.says}`));
    return fail(
      unwired.length > 0
        ? unwired
        : [
            absence(
              `protection against forged requests for ${writes(facts.all('route')).length} routes that change something`,
              facts.searched('csrfCheck'),
              cookie?.at,
            ),
          ],
    );
  },
});
