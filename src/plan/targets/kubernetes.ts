import type { Target } from '../target.ts';
import { logShipping, managedStore, noCompose, proxyWithTls } from './parts.ts';

const tls = proxyWithTls([
  'Let the Ingress or Gateway end TLS',
  'Have cert-manager or the platform fetch and renew the certificate',
  'Send HTTP to HTTPS, and set Strict-Transport-Security',
]);

export const kubernetes: Target = {
  id: 'kubernetes',
  leaves: [noCompose],
  needs: [
    {
      id: 'manifests',
      title: 'Write manifests or a Helm chart',
      question: 'Are there manifests for the service?',
      phase: 'deploy',
      severity: 'critical',
      skill: 'platform',
      effort: { low: 8, high: 30 },
      says: 'No Kubernetes workload was found: manifests, a chart and overlays were looked for.',
      steps: [
        'A Deployment for each service, with the version of its image',
        'Readiness and liveness probes, requests, and a limit of memory',
        'A security context: no root, no gained privileges, capabilities dropped',
        'Two replicas or an autoscaler, with a disruption budget',
        'A Service, and an Ingress or Gateway with TLS',
        'Settings in a ConfigMap, secrets by reference',
        'Values for each environment (overlays, or files of values)',
      ],
      after: ['image'],
      needs: ['container/dockerfile'],
      answers: ['deploy/target', 'web/https'],
      isThere: found => (found.applies('k8s') ? 'yes' : 'no'),
    },
    {
      ...tls,
      // Manifests that are still to be written bring theirs.
      isThere: found => (found.applies('k8s') ? tls.isThere(found) : 'yes'),
    },
    managedStore('Decide where the database runs, with backups', [
      'Take a managed database, or an operator with backups',
      'Back it up by the clock, to another place, and restore it once',
    ]),
    logShipping([
      'Collect the output of the containers (an agent on each node)',
      'Send it to a place that outlives the cluster',
      'State how long logs are kept',
    ]),
  ],
};
