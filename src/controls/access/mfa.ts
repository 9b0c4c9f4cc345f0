import { absence, defineControl, fail, pass, place } from '../define.ts';

export default defineControl({
  id: 'access/mfa',
  title: 'A second factor is offered, or another party signs users in',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks for one-time passwords, WebAuthn, or a sign-in by an identity provider.',
  why: 'A password that leaked elsewhere is enough to get in.',
  remedy: 'Offer one-time passwords or passkeys, and ask administrators for them.',
  sources: ['CATALOG access/mfa', 'OWASP ASVS 5.0 V6.5'],
  fix: 'advice',
  drill: 'none',
  needs: ['passwordStore', 'strongSignIn'],

  applies: ({ facts }) =>
    facts.all('passwordStore').some(store => store.reached !== 'no') ||
    'it stores no passwords that can be seen',

  judge: ({ facts }) => {
    const strong = facts.all('strongSignIn').filter(each => each.reached === 'yes');
    return strong.length > 0
      ? pass(strong.map(each => place(each.at, each.says)))
      : fail([absence('second factor or identity provider', facts.searched('strongSignIn'))]);
  },
});
