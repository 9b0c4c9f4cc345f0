import { isPlaceholder, literalTexts, type Finding } from '../../model/index.ts';
import { defineControl, failOr, lowered, passEvery, place } from '../define.ts';

const SECRET =
  /(SECRET|PASSWORD|PASSWD|_PASS$|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|CREDENTIAL)/i;
const HARMLESS =
  /(_FILE|_PATH|_URL|_URI|_NAME|_HEADER|_ALGORITHM|_HASH_METHOD|EXPIR\w*|_TTL|_LENGTH|_ID|ALLOW_EMPTY_PASSWORD|ALLOW_ANONYMOUS\w*)$/i;
const IN_URL = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:([^\s@/]+)@/i;

const isSecret = (name: string, text: string): boolean =>
  (SECRET.test(name) &&
    !HARMLESS.test(name) &&
    !isPlaceholder(text) &&
    !/^(true|false|\d{1,2}|yes|no)$/i.test(text)) ||
  (IN_URL.test(text) && !isPlaceholder(IN_URL.exec(text)?.[1] ?? ''));

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
    const findings = all.flatMap(service =>
      Object.entries(service.environment).flatMap(([name, term]): Finding[] => {
        if (!literalTexts(term).some(text => isSecret(name, text))) return [];
        const how = term.kind === 'literal' ? 'is a literal' : 'falls back to a literal';
        const finding = place(term.at, `${name} of ${service.name} ${how}`);
        return [service.stage === 'development' ? lowered(finding, 'the file is for development') : finding];
      }),
    );
    return failOr(
      findings,
      passEvery(
        all.slice(0, 3).map(service => place(service.at, `${service.name} gets its secrets from outside`)),
      ),
    );
  },
});
