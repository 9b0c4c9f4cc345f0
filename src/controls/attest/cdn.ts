import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/cdn',
  title: 'Static files are delivered from near the users',
  severity: 'low',
  stage: 'stable',
  asks: 'Static files and what may be cached come from a content delivery network, or it was decided that none is needed.',
  why: 'Far from the data centre each file costs a long way, and a crowd at once meets the service itself.',
  remedy: 'Put a content delivery network before the static files, or write down why it is not needed.',
  sources: ['CATALOG attestations', 'SOC 2 A1.1', 'ISO 27001:2022 A.8.6'],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether a content delivery network is in use'),
});
