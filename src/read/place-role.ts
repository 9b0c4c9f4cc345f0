import type { PlaceRole, Repository } from '../model/index.ts';

/** What a file is in the way of a finding, by its name; the first that fits. */
const BY_PATH: readonly (readonly [RegExp, PlaceRole])[] = [
  [/(^|\/)([\w.-]*Dockerfile[\w.-]*|Containerfile[\w.-]*)$/i, 'image'],
  [/(^|\/)([\w.-]*compose[\w.-]*)\.ya?ml$/i, 'compose'],
  [
    /(^|\/)(\.github\/workflows\/.+|\.gitlab-ci[\w.-]*\.ya?ml|\.circleci\/.+|azure-pipelines[\w.-]*\.ya?ml|Jenkinsfile[\w.-]*)$/i,
    'pipeline',
  ],
  [/(^|\/)(\.?(flask)?env([._-][\w.-]+)?|[\w.-]+\.env)$/i, 'environment'],
  [/\.(tf|tfvars|hcl|bicep)$/i, 'platform'],
  [
    /(^|\/)(Procfile|fly\.toml|render\.ya?ml|railway\.(json|toml)|vercel\.json|netlify\.toml|app\.ya?ml|[\w.-]+\.service|supervisord?\.conf)$/i,
    'platform',
  ],
  [/(^|\/)(nginx|apache|httpd|traefik|haproxy)[^/]*(\/|$)|(^|\/)Caddyfile$/i, 'proxy'],
  [
    /(^|\/)(requirements[\w.-]*\.(txt|in)|pyproject\.toml|setup\.(py|cfg)|Pipfile|package\.json|[\w.-]*lock([\w.-]*\.(json|ya?ml))?)$/i,
    'dependencies',
  ],
  [/\.(sql|prisma)$/i, 'database'],
  [/\.(md|markdown|rst|txt|adoc)$/i, 'document'],
  [
    /(^|\/)(settings|config|configuration|conf)(\/.+)?\.(py|[cm]?[jt]sx?|ini|cfg|toml|json|ya?ml)$/i,
    'settings',
  ],
  [/\.(ini|cfg|conf|toml|properties)$/i, 'settings'],
  [
    /\.(py|pyi|[cm]?[jt]sx?|vue|svelte|html?|jinja2?|j2|ejs|eta|hbs|handlebars|mustache|njk|nunjucks|pug|jade|liquid|sh|bash)$/i,
    'code',
  ],
];

/** What kind of file a place stands in. Manifests are told by what stands in them. */
export function roleOfPlace(repository: Repository, path: string): PlaceRole {
  if (/\.(ya?ml|tpl)$/i.test(path)) {
    const text = repository.file(path)?.text ?? '';
    if (/^apiVersion:/m.test(text) && /^kind:/m.test(text)) return 'manifest';
    if (/(^|\/)(templates\/.+|values[\w.-]*\.ya?ml)$/i.test(path)) return 'manifest';
  }
  return BY_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? 'file';
}
