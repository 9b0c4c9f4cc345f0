import { composeSecrets, type ComposeService } from '../../model/index.ts';
import { defineControl, failOr, lowered, passEvery, place } from '../define.ts';

const rank = ({ stage }: ComposeService): number => (stage === 'development' ? 1 : 0);

export default defineControl({
  id: 'compose/default-secrets',
  title: 'No secret in a compose file is a literal or has a literal default',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks for secret values that stand in a compose file, or that apply when nobody sets the variable.',
  why: 'The default is what runs in production when somebody forgets the variable, and everybody can read it.',
  remedy: 'Write ${NAME:?set it} so that a missing value stops the start, or use Docker secrets.',
  sources: ['CATALOG compose/default-secrets', 'OWASP ASVS 5.0 V13.3'],
  fix: 'auto',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) => facts.has('composeService') || 'it has no compose file',

  judge: ({ facts }) => {
    const all = facts.all('composeService');
    // The same file may be used alone and merged into another one: what it is worst for counts.
    const worstFirst = all.toSorted((one, other) => rank(one) - rank(other));
    const findings = worstFirst.flatMap(service =>
      composeSecrets(service).map(({ at, says }) =>
        service.stage === 'development'
          ? lowered(place(at, says), 'the file is for development')
          : place(at, says),
      ),
    );
    return failOr(
      findings,
      passEvery(
        all.slice(0, 3).map(service => place(service.at, `${service.name} gets its secrets from outside`)),
      ),
    );
  },
});
