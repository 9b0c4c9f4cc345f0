import { known, type SessionCookie } from '../../model/index.ts';
import { defineControl, failOr, lowered, pass, place, unknown } from '../define.ts';

const flags = (cookie: SessionCookie) =>
  [
    ['Secure', cookie.secure],
    ['HttpOnly', cookie.httpOnly],
    ['SameSite', cookie.sameSite],
    ['a lifetime', cookie.bounded],
  ] as const;

export default defineControl({
  id: 'access/session-cookies',
  title: 'The session cookie is Secure, HttpOnly and SameSite, and ends',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for the flags of the cookie that holds the session, as the settings in force give them, and for an end of the session.',
  why: 'Without them the cookie travels in the clear, is read by any script on the page, and is sent along with requests of other sites.',
  remedy: 'Set Secure, HttpOnly and SameSite in the settings of production, and a lifetime.',
  sources: ['CATALOG access/session-cookies', 'OWASP ASVS 5.0 V3.3'],
  fix: 'auto',
  drill: 'cookie-flags',
  needs: ['sessionCookie'],

  applies: ({ facts }) =>
    facts.all('sessionCookie').some(cookie => cookie.reached !== 'no') || 'it sets no session cookie',

  judge: ({ facts }) => {
    const cookies = facts.all('sessionCookie').filter(cookie => cookie.reached !== 'no');
    const findings = cookies.flatMap(cookie => {
      const missing = flags(cookie)
        .filter(([, value]) => known(value) === false)
        .map(([name]) => name);
      const security = missing.filter(name => name !== 'a lifetime');
      if (missing.length === 0) return [];
      const finding = place(cookie.at, `the session cookie lacks ${missing.join(', ')}`);
      return [security.length > 0 ? finding : lowered(finding, 'its flags are set, only its end is not')];
    });
    const open = cookies.flatMap(cookie => flags(cookie)).find(([, value]) => value.state === 'unclear');
    if (findings.length === 0 && open) return unknown(`${open[0]} of the session cookie cannot be told`);
    return failOr(findings, pass(cookies.map(cookie => place(cookie.at, 'its flags are set'))));
  },
});
