import type { Framework } from '../model/index.ts';

export const twelveFactor: Framework = {
  id: '12-factor',
  name: 'The Twelve-Factor App',
  source: 'https://12factor.net',
  clauses: [
    {
      id: 'I',
      asks: 'one code base under version control, many deploys',
      controls: ['supply/committed-artifacts', 'ci/pipeline'],
    },
    {
      id: 'II',
      asks: 'dependencies are declared and isolated',
      controls: [
        'supply/declared',
        'supply/pinned',
        'supply/dev-split',
        'container/locked-install',
        'container/runtime-libs',
      ],
    },
    {
      id: 'III',
      asks: 'settings come from the environment',
      controls: [
        'config/app-secret',
        'config/credentials-in-code',
        'config/committed-env',
        'config/env-template',
        'config/machine-specific',
        'config/db-from-env',
        'config/environments',
        'config/central-settings',
        'config/secret-store',
        'wiring/settings-delivered',
        'wiring/dead-settings',
        'wiring/env-shadowing',
      ],
    },
    {
      id: 'IV',
      asks: 'backing services are attached by address',
      controls: ['config/db-from-env', 'wiring/dependency-address', 'data/engine'],
    },
    {
      id: 'V',
      asks: 'build, release and run are apart',
      controls: [
        'container/dockerfile',
        'container/builds',
        'config/build-time-env',
        'container/production-command',
        'ci/image',
        'deploy/target',
        'deploy/rollback',
      ],
    },
    {
      id: 'VI',
      asks: 'processes keep no state',
      controls: ['server/state-in-process', 'web/rate-limit-store'],
    },
    {
      id: 'VII',
      asks: 'the service binds its own port',
      controls: ['server/production-server', 'wiring/entrypoint-resolves'],
    },
    {
      id: 'VIII',
      asks: 'it grows by processes',
      controls: ['server/workers', 'server/background-work', 'wiring/scheduled-work', 'k8s/replicas'],
    },
    {
      id: 'IX',
      asks: 'it starts fast and stops gracefully',
      controls: ['server/graceful-shutdown', 'data/connect-retry', 'compose/restart'],
    },
    {
      id: 'X',
      asks: 'development and production are alike',
      controls: [
        'data/engine',
        'wiring/schema-engine',
        'compose/production-file',
        'wiring/fail-safe-environment',
      ],
    },
    {
      id: 'XI',
      asks: 'logs are a stream of events',
      controls: ['observe/logging', 'observe/no-print', 'observe/structured-logs', 'observe/log-destination'],
    },
    {
      id: 'XII',
      asks: 'administration runs as one-off processes',
      controls: ['data/migrations', 'data/destructive-init', 'wiring/documented-commands'],
    },
  ],
};
