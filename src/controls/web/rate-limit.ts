import { servesHttp } from '../../model/index.ts';
import {
  absence,
  defineControl,
  fail,
  followed,
  lowered,
  pass,
  place,
  searchedFor,
  unknown,
} from '../define.ts';

export default defineControl({
  id: 'web/rate-limit',
  title: 'Callers who ask too often are slowed down',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks whether a limiter is attached to the app and limits its routes, or whether the proxy in the repository limits them.',
  why: 'One script is enough to guess passwords, to empty a quota, or to keep every worker busy.',
  remedy: 'Attach a limiter with default limits to the app, or set a limit at the proxy or ingress.',
  sources: ['CATALOG web/rate-limit', 'OWASP ASVS 5.0 V2.4', 'OWASP API Security Top 10 2023 API4'],
  fix: 'auto',
  drill: 'burst',
  needs: ['rateLimit', 'route', 'startPath'],

  applies: ({ facts }) =>
    servesHttp(facts.all('route'), facts.all('startPath')) || 'it answers no requests over the network',

  judge: ({ facts }) => {
    const limits = facts.all('rateLimit');
    const wired = limits.filter(limit => limit.wired === 'yes');
    const whole = wired.filter(({ covers }) => covers === 'app');
    if (whole.length > 0) return pass(whole.map(({ at, name }) => place(at, `${name} limits every route`)));
    const some = wired.filter(({ covers }) => covers === 'routes');
    if (some.length > 0)
      return fail(
        some.map(({ at, name, covered }) =>
          lowered(
            place(at, `${name} limits only some routes`),
            covered.length > 0
              ? `it covers ${covered.slice(0, 3).join(', ')}`
              : 'it covers the routes that are marked',
          ),
        ),
      );
    const doubt = limits.find(limit => limit.wired === 'unclear' && limit.covers !== 'none');
    if (doubt)
      return unknown(
        `it cannot be told whether ${doubt.name} at ${doubt.at.path}:${doubt.at.startLine} is attached`,
      );
    if (limits.length > 0)
      return fail(
        limits.map(({ at, name, missing, way }) =>
          followed(
            place(
              at,
              missing
                ? `${name} is present and not attached: ${missing}`
                : `${name} is attached and limits nothing: it has no default limits, and no route is marked`,
            ),
            way,
          ),
        ),
      );
    return fail([absence('rate limit in code or at a gateway', searchedFor(facts, 'rateLimit'))]);
  },
});
