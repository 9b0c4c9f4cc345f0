import type { Finding, Script, StartPath } from '../../model/index.ts';
import { absence, defineControl, failOr, lowered, passEvery, place } from '../define.ts';

const ENV_FILE = /(^|\/)\.env(\.[\w-]+)?$/;

/** `cat .env`, `printenv`: what a launcher prints stands in the log of the container. */
function printed(scripts: readonly Script[], paths: readonly StartPath[]): readonly Finding[] {
  const launchers = new Set(
    paths.flatMap(({ command, way }) =>
      command.stage === 'development' ? [] : way.map(({ at }) => at.path),
    ),
  );
  return scripts
    .filter(({ path }) => launchers.has(path))
    .flatMap(({ commands }) => commands)
    .filter(({ isDiverted }) => !isDiverted)
    .flatMap(({ at, words: [program = '', ...rest] }) => {
      const file = program === 'cat' ? rest.find(word => ENV_FILE.test(word)) : undefined;
      const isAll = /^(printenv|env)$/.test(program) && rest.length === 0;
      return file || isAll ? [place(at, `the launcher prints ${file ?? 'its whole environment'}`)] : [];
    });
}

export default defineControl({
  id: 'observe/sensitive-logs',
  title: 'No password, token or whole request stands in a log',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows what log lines and prints on the path of production are given: request bodies and headers, secrets from the environment, and values kept as passwords or tokens. What a launcher prints of its environment counts.',
  why: 'Logs are kept for long and read by many: whoever reads them signs in as somebody else.',
  remedy:
    'Log identifiers, not contents; mask what must be shown, and filter the keys of bodies and headers.',
  sources: ['CATALOG observe/sensitive-logs', 'OWASP ASVS 5.0 V16.2', 'CWE-532'],
  fix: 'advice',
  drill: 'none',
  needs: ['logCall', 'script', 'startPath'],

  applies: () => true,

  judge: ({ facts }) => {
    const lines = facts.all('logCall').filter(({ reached, inCommand }) => reached === 'yes' && !inCommand);
    return failOr(
      [
        ...printed(facts.all('script'), facts.all('startPath')),
        ...lines.flatMap(({ tells, isDebug }) =>
          tells.map(({ at, what, says }) => {
            const finding = place(at, `logs ${what}: ${says}`);
            return isDebug ? lowered(finding, 'only when the level is DEBUG') : finding;
          }),
        ),
      ],
      passEvery([absence('log line that tells a secret', facts.searched('logCall'))]),
    );
  },
});
