import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/point-in-time-recovery',
  title: 'The store can be put back to any minute',
  severity: 'medium',
  stage: 'stable',
  asks: 'The managed store keeps its changes, so that it can be put back to the minute before a mistake, and this was tried.',
  why: 'A nightly copy loses a day. A wrong DELETE at five in the afternoon takes all of that day with it.',
  remedy: 'Switch it on, say how many days it reaches back, and restore into a second place once.',
  sources: [
    'CATALOG attestations',
    'SOC 2 A1.2',
    'ISO 27001:2022 A.8.13',
    'GDPR Article 32(1)(c)',
    'HIPAA 164.308(a)(7)(ii)(A)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether the store can be put back to any minute'),
});
