import type { Work } from '../work.ts';

export const dataWorks = {
  store: {
    title: 'Keep data in a store made for it',
    phase: 'data',
    scope: 'service',
    skill: 'code',
    controls: { 'data/engine': 'move', 'wiring/schema-engine': 'rework', 'compose/volumes': 'edit' },
  },
  'store-access': {
    title: 'Let only the service reach its stores',
    phase: 'data',
    scope: 'repository',
    skill: 'platform',
    controls: {
      'data/authentication': 'configure',
      'compose/exposed-ports': 'edit',
      'compose/admin-surface': 'edit',
      'data/least-privilege': 'configure',
    },
  },
  backups: {
    title: 'Back up the data, and restore it once',
    phase: 'data',
    scope: 'repository',
    skill: 'platform',
    controls: {
      'recovery/backups': 'build',
      'recovery/covers-data': 'configure',
      'recovery/verified': 'write',
      'recovery/offsite': 'configure',
      'recovery/retention': 'edit',
    },
  },
  'recovery-plan': {
    title: 'Write down how the service is brought back',
    phase: 'data',
    scope: 'repository',
    skill: 'people',
    controls: { 'recovery/plan': 'write' },
  },
  migrations: {
    title: 'Change the schema by migrations only',
    phase: 'data',
    scope: 'service',
    skill: 'code',
    controls: { 'data/destructive-init': 'rework', 'data/migrations': 'build' },
  },
  connections: {
    title: 'Use connections well, and outlive a restart of the database',
    phase: 'data',
    scope: 'service',
    skill: 'code',
    controls: { 'data/pool': 'edit', 'data/transactions': 'rework', 'data/connect-retry': 'wire' },
  },
  schema: {
    title: 'Complete the schema',
    phase: 'data',
    scope: 'service',
    skill: 'code',
    controls: { 'data/fk-on-delete': 'edit', 'data/indexes': 'edit' },
  },
} as const satisfies Readonly<Record<string, Work>>;
