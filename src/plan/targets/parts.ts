import type { ControlId } from '../../model/index.ts';
import type { Need, Target } from '../target.ts';

const K8S: readonly ControlId[] = [
  'k8s/probes',
  'k8s/resources',
  'k8s/security-context',
  'k8s/replicas',
  'k8s/image-tag',
  'k8s/tls',
];

/** Secrets in manifests and compose files stay a finding wherever the service runs: whoever reads the repository has them. */
export const noKubernetes: Target['leaves'][number] = {
  controls: K8S,
  because: 'only a cluster reads the manifests',
};

export const noCompose: Target['leaves'][number] = {
  controls: [
    'compose/production-file',
    'compose/source-mount',
    'compose/restart',
    'compose/limits',
    'compose/volumes',
    'compose/exposed-ports',
    'compose/image-tag',
    'compose/admin-surface',
  ],
  because: 'compose is for development then',
};

export const noImage: Target['leaves'][number] = {
  controls: [
    'container/dockerfile',
    'container/dockerignore',
    'container/builds',
    'container/runtime-libs',
    'container/non-root',
    'container/runs-as-user',
    'container/base-pinned',
    'container/multi-stage',
    'container/healthcheck',
    'container/healthcheck-works',
    'container/production-command',
    'container/locked-install',
    'ci/image',
  ],
  because: 'no image is run there',
};

/** Where nothing stands before the service, it has to be put there. A wrong one is found, and mended as a finding. */
export const proxyWithTls = (steps: readonly string[]): Need => ({
  id: 'tls',
  title: 'End TLS in front of the service',
  question: 'Does something end TLS in front of the service?',
  phase: 'surface',
  severity: 'high',
  skill: 'platform',
  effort: { low: 3, high: 10 },
  says: 'The repository configures nothing in front of the service, and this target brings nothing by itself.',
  steps,
  after: [],
  needs: [],
  answers: ['web/https'],
  isThere: found => (found.statuses('web/https').includes('unknown') ? 'no' : 'yes'),
});

/** Where logs go after they have left the process: no file of the repository has to say. */
export const logShipping = (steps: readonly string[]): Need => ({
  id: 'log-shipping',
  title: 'Keep the logs outside of the machine that writes them',
  question: 'Are the logs collected and kept outside of the machine that writes them?',
  phase: 'observe',
  severity: 'medium',
  skill: 'platform',
  effort: { low: 3, high: 10 },
  says: 'Logs go to the output of the process; whether anything collects them stands outside of the repository.',
  steps,
  after: ['logs'],
  needs: [],
  answers: [],
  isThere: () => 'unclear',
});

/** A database that production uses and the repository does not run. */
export const managedStore = (title: string, steps: readonly string[]): Need => ({
  id: 'store',
  title,
  question: 'Does the database that production uses have backups, and does somebody see to them?',
  phase: 'data',
  severity: 'high',
  skill: 'platform',
  effort: { low: 4, high: 16 },
  says: 'The service uses a database; where it runs in production and who backs it up stands outside of the repository.',
  steps,
  after: [],
  needs: [],
  answers: ['recovery/backups'],
  isThere: found => (found.statuses('recovery/backups').includes('unknown') ? 'unclear' : 'yes'),
});
