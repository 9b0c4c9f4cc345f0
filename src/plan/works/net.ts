import type { Work } from '../work.ts';

export const netWorks = {
  tests: {
    title: 'Write tests that say whether it works',
    phase: 'net',
    scope: 'service',
    skill: 'code',
    controls: { 'tests/present': 'build', 'tests/integration': 'build', 'tests/coverage-gate': 'edit' },
  },
  pipeline: {
    title: 'Let a pipeline check each change',
    phase: 'net',
    scope: 'repository',
    skill: 'platform',
    controls: {
      'ci/pipeline': 'write',
      'ci/valid-config': 'edit',
      'ci/tests': 'configure',
      'ci/scan': 'configure',
      'ci/image': 'configure',
      'ci/token-permissions': 'edit',
      'ci/pinned-actions': 'edit',
      'supply/updates': 'edit',
    },
  },
  'code-checks': {
    title: 'Check style and types by machine',
    phase: 'net',
    scope: 'repository',
    skill: 'code',
    controls: { 'tests/lint': 'configure', 'tests/types': 'rework' },
  },
  leftovers: {
    title: 'Finish or take out what is half done',
    phase: 'net',
    scope: 'service',
    skill: 'code',
    controls: {
      'code/broken-routes': 'rework',
      'code/stubs': 'rework',
      'supply/committed-artifacts': 'edit',
      'code/todo': 'rework',
    },
  },
} as const satisfies Readonly<Record<string, Work>>;
