import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/training',
  title: 'People who work on the service are trained in its safety',
  severity: 'low',
  stage: 'stable',
  asks: 'Everybody who changes or operates the service learns about its risks when they begin and once a year.',
  why: 'Most break-ins begin with a person who did not know better.',
  remedy: 'Plan the training, keep who took part and when, and state it here.',
  sources: [
    'CATALOG attestations',
    'SOC 2 CC1.4, CC2.2',
    'ISO 27001:2022 A.6.3',
    'GDPR Article 39(1)(b)',
    'HIPAA 164.308(a)(5)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether people are trained'),
});
