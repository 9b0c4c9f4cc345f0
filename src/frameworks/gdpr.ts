import type { Framework } from '../model/index.ts';

export const gdpr: Framework = {
  id: 'gdpr',
  name: 'GDPR (Regulation (EU) 2016/679)',
  source: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  clauses: [
    {
      id: 'Article 5(1)(e)',
      asks: 'personal data is kept no longer than needed',
      controls: ['privacy/retention'],
    },
    {
      id: 'Article 5(1)(f)',
      asks: 'personal data is safe from others and from loss',
      controls: [
        'observe/sensitive-logs',
        'api/sensitive-fields',
        'access/unprotected-reads',
        'recovery/backups',
      ],
    },
    { id: 'Article 17', asks: 'a person can be forgotten', controls: ['privacy/erasure'] },
    { id: 'Article 20', asks: 'a person can take their data along', controls: ['privacy/export'] },
    {
      id: 'Article 25',
      asks: 'protection is built in and switched on',
      controls: [
        'server/debug-off',
        'observe/error-leak',
        'access/authorisation',
        'data/least-privilege',
        'wiring/fail-safe-environment',
      ],
    },
    {
      id: 'Article 28',
      asks: 'who works with the data for us has an agreement',
      controls: ['attest/vendors'],
    },
    {
      id: 'Article 32(1)(a)',
      asks: 'data is encrypted',
      controls: ['web/https', 'data/tls', 'k8s/tls', 'access/password-hashing', 'attest/encryption-at-rest'],
    },
    {
      id: 'Article 32(1)(b)',
      asks: 'the service stays confidential, correct and there',
      controls: [
        'access/authentication',
        'access/unprotected-routes',
        'config/app-secret',
        'config/credentials-in-code',
        'web/sql-injection',
        'data/authentication',
        'observe/audit-log',
        'attest/access-review',
        'attest/network-rules',
        'attest/failover',
      ],
    },
    {
      id: 'Article 32(1)(c)',
      asks: 'data can be brought back in time',
      controls: [
        'recovery/backups',
        'recovery/covers-data',
        'recovery/verified',
        'recovery/plan',
        'attest/point-in-time-recovery',
      ],
    },
    {
      id: 'Article 32(1)(d)',
      asks: 'protection is tested regularly',
      controls: ['tests/present', 'ci/scan', 'supply/vulnerable', 'attest/penetration-test'],
    },
    {
      id: 'Articles 33 and 34',
      asks: 'who must be told is told in time',
      controls: ['ops/incident', 'observe/alerts', 'attest/incident-team'],
    },
    { id: 'Article 39(1)(b)', asks: 'people are trained', controls: ['attest/training'] },
  ],
};
