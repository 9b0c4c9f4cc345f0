import type { Need, Target } from '../target.ts';
import { logShipping, managedStore, noCompose, noImage, noKubernetes } from './parts.ts';

const tlsOfPlatform: Target['leaves'][number] = {
  controls: ['web/https'],
  because: 'the platform ends TLS and sends HTTP to HTTPS',
};

const described = (platform: string, files: RegExp, steps: readonly string[]): Need => ({
  id: 'platform-file',
  title: `Describe the service for ${platform}`,
  question: `Is the service described for ${platform}?`,
  phase: 'deploy',
  severity: 'critical',
  skill: 'platform',
  effort: { low: 2, high: 8 },
  says: `No file for ${platform} was found.`,
  steps,
  after: ['start-path'],
  needs: ['wiring/entrypoint-resolves'],
  answers: ['deploy/target'],
  isThere: found => (found.isDescribedIn(files) ? 'yes' : 'no'),
});

const store = managedStore('Use a managed database with backups', [
  'A managed database: the disk of the platform does not last',
  'Backups with a stated retention, and one restore',
]);

const shipping = logShipping([
  'Connect a drain: the platform keeps lines for a short time only',
  'State how long they are kept',
]);

export const vercel: Target = {
  id: 'vercel',
  leaves: [
    noKubernetes,
    noCompose,
    noImage,
    tlsOfPlatform,
    {
      controls: [
        'server/production-server',
        'server/workers',
        'server/request-timeout',
        'server/graceful-shutdown',
      ],
      because: 'the platform starts, scales and stops functions by itself',
    },
  ],
  needs: [
    described('Vercel', /(^|\/)(vercel|now)\.(json|ts)$/, [
      'Write vercel.json: build, routes, functions and their longest time',
      'Enter settings and secrets for each environment in the project',
      'Keep nothing on disk or in memory between requests',
    ]),
    store,
    shipping,
  ],
};

export const railway: Target = {
  id: 'railway',
  leaves: [noKubernetes, noCompose, tlsOfPlatform],
  needs: [
    described('Railway', /(^|\/)(railway\.(json|toml)|Procfile|nixpacks\.toml|Dockerfile)$/, [
      'Write railway.toml or railway.json: how it is built, the start command, the path of the health check',
      'Enter settings and secrets for each environment in the project',
      'Give a volume or a managed database to what must last',
    ]),
    store,
    shipping,
  ],
};
