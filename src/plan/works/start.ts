import type { Work } from '../work.ts';

export const startWorks = {
  'start-path': {
    title: 'Make the start command work',
    phase: 'start',
    scope: 'service',
    skill: 'code',
    controls: {
      'wiring/entrypoint-resolves': 'edit',
      'wiring/imports-resolve': 'rework',
      'supply/declared': 'edit',
      'container/builds': 'edit',
      'container/runtime-libs': 'configure',
      'container/runs-as-user': 'configure',
      'wiring/dependency-address': 'edit',
    },
  },
  'production-server': {
    title: 'Start a production server, with debugging off',
    phase: 'start',
    scope: 'service',
    skill: 'code',
    controls: {
      'server/production-server': 'configure',
      'container/production-command': 'edit',
      'server/debug-off': 'edit',
      'server/workers': 'edit',
      'server/request-timeout': 'edit',
      'server/graceful-shutdown': 'configure',
    },
  },
  versions: {
    title: 'Fix the versions of what is installed',
    phase: 'start',
    scope: 'service',
    skill: 'code',
    controls: {
      'supply/pinned': 'configure',
      'container/locked-install': 'edit',
      'container/base-pinned': 'edit',
      'supply/runtime-supported': 'rework',
      'supply/vulnerable': 'rework',
      'supply/dev-split': 'edit',
    },
  },
  image: {
    title: 'Build an image that is fit for production',
    phase: 'start',
    scope: 'service',
    skill: 'platform',
    controls: {
      'container/dockerfile': 'write',
      'container/dockerignore': 'edit',
      'container/non-root': 'configure',
      'container/multi-stage': 'configure',
    },
  },
} as const satisfies Readonly<Record<string, Work>>;
