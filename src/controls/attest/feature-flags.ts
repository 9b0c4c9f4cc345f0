import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/feature-flags',
  title: 'A new function can be switched off without a release',
  severity: 'low',
  stage: 'stable',
  asks: 'New functions and experiments stand behind switches that somebody can turn at once, and old switches are taken out.',
  why: 'When the only way back is a release, a small mistake stays for as long as a release takes.',
  remedy: 'Put risky functions behind a switch with an owner and a day on which it goes.',
  sources: ['CATALOG attestations', 'SOC 2 CC8.1', 'ISO 27001:2022 A.8.32'],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether functions can be switched without a release'),
});
