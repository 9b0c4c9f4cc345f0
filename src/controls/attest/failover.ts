import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/failover',
  title: 'A second copy takes over when the store fails',
  severity: 'low',
  stage: 'stable',
  asks: 'The store has a replica in another place that takes over by itself, and this was tried.',
  why: 'One machine is down for as long as it takes to build another one and to copy the data back.',
  remedy: 'Switch on a replica in another zone and let it take over once, on purpose.',
  sources: [
    'CATALOG attestations',
    'SOC 2 A1.2',
    'ISO 27001:2022 A.8.14',
    'GDPR Article 32(1)(b)',
    'HIPAA 164.308(a)(7)(ii)(C)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether a second copy of the store takes over'),
});
