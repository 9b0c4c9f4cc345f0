import type { Work } from '../work.ts';

export const deployWorks = {
  compose: {
    title: 'Make the compose file fit for production',
    phase: 'deploy',
    scope: 'repository',
    skill: 'platform',
    controls: {
      'compose/production-file': 'write',
      'compose/source-mount': 'edit',
      'compose/restart': 'edit',
      'compose/image-tag': 'edit',
      'compose/limits': 'edit',
    },
  },
  kubernetes: {
    title: 'Make the manifests fit for production',
    phase: 'deploy',
    scope: 'repository',
    skill: 'platform',
    controls: {
      'k8s/resources': 'configure',
      'k8s/security-context': 'configure',
      'k8s/replicas': 'configure',
      'k8s/image-tag': 'edit',
    },
  },
  target: {
    title: 'Describe the place where it runs, and the way back',
    phase: 'deploy',
    scope: 'repository',
    skill: 'platform',
    controls: {
      'deploy/target': 'build',
      'deploy/rollback': 'write',
      'wiring/limits-agree': 'edit',
      'ci/deploy': 'build',
    },
  },
} as const satisfies Readonly<Record<string, Work>>;
