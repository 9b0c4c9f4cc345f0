import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/penetration-test',
  title: 'Somebody has tried to break in, and what was found is mended',
  severity: 'medium',
  stage: 'stable',
  asks: 'Somebody independent tests the service from outside and inside, what they find is mended, and the report is kept.',
  why: 'Reading finds the mistakes that have a shape. People find the ones that have none, and an attacker is a person.',
  remedy:
    'Have it tested once a year and after large changes, mend what is found, and state who did it and until when it holds.',
  sources: [
    'CATALOG attestations',
    'SOC 2 CC4.1, CC7.1',
    'ISO 27001:2022 A.8.8, A.8.29',
    'GDPR Article 32(1)(d)',
    'HIPAA 164.308(a)(8)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether the service was attacked on purpose'),
});
