import type { Target } from '../target.ts';
import { logShipping, managedStore, noCompose, noImage, noKubernetes, proxyWithTls } from './parts.ts';

export const vps: Target = {
  id: 'vps',
  leaves: [noKubernetes, noCompose, noImage],
  needs: [
    {
      id: 'unit',
      title: 'Let systemd run the service',
      question: 'Is there a unit that runs the service?',
      phase: 'deploy',
      severity: 'critical',
      skill: 'platform',
      effort: { low: 2, high: 8 },
      says: 'No unit of systemd and no configuration of supervisor was found.',
      steps: [
        'Write a unit: an own user, the start command, restart on failure, limits, hardening (ProtectSystem, NoNewPrivileges)',
        'Take secrets from an environment file that only the user of the service may read',
        'Install by script: virtual environment, locked packages, migrations, restart',
        'Keep the last version beside the new one, and a command that goes back',
      ],
      after: ['start-path'],
      needs: ['wiring/entrypoint-resolves'],
      answers: ['deploy/target'],
      isThere: found => (found.isDescribedIn(/\.service$|supervisor[\w.-]*\.(conf|ini)$/i) ? 'yes' : 'no'),
    },
    proxyWithTls([
      'Put nginx or Caddy in front, and bind the service to 127.0.0.1',
      'Have the certificate fetched and renewed by itself',
      'Send HTTP to HTTPS, and set Strict-Transport-Security',
    ]),
    {
      id: 'server',
      title: 'Harden the server',
      question: 'Is the server set up by code: firewall, updates, sign-in by key?',
      phase: 'deploy',
      severity: 'high',
      skill: 'platform',
      effort: { low: 4, high: 12 },
      says: 'How the server is set up stands outside of the repository.',
      steps: [
        'Open 443 and 80 only, and SSH for known addresses',
        'Install security updates by themselves',
        'Sign in by key, not as root',
      ],
      after: [],
      needs: [],
      answers: [],
      isThere: () => 'unclear',
    },
    managedStore('Run the database with backups', [
      'Decide whether it runs on the server or as a managed service',
      'Back it up by the clock, to another place, and restore it once',
    ]),
    logShipping(['Bound the journal', 'Send it to a place that outlives the server']),
  ],
};
