import type { Framework } from '../model/index.ts';

export const owaspAsvs: Framework = {
  id: 'owasp-asvs',
  name: 'OWASP ASVS 5.0',
  source: 'https://owasp.org/www-project-application-security-verification-standard/',
  clauses: [
    {
      id: 'V1.2',
      asks: 'what goes into queries, pages and commands cannot change them',
      controls: ['web/sql-injection', 'web/template-escaping', 'web/dom-xss'],
    },
    {
      id: 'V1.3',
      asks: 'what users send is cleaned where it is used',
      controls: ['web/ssrf', 'web/open-redirect'],
    },
    {
      id: 'V1.5',
      asks: 'nothing that can run code is deserialised',
      controls: ['code/unsafe-deserialisation'],
    },
    { id: 'V2.2', asks: 'input is checked', controls: ['web/input-validation'] },
    {
      id: 'V2.4',
      asks: 'machines are slowed down',
      controls: ['web/rate-limit', 'web/rate-limit-store', 'access/login-throttling'],
    },
    { id: 'V3.3', asks: 'cookies are set up safely', controls: ['access/session-cookies'] },
    {
      id: 'V3.4',
      asks: 'browsers are told how to protect the pages',
      controls: ['web/security-headers', 'web/csp', 'web/cors'],
    },
    { id: 'V3.5', asks: 'other sites cannot act for the user', controls: ['access/csrf'] },
    {
      id: 'V4.1',
      asks: 'the interface knows its proxy and answers in one form',
      controls: ['web/trusted-proxy', 'api/error-format', 'api/openapi'],
    },
    {
      id: 'V5.2',
      asks: 'uploads are limited and looked at',
      controls: ['web/upload-size', 'web/upload-type', 'web/upload-scan'],
    },
    { id: 'V5.3', asks: 'files stay where they belong', controls: ['web/path-traversal'] },
    { id: 'V6.2', asks: 'passwords are strong', controls: ['access/password-policy'] },
    {
      id: 'V6.3',
      asks: 'signing in withstands guessing',
      controls: [
        'access/authentication',
        'access/login-throttling',
        'config/default-admin',
        'access/token-issuance',
        'access/setup-endpoints',
      ],
    },
    { id: 'V6.5', asks: 'a second factor is there', controls: ['access/mfa'] },
    { id: 'V7.3', asks: 'sessions end', controls: ['access/token-expiry', 'access/session-cookies'] },
    {
      id: 'V8.2',
      asks: 'who may do what is checked',
      controls: ['access/authorisation', 'access/unprotected-routes', 'access/unprotected-reads'],
    },
    {
      id: 'V9.1',
      asks: 'tokens are signed with a key that nobody knows',
      controls: ['config/app-secret', 'access/token-issuance'],
    },
    { id: 'V9.2', asks: 'tokens end', controls: ['access/token-expiry'] },
    { id: 'V11.4', asks: 'passwords are hashed for keeping', controls: ['access/password-hashing'] },
    { id: 'V12.1', asks: 'encryption is switched on', controls: ['web/https', 'k8s/tls'] },
    { id: 'V12.2', asks: 'the public side speaks HTTPS', controls: ['web/https'] },
    {
      id: 'V12.3',
      asks: 'services trust only certificates that they checked',
      controls: ['server/outbound-tls-verify', 'data/tls'],
    },
    {
      id: 'V13.2',
      asks: 'stores ask who is there and give little',
      controls: [
        'data/authentication',
        'data/least-privilege',
        'config/db-from-env',
        'compose/admin-surface',
        'compose/exposed-ports',
      ],
    },
    {
      id: 'V13.3',
      asks: 'secrets are kept apart',
      controls: [
        'config/credentials-in-code',
        'config/committed-env',
        'config/secret-store',
        'container/secrets-in-image',
        'compose/default-secrets',
        'k8s/secrets',
      ],
    },
    {
      id: 'V13.4',
      asks: 'nothing is told that helps an attacker',
      controls: ['server/debug-off', 'observe/error-leak', 'supply/committed-artifacts'],
    },
    {
      id: 'V14.2',
      asks: 'sensitive data goes out only where it must',
      controls: ['api/sensitive-fields', 'privacy/retention', 'attest/encryption-at-rest'],
    },
    {
      id: 'V15.2',
      asks: 'components are known, current and not wider than needed',
      controls: [
        'supply/declared',
        'supply/pinned',
        'supply/updates',
        'supply/vulnerable',
        'supply/runtime-supported',
        'container/non-root',
        'container/runs-as-user',
        'k8s/security-context',
      ],
    },
    {
      id: 'V16.2',
      asks: 'logs have a form and no secrets',
      controls: ['observe/logging', 'observe/structured-logs', 'observe/sensitive-logs', 'observe/sql-echo'],
    },
    {
      id: 'V16.3',
      asks: 'what matters for security is logged',
      controls: ['observe/audit-log', 'observe/access-log'],
    },
    {
      id: 'V16.5',
      asks: 'errors are handled and fail closed',
      controls: [
        'observe/error-handlers',
        'observe/error-leak',
        'observe/swallowed-errors',
        'wiring/fail-open',
      ],
    },
  ],
};
