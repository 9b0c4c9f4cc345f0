import type { Target } from '../target.ts';
import { logShipping, managedStore, noKubernetes, proxyWithTls } from './parts.ts';

export const docker: Target = {
  id: 'docker',
  leaves: [noKubernetes],
  needs: [
    {
      id: 'compose-file',
      title: 'Describe production in a compose file',
      question: 'Is there a compose file for production?',
      phase: 'deploy',
      severity: 'critical',
      skill: 'platform',
      effort: { low: 3, high: 10 },
      says: 'No compose file describes the service.',
      steps: [
        'Write a compose file for production alone, with the image by its version',
        'Take secrets from the environment or from Docker secrets, without defaults',
        'Give each service a restart policy, limits, a health check and volumes for its data',
        'Publish the port of the proxy only',
      ],
      after: ['image'],
      needs: ['container/dockerfile'],
      answers: ['deploy/target', 'compose/production-file'],
      isThere: found => (found.applies('compose') ? 'yes' : 'no'),
    },
    proxyWithTls([
      'Put a proxy (Caddy, Traefik, nginx) in front, as the only one with published ports',
      'Have it fetch and renew a certificate by itself',
      'Send HTTP to HTTPS, and set Strict-Transport-Security',
    ]),
    managedStore('Run the database with backups', [
      'Decide whether the database runs in compose or as a managed service',
      'Back it up by the clock, to another place, and restore it once',
    ]),
    logShipping([
      'Bound the log files of the engine (max-size, max-file)',
      'Send them to a place that outlives the machine',
      'State how long they are kept',
    ]),
  ],
};
