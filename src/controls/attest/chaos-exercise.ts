import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/chaos-exercise',
  title: 'Failure is practised on purpose',
  severity: 'low',
  stage: 'stable',
  asks: 'The team takes away a machine, a store or a dependency on purpose, sees what happens, and writes it down.',
  why: 'A fallback that was never used does not work on the day on which it is needed.',
  remedy: 'Choose one failure a quarter, say beforehand what should happen, do it, and mend what differs.',
  sources: [
    'CATALOG attestations',
    'SOC 2 A1.3, CC7.5',
    'ISO 27001:2022 A.5.30',
    'HIPAA 164.308(a)(7)(ii)(D)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether failure is practised'),
});
