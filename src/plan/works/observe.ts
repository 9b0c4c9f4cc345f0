import type { Work } from '../work.ts';

export const observeWorks = {
  health: {
    title: 'Let the platform see whether it is well',
    phase: 'observe',
    scope: 'service',
    skill: 'code',
    controls: {
      'observe/liveness': 'edit',
      'observe/readiness': 'wire',
      'container/healthcheck': 'edit',
      'container/healthcheck-works': 'edit',
      'k8s/probes': 'edit',
    },
  },
  logs: {
    title: 'Log in one way, in lines that machines read',
    phase: 'observe',
    scope: 'service',
    skill: 'code',
    controls: {
      'observe/sensitive-logs': 'rework',
      'observe/logging': 'wire',
      'observe/log-destination': 'edit',
      'observe/no-print': 'edit',
      'observe/sql-echo': 'edit',
      'observe/structured-logs': 'wire',
      'observe/request-id': 'wire',
      'observe/access-log': 'edit',
    },
  },
  'error-reports': {
    title: 'Have errors reported to somebody',
    phase: 'observe',
    scope: 'service',
    skill: 'code',
    controls: { 'observe/error-tracking': 'wire', 'observe/swallowed-errors': 'rework' },
  },
  metrics: {
    title: 'Count and time requests',
    phase: 'observe',
    scope: 'service',
    skill: 'code',
    controls: { 'observe/metrics': 'wire', 'observe/tracing': 'wire' },
  },
  alerts: {
    title: 'Have somebody called when it is in trouble',
    phase: 'observe',
    scope: 'repository',
    skill: 'platform',
    controls: { 'observe/alerts': 'write', 'observe/dashboards': 'write' },
  },
  'audit-log': {
    title: 'Record sign-ins and changes of rights apart',
    phase: 'observe',
    scope: 'service',
    skill: 'code',
    controls: { 'observe/audit-log': 'build' },
  },
} as const satisfies Readonly<Record<string, Work>>;
