import type { EnvRead } from '../../model/index.ts';
import { absence, defineControl, failOr, onProductionPath, pass, place } from '../define.ts';

/** What the platform or the shell sets by itself. */
const PROVIDED =
  /^(PORT|HOST|HOSTNAME|HOME|PATH|USER|USERNAME|LOGNAME|PWD|SHELL|LANG|LC_\w+|TZ|TERM|COLUMNS|DISPLAY|TMP|TEMP|TMPDIR|EDITOR|CI|NO_COLOR|VIRTUAL_ENV|CONDA_\w+|PYTHON\w+|APPDATA|LOCALAPPDATA|PROGRAMDATA|SYSTEMROOT|XDG_\w+|DYNO|HEROKU_\w+|RENDER(_\w+)?|FLY_\w+|RAILWAY_\w+|VERCEL(_\w+)?|REPL_\w+|REPLIT_\w+|K_SERVICE|K_REVISION|GAE_\w+|GOOGLE_CLOUD_PROJECT|AWS_(LAMBDA|EXECUTION|REGION|DEFAULT_REGION)\w*|WEBSITE_\w+|KUBERNETES_\w+|POD_\w+|NODE_NAME|GITHUB_\w+|GITLAB_\w+|BUILD_\w+|WERKZEUG_\w+|GUNICORN_\w+|SERVER_SOFTWARE|PYTEST_\w+|INVOCATION_ID|JOURNAL_STREAM|NOTIFY_SOCKET|TEST(ING)?_\w+|DJANGO_SETTINGS_MODULE|RUN_MAIN|UVICORN_\w+|WEB_CONCURRENCY|SSL_CERT_\w+|HTTPS?_PROXY|NO_PROXY)$/i;

/** Reads without a default, one of each name: required ones first, then in the order of the code. */
function wantedOf(reads: readonly EnvRead[]): readonly EnvRead[] {
  const open = reads.filter(
    ({ term, keptAs }) =>
      term.fallback === undefined &&
      !PROVIDED.test(term.name) &&
      // A field of a settings class that need not be given says so itself.
      (term.required || !keptAs.includes('.')),
  );
  const sorted = [...open.filter(({ term }) => term.required), ...open.filter(({ term }) => !term.required)];
  return [...new Map(sorted.toReversed().map(read => [read.term.name, read] as const)).values()].toReversed();
}

export default defineControl({
  id: 'config/env-template',
  title: 'A template names every variable that has no default',
  severity: 'medium',
  stage: 'stable',
  asks: 'Compares the variables that reachable code reads without a default with the env templates of the repository (.env.example, .env.template, .env.sample).',
  why: 'Who sets up the service elsewhere learns of a variable only when something fails without it.',
  remedy: 'Add the missing names to the template, with a word on what they are for and without real values.',
  sources: ['CATALOG config/env-template', '12-factor III'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['envRead', 'envFile'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('envRead')).length > 0 || 'it reads no environment variables',

  judge: ({ facts }) => {
    const templates = facts.all('envFile').filter(({ isTemplate }) => isTemplate);
    const named = new Set(
      templates.flatMap(({ entries, commented }) =>
        [...entries, ...commented].map(({ name }) => name.toUpperCase()),
      ),
    );
    const where = templates.map(({ path }) => path).join(' and ');
    const wanted = wantedOf(onProductionPath(facts.all('envRead')));
    const findings = wanted
      .filter(({ term }) => !named.has(term.name.toUpperCase()))
      .map(({ at, term }) =>
        place(
          at,
          `${term.name} is read here without a default${term.required ? ' and required' : ''}, and ${where === '' ? 'there is no env template' : `${where} does not name it`}`,
        ),
      );
    return failOr(
      findings,
      pass(
        templates.length > 0
          ? templates.map(({ at }) => place(at, `names all ${wanted.length} variables that have no default`))
          : [absence('variable that is read without a default', facts.searched('envRead'))],
      ),
    );
  },
});
