import type { Work } from '../work.ts';

export const surfaceWorks = {
  protections: {
    title: 'Attach the protections that are there',
    phase: 'surface',
    scope: 'service',
    skill: 'code',
    controls: { 'wiring/unwired-protection': 'rework', 'wiring/overridden-protection': 'rework' },
  },
  injection: {
    title: 'Keep what callers send from becoming code',
    phase: 'surface',
    scope: 'service',
    skill: 'code',
    controls: {
      'web/sql-injection': 'rework',
      'web/ssrf': 'rework',
      'code/unsafe-deserialisation': 'rework',
      'web/template-escaping': 'edit',
      'web/dom-xss': 'rework',
      'web/path-traversal': 'edit',
      'web/open-redirect': 'edit',
    },
  },
  answers: {
    title: 'Answer without secrets, and errors in one form',
    phase: 'surface',
    scope: 'service',
    skill: 'code',
    controls: {
      'api/sensitive-fields': 'edit',
      'observe/error-leak': 'edit',
      'observe/error-handlers': 'wire',
      'api/error-format': 'rework',
    },
  },
  browser: {
    title: 'Tell browsers what they may do',
    phase: 'surface',
    scope: 'service',
    skill: 'code',
    controls: { 'web/cors': 'edit', 'web/security-headers': 'wire', 'web/csp': 'rework' },
  },
  tls: {
    title: 'Encrypt every connection',
    phase: 'surface',
    scope: 'repository',
    skill: 'platform',
    controls: {
      'web/https': 'configure',
      'k8s/tls': 'configure',
      'server/outbound-tls-verify': 'edit',
      'data/tls': 'configure',
    },
  },
  input: {
    title: 'Check what callers send',
    phase: 'surface',
    scope: 'service',
    skill: 'code',
    controls: {
      'web/upload-size': 'edit',
      'web/upload-type': 'edit',
      'web/input-validation': 'rework',
      'web/upload-scan': 'build',
    },
  },
  'rate-limits': {
    title: 'Slow down callers who ask too often',
    phase: 'surface',
    scope: 'service',
    skill: 'code',
    controls: { 'web/rate-limit': 'wire', 'web/trusted-proxy': 'edit', 'web/rate-limit-store': 'configure' },
  },
} as const satisfies Readonly<Record<string, Work>>;
