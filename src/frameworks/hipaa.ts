import type { Framework } from '../model/index.ts';

export const hipaa: Framework = {
  id: 'hipaa',
  name: 'HIPAA Security Rule (45 CFR 164)',
  source: 'https://www.ecfr.gov/current/title-45/part-164/subpart-C',
  clauses: [
    {
      id: '164.308(a)(1)(ii)(B)',
      asks: 'risks are brought down',
      controls: ['supply/vulnerable', 'supply/runtime-supported', 'ci/scan'],
    },
    {
      id: '164.308(a)(1)(ii)(D)',
      asks: 'records of activity are looked through',
      controls: ['observe/audit-log', 'observe/access-log', 'observe/alerts'],
    },
    {
      id: '164.308(a)(4)',
      asks: 'access is given for a reason',
      controls: ['access/authorisation', 'data/least-privilege', 'attest/access-review'],
    },
    {
      id: '164.308(a)(5)',
      asks: 'people are trained and passwords managed',
      controls: ['access/password-policy', 'access/login-throttling', 'attest/training'],
    },
    {
      id: '164.308(a)(6)',
      asks: 'incidents are answered',
      controls: ['ops/incident', 'ops/runbook', 'attest/incident-team', 'attest/on-call'],
    },
    {
      id: '164.308(a)(7)(ii)(A)',
      asks: 'there are copies',
      controls: [
        'recovery/backups',
        'recovery/covers-data',
        'recovery/offsite',
        'recovery/retention',
        'attest/point-in-time-recovery',
      ],
    },
    { id: '164.308(a)(7)(ii)(B)', asks: 'data can be brought back', controls: ['recovery/plan'] },
    {
      id: '164.308(a)(7)(ii)(C)',
      asks: 'work goes on in an emergency',
      controls: ['k8s/replicas', 'attest/failover'],
    },
    {
      id: '164.308(a)(7)(ii)(D)',
      asks: 'recovery is practised',
      controls: ['recovery/verified', 'attest/chaos-exercise'],
    },
    {
      id: '164.308(a)(8)',
      asks: 'protection is evaluated',
      controls: ['tests/present', 'attest/penetration-test'],
    },
    {
      id: '164.308(b)(1)',
      asks: 'who works with the data for us has an agreement',
      controls: ['attest/vendors'],
    },
    {
      id: '164.310(d)(2)(iv)',
      asks: 'a copy is made before equipment moves',
      controls: ['recovery/backups'],
    },
    {
      id: '164.312(a)(1)',
      asks: 'only those who may reach the data',
      controls: [
        'access/unprotected-routes',
        'access/unprotected-reads',
        'data/authentication',
        'compose/admin-surface',
      ],
    },
    {
      id: '164.312(a)(2)(i)',
      asks: 'each person has an own name',
      controls: ['access/authentication', 'config/default-admin'],
    },
    {
      id: '164.312(a)(2)(iii)',
      asks: 'sessions end by themselves',
      controls: ['access/token-expiry', 'access/session-cookies'],
    },
    {
      id: '164.312(a)(2)(iv)',
      asks: 'data is encrypted where it lies',
      controls: ['config/credentials-in-code', 'config/secret-store', 'attest/encryption-at-rest'],
    },
    {
      id: '164.312(b)',
      asks: 'activity is recorded',
      controls: ['observe/logging', 'observe/audit-log', 'observe/request-id'],
    },
    {
      id: '164.312(c)(1)',
      asks: 'data is not changed or destroyed by mistake',
      controls: [
        'web/sql-injection',
        'web/input-validation',
        'data/transactions',
        'data/destructive-init',
        'attest/image-signing',
      ],
    },
    {
      id: '164.312(d)',
      asks: 'whoever asks is who they say',
      controls: [
        'access/authentication',
        'access/mfa',
        'access/password-hashing',
        'access/token-issuance',
        'config/app-secret',
      ],
    },
    {
      id: '164.312(e)(1)',
      asks: 'data is guarded on its way',
      controls: [
        'web/https',
        'data/tls',
        'server/outbound-tls-verify',
        'k8s/tls',
        'attest/network-rules',
        'attest/waf',
      ],
    },
  ],
};
