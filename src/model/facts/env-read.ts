import type { Location } from '../location.ts';
import type { EnvTerm } from '../term.ts';
import type { Truth } from '../value.ts';

/** One place where code reads an environment variable. */
export interface EnvRead {
  readonly kind: 'envRead';
  readonly at: Location;
  readonly term: EnvTerm;
  readonly reached: Truth;
  /** Whether it runs when its module is imported (and so at start), or only later inside a function. */
  readonly when: 'start' | 'later';
  /** The code itself says that it may be missing: `None` as default, or a question whether it is there. */
  readonly isOptional: boolean;
  /** What its value is kept as, for people: `DB_PASSWORD`, `Settings.database_url`; empty when used in place. */
  readonly keptAs: string;
}

/** What the platform, the shell or the command that starts the service sets by itself. */
const PROVIDED =
  /^(PORT|HOST|HOSTNAME|HOME|PATH|USER|USERNAME|LOGNAME|PWD|SHELL|LANG|LC_\w+|TZ|TERM|COLUMNS|DISPLAY|TMP|TEMP|TMPDIR|EDITOR|CI|NO_COLOR|VIRTUAL_ENV|CONDA_\w+|PYTHON\w+|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|SYSTEMROOT|WINDIR|USERPROFILE|COMPUTERNAME|COMSPEC|PATHEXT|PROCESSOR_\w+|OS|LD_LIBRARY_PATH|MANPATH|SUDO_\w+|SSH_\w+|DBUS_\w+|WAYLAND_DISPLAY|XDG_\w+|DYNO|HEROKU_\w+|RENDER(_\w+)?|FLY_\w+|RAILWAY_\w+|VERCEL(_\w+)?|REPL_\w+|REPLIT_\w+|K_SERVICE|K_REVISION|GAE_\w+|GOOGLE_CLOUD_PROJECT|AWS_(LAMBDA|EXECUTION|REGION|DEFAULT_REGION)\w*|WEBSITE_\w+|KUBERNETES_\w+|POD_\w+|NODE_NAME|NODE_ENV|GITHUB_\w+|GITLAB_\w+|BUILD_\w+|WERKZEUG_\w+|GUNICORN_\w+|SERVER_SOFTWARE|PYTEST_\w+|INVOCATION_ID|JOURNAL_STREAM|NOTIFY_SOCKET|TEST(ING)?_\w+|DJANGO_SETTINGS_MODULE|RUN_MAIN|FLASK_RUN_FROM_CLI|UVICORN_\w+|WEB_CONCURRENCY|SSL_CERT_\w+|HTTPS?_PROXY|NO_PROXY)$/i;

export const isProvided = (name: string): boolean => PROVIDED.test(name);
