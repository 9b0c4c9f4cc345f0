import { absence, defineControl, failOr, lowered, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'observe/sensitive-logs',
  title: 'No password, token or whole request stands in a log',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows what log lines and prints on the path of production are given: request bodies and headers, secrets from the environment, and values kept as passwords or tokens.',
  why: 'Logs are kept for long and read by many: whoever reads them signs in as somebody else.',
  remedy:
    'Log identifiers, not contents; mask what must be shown, and filter the keys of bodies and headers.',
  sources: ['CATALOG observe/sensitive-logs', 'OWASP ASVS 5.0 V16.2', 'CWE-532'],
  fix: 'advice',
  drill: 'none',
  needs: ['logCall'],

  applies: () => true,

  judge: ({ facts }) => {
    const lines = facts.all('logCall').filter(({ reached, inCommand }) => reached === 'yes' && !inCommand);
    return failOr(
      lines.flatMap(({ tells, isDebug }) =>
        tells.map(({ at, what, says }) => {
          const finding = place(at, `logs ${what}: ${says}`);
          return isDebug ? lowered(finding, 'only when the level is DEBUG') : finding;
        }),
      ),
      passEvery([absence('log line that tells a secret', facts.searched('logCall'))]),
    );
  },
});
