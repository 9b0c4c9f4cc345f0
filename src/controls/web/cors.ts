import type { CorsPolicy, Finding } from '../../model/index.ts';
import { defineControl, fail, followed, lowered, passEvery, place, unknown } from '../define.ts';

function findingOf({ at, name, says, overridden, credentials, reached, way }: CorsPolicy): Finding {
  const finding = followed(place(at, `${name} ${says}`), way);
  if (reached === 'unclear') return lowered(finding, 'it cannot be told whether production applies it');
  if (overridden) return lowered(finding, 'every production start sets other origins');
  return credentials === 'yes' ? finding : lowered(finding, 'it is without credentials');
}

export default defineControl({
  id: 'web/cors',
  title: 'Only known origins may read what the service answers',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks at every place that lets other origins in: fails for the wildcard, for an origin that is sent back unchecked, and for a default that is one of them.',
  why: 'Any page that a user opens can then call the service in their name and read the answers.',
  remedy: 'Name the origins in a setting without a default, and send the header to those only.',
  sources: ['CATALOG web/cors', 'OWASP ASVS 5.0 V3.4', 'CWE-942'],
  fix: 'auto',
  drill: 'cors',
  needs: ['corsPolicy'],

  applies: ({ facts }) =>
    facts.all('corsPolicy').some(({ reached }) => reached !== 'no') ||
    'CORS is configured nowhere that production comes by',

  judge: ({ facts }) => {
    const policies = facts.all('corsPolicy').filter(({ reached }) => reached !== 'no');
    const open = policies.filter(({ origins }) => origins === 'any' || origins === 'reflected');
    if (open.length > 0) return fail(open.map(findingOf));
    const doubt = policies.find(({ origins }) => origins === 'unclear');
    if (doubt) return unknown(`${doubt.at.path}:${doubt.at.startLine} ${doubt.name} ${doubt.says}`);
    return passEvery(policies.map(({ at, name, says }) => place(at, `${name} ${says}`)));
  },
});
