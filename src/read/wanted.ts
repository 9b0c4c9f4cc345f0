/** Files that some parser could want. The names of all others are known, their text is not read. */
const ENDINGS =
  /\.(py|pyi|[cm]?[jt]sx?|css|ya?ml|toml|ini|cfg|conf|json5?|jsonc|sql|sh|bash|env|md|markdown|rst|txt|in|html?|jinja2?|j2|vue|svelte|ejs|eta|hbs|handlebars|mustache|njk|nunjucks|pug|jade|liquid|tf|tfvars|hcl|service|timer|socket|template|tmpl|tpl|properties|prisma|graphql|pem|key|crt|lock|gradle|xml|bat|ps1|mk|nix|rules|cron|example|sample|dist|mako)$/i;

const NAMES =
  /(^|\/)(\.?(env|flaskenv)([.-][\w.-]+)?|[\w.-]*[Dd]ockerfile[\w.-]*|Containerfile[\w.-]*|Procfile[\w.-]*|Makefile|makefile|GNUmakefile|Justfile|justfile|Taskfile|Pipfile|Jenkinsfile|Caddyfile|Vagrantfile|Gemfile|README|LICENSE|CODEOWNERS|crontab|\.gitignore|\.dockerignore|\.containerignore|\.gitmodules|\.gitattributes|\.nvmrc|\.node-version|\.python-version|\.tool-versions|\.npmrc|\.replit|\.babelrc|\.renovaterc|\.eslintrc|\.prettierrc|\.flake8|\.coveragerc|\.pylintrc|supervisord|runtime\.txt|\.pypirc|\.netrc|\.pgpass|\.htpasswd|id_(rsa|dsa|ecdsa|ed25519))$|(^|\/)(sites-(available|enabled)|cron\.d)\/[^/]+$|(^|\/)\.aws\/credentials$/;

const LOCKS =
  /(^|\/)(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Pipfile\.lock|pdm\.lock|bun\.lock|Cargo\.lock)$/;

/** Code that tools wrote for browsers: nobody reads it, and its lines are endless. */
const MINIFIED = /\.(min|bundle|chunk)\.[cm]?js$|\.map$|\.min\.css$/;

export const isLock = (path: string): boolean => LOCKS.test(path);

export type Wanted = 'yes' | 'no' | 'maybe-script' | 'minified';

export function wantedText(path: string): Wanted {
  if (MINIFIED.test(path)) return 'minified';
  if (ENDINGS.test(path) || NAMES.test(path)) return 'yes';
  const name = path.slice(path.lastIndexOf('/') + 1);
  // A launcher such as `bin/docker-entrypoint` has no ending; its first two bytes tell.
  return name.includes('.') ? 'no' : 'maybe-script';
}
