import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/access-review',
  title: 'Who may reach production is looked through regularly',
  severity: 'medium',
  stage: 'stable',
  asks: 'Somebody goes through all accounts, keys and roles that reach production, and takes away what is no longer needed.',
  why: 'People change teams and leave, and their keys stay. An account that nobody misses is one that nobody watches.',
  remedy:
    'List the accounts, keys and roles every quarter, take away what nobody can explain, and keep the list.',
  sources: [
    'CATALOG attestations',
    'SOC 2 CC6.2, CC6.3',
    'ISO 27001:2022 A.5.15, A.5.18',
    'GDPR Article 32(1)(b)',
    'HIPAA 164.308(a)(4)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether access to production is reviewed'),
});
