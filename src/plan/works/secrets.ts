import type { Work } from '../work.ts';

export const secretsWorks = {
  secrets: {
    title: 'Take secrets out of the repository, and change them',
    phase: 'secrets',
    scope: 'service',
    skill: 'platform',
    controls: {
      'config/credentials-in-code': 'rotate',
      'config/committed-env': 'rotate',
      'config/app-secret': 'edit',
      'compose/default-secrets': 'edit',
      'container/secrets-in-image': 'configure',
      'k8s/secrets': 'configure',
      'config/default-admin': 'rework',
    },
  },
  'secret-store': {
    title: 'Keep secrets in a store made for them',
    phase: 'secrets',
    scope: 'repository',
    skill: 'platform',
    controls: { 'config/secret-store': 'build' },
  },
  settings: {
    title: 'Read settings from the environment, and stop without them',
    phase: 'secrets',
    scope: 'service',
    skill: 'code',
    controls: {
      'wiring/fail-safe-environment': 'edit',
      'config/db-from-env': 'edit',
      'config/machine-specific': 'edit',
      'wiring/settings-delivered': 'edit',
      'wiring/env-shadowing': 'edit',
      'config/validated-at-start': 'wire',
      'config/env-template': 'edit',
      'wiring/dead-settings': 'edit',
      'config/central-settings': 'rework',
      'config/build-time-env': 'rework',
      'config/environments': 'rework',
    },
  },
} as const satisfies Readonly<Record<string, Work>>;
