import { topic } from '../topic.ts';

/** Settings and secrets. */
export const config = [
  topic(
    'required secret key',
    ['config/app-secret'],
    [
      'secret key (is) required|mandatory|enforced|enforcement|validated',
      'requires|require secret key',
      'secret key from|via ~ environment|env',
      'secret key loaded|read|comes|set from|via ~ environment|env',
      'no fallback|default (for) secret key',
      'no default|hardcoded secret key',
      'secret key management',
      'proper secret key management',
      'refuses to start without secret key',
    ],
    {
      denials: [
        'weak|hardcoded|default|insecure secret key',
        'secret key (is) hardcoded',
        'hardcoded secret key',
        'weak secret',
      ],
      other: ['secret key rotation'],
    },
  ),
  topic(
    'no secrets in the code',
    [
      'config/credentials-in-code',
      'config/app-secret',
      'config/default-admin',
      'compose/default-secrets',
      'k8s/secrets',
    ],
    [
      'no|zero hardcoded|hardcode ~ secret*|credential*|password*|key*|token*',
      'no|zero hard coded ~ secret*|credential*|password*|key*|token*',
      'no secrets|credentials|passwords in ~ code|source|repository|repo|codebase',
      'remove*|removed ~ hardcoded|hard ~ secret*|credential*|password*|key*',
      'secrets ~ never in code',
      'all secrets|credentials ~ environment|env',
      'secrets in|from|via environment variables',
      'secrets are|is not hardcoded|hardcode*',
    ],
    {
      universal: true,
      denials: [
        'hardcoded ~ secret*|credential*|password*|token*',
        'hard coded ~ secret*|credential*|password*|token*',
        'credentials|secrets|passwords in ~ code|source',
      ],
      other: [
        'hardcoded database config*|connection*',
        'secrets in dotenv',
        'secrets in|via docker|compose|kubernetes',
      ],
    },
  ),
  topic(
    'no env file in the repository',
    ['config/committed-env'],
    [
      'secrets|dotenv ~ not|never committed',
      'secrets never committed',
      'never|not commit* ~ dotenv|secrets',
      'dotenv ~ gitignored|untracked',
      'no dotenv ~ committed',
      'keeps|keep dotenv out of git|version',
    ],
    {
      universal: true,
      denials: [
        'dotenv ~ committed ~ git|repository|repo',
        'committed dotenv',
        'secrets committed ~ git|repository|repo',
      ],
      other: ['no dotenv file'],
    },
  ),
  topic(
    'no default credentials',
    ['config/default-admin'],
    [
      'no|remove*|removed|change*|changed|replaced default credential*|password*|admin',
      'default ~ credentials|passwords changed|removed|replaced',
      'no default admin|account*|user*',
      'replace|remove ~ default credentials',
    ],
    {
      universal: true,
      denials: ['default credential*|password*', 'default admin password|account|credential*'],
    },
  ),
  topic(
    'template of the environment',
    ['check:env-template'],
    [
      'dotenv.example',
      'dotenv.template',
      'env.template',
      'env.example',
      'dotenv.sample',
      'dotenv template|example',
    ],
    { other: ['cp|copy|mv ~ dotenv.example|dotenv.template|env.example'] },
  ),
  topic(
    'settings checked at the start',
    ['config/validated-at-start'],
    [
      'config*|configuration|settings|environment|env ~ validat* ~ startup|start|boot',
      'validates ~ on|at startup|start|boot',
      'fail* fast ~ missing|unset|required',
      'startup validation',
      'refuses to start without',
    ],
  ),
  topic(
    'settings of each environment',
    ['config/environments'],
    ['environment based|specific config*', 'environment specific settings', 'per environment config*'],
  ),
  topic(
    'database address from the environment',
    ['config/db-from-env'],
    [
      'database url|config*|settings|connection ~ environment|env',
      'database url configured|configurable',
      'env* ~ database config*',
    ],
    {
      denials: [
        'hardcoded database|db config*|connection*|credential*|string*|host',
        'hard coded database|db config*|connection*|credential*',
        'database connection string hardcod*',
      ],
    },
  ),
  topic(
    'secret store',
    ['config/secret-store'],
    ['secret* manager', 'secret* management', 'vault', 'key vault', 'secret store'],
    { other: ['secret key management', 'vault for'] },
  ),
];
