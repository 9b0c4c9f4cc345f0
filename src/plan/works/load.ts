import type { Work } from '../work.ts';

export const loadWorks = {
  processes: {
    title: 'Keep nothing that matters in one process',
    phase: 'load',
    scope: 'service',
    skill: 'code',
    controls: { 'server/state-in-process': 'rework', 'wiring/scheduled-work': 'configure' },
  },
  requests: {
    title: 'Bound what one request takes',
    phase: 'load',
    scope: 'service',
    skill: 'code',
    controls: {
      'api/pagination': 'rework',
      'server/outbound-timeouts': 'edit',
      'server/blocking-async': 'rework',
      'data/n-plus-one': 'rework',
      'server/background-work': 'build',
    },
  },
  caching: {
    title: 'Send less, and less often',
    phase: 'load',
    scope: 'service',
    skill: 'code',
    controls: {
      'api/compression': 'edit',
      'api/conditional-requests': 'wire',
      'perf/cache': 'rework',
      'perf/static-assets': 'configure',
    },
  },
  'load-test': {
    title: 'Find out what it bears',
    phase: 'load',
    scope: 'service',
    skill: 'code',
    controls: { 'tests/load': 'write' },
  },
} as const satisfies Readonly<Record<string, Work>>;
