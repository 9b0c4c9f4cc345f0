import type { Work } from '../work.ts';

export const accessWorks = {
  identity: {
    title: 'Know who calls',
    phase: 'access',
    scope: 'service',
    skill: 'code',
    controls: {
      'access/authentication': 'build',
      'access/token-issuance': 'rework',
      'wiring/fail-open': 'rework',
      'access/password-hashing': 'rework',
    },
  },
  'guarded-routes': {
    title: 'Let only those in who may',
    phase: 'access',
    scope: 'service',
    skill: 'code',
    controls: {
      'access/setup-endpoints': 'edit',
      'access/unprotected-routes': 'rework',
      'access/unprotected-reads': 'rework',
      'access/authorisation': 'rework',
    },
  },
  sessions: {
    title: 'Keep sessions and sign-in safe',
    phase: 'access',
    scope: 'service',
    skill: 'code',
    controls: {
      'access/session-cookies': 'edit',
      'access/token-expiry': 'edit',
      'access/csrf': 'wire',
      'access/login-throttling': 'wire',
      'access/password-policy': 'edit',
    },
  },
  'second-factor': {
    title: 'Offer a second factor',
    phase: 'access',
    scope: 'service',
    skill: 'code',
    controls: { 'access/mfa': 'build' },
  },
} as const satisfies Readonly<Record<string, Work>>;
