import { defineControl, failOr, followed, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'wiring/fail-open',
  title: 'Access is refused when what the check needs is missing',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks at each check of access: it must refuse, not let everybody by, when its key or switch is not set.',
  why: 'One forgotten variable opens the service, and every test still passes.',
  remedy: 'Stop the start when the setting is missing, and let the check refuse in doubt.',
  sources: ['CATALOG wiring/fail-open', 'OWASP ASVS 5.0 V16.5'],
  fix: 'advice',
  drill: 'anonymous-access',
  needs: ['failOpen', 'guard'],

  applies: ({ facts }) =>
    facts.all('guard').some(guard => guard.reached !== 'no') || 'it has no access control',

  judge: ({ facts }) =>
    failOr(
      facts.all('failOpen').map(each => followed(place(each.at, each.says), each.way)),
      passEvery(
        facts
          .all('guard')
          .slice(0, 3)
          .map(guard => place(guard.at, `${guard.name} refuses in doubt`)),
      ),
    ),
});
