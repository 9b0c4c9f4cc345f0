import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/vendors',
  title: 'Agreements with everybody who handles the data are in place',
  severity: 'medium',
  stage: 'stable',
  asks: 'For each vendor that sees personal or customer data there is an agreement, and somebody looked at how safe it is.',
  why: 'Who gives data to others answers for what they do with it.',
  remedy: 'List the vendors with what they get, sign the agreements, and look at them once a year.',
  sources: [
    'CATALOG attestations',
    'SOC 2 CC9.2',
    'ISO 27001:2022 A.5.19, A.5.20',
    'GDPR Article 28',
    'HIPAA 164.308(b)(1)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether agreements with vendors are in place'),
});
