import { literalTexts, type AccountPassword, type Finding } from '../../model/index.ts';
import { defineControl, failOr, lowered, passEvery, place, followed } from '../define.ts';

function findingFor({ at, callee, how, password, reached }: AccountPassword): readonly Finding[] {
  if (literalTexts(password).length === 0) return [];
  const isFallback = password.kind !== 'literal';
  const text =
    how === 'compared'
      ? `a login is compared with a password ${isFallback ? 'that falls back to a literal' : 'in the code'} (${callee})`
      : `${callee} makes an account whose password ${isFallback ? 'falls back to a literal' : 'is a literal'}`;
  const written = password.at.path === at.path && password.at.startLine === at.startLine;
  const finding = followed(place(at, text), written ? [] : [{ at: password.at, says: 'the password' }]);
  return [reached === 'no' ? lowered(finding, 'no production start path comes by this line') : finding];
}

export default defineControl({
  id: 'config/default-admin',
  title: 'No account has a built-in password',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks where accounts are made, seeded or compared with, for passwords that are literals or fall back to one when a variable is not set.',
  why: 'The first thing that anybody tries is the password that stands in the code, and it opens every installation.',
  remedy:
    'Ask for the first password when the account is made, or take it from the environment and stop when it is missing.',
  sources: ['CATALOG config/default-admin', 'OWASP ASVS 5.0 V6.3', 'CWE-1392'],
  fix: 'advice',
  drill: 'default-login',
  needs: ['accountPassword'],

  applies: ({ facts }) => facts.has('accountPassword') || 'it makes no accounts',

  judge: ({ facts }) => {
    const all = facts.all('accountPassword');
    return failOr(
      all.flatMap(findingFor),
      passEvery(
        all
          .filter(({ reached }) => reached !== 'no')
          .slice(0, 5)
          .map(({ at, callee }) => place(at, `${callee} gets the password from who makes the account`)),
      ),
    );
  },
});
