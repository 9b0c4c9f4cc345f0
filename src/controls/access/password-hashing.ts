import { defineControl, failOr, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'access/password-hashing',
  title: 'Passwords are kept as hashes made for passwords',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks how passwords are kept: bcrypt, argon2, scrypt and PBKDF2 pass; plain text and fast hashes such as MD5 and SHA fail.',
  why: 'A stolen table of fast hashes is a table of passwords within hours, for this service and for others that its users use.',
  remedy: 'Hash with argon2 or bcrypt, and hash anew at the next sign-in.',
  sources: ['CATALOG access/password-hashing', 'OWASP ASVS 5.0 V11.4'],
  fix: 'auto',
  drill: 'none',
  needs: ['passwordStore'],

  applies: ({ facts }) =>
    facts.all('passwordStore').some(store => store.reached !== 'no') ||
    'it stores no passwords that can be seen',

  judge: ({ facts }) => {
    const stores = facts.all('passwordStore').filter(store => store.reached !== 'no');
    return failOr(
      stores
        .filter(store => store.how !== 'strong')
        .map(store =>
          place(store.at, store.how === 'plain' ? store.says : `${store.says} is too fast for passwords`),
        ),
      passEvery(stores.map(store => place(store.at, `hashes with ${store.says}`))),
    );
  },
});
