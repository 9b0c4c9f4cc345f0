import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/waf',
  title: 'A filter stands before what the public reaches',
  severity: 'low',
  stage: 'stable',
  asks: 'A web application firewall or the like stops known attacks and floods before they reach the service.',
  why: 'Scanners try known attacks on every address within hours; a filter takes most of them away and buys time for mending.',
  remedy:
    'Switch on the filter of the provider with its basic rules, watch it for a week, then let it block.',
  sources: ['CATALOG attestations', 'SOC 2 CC6.6', 'ISO 27001:2022 A.8.26', 'HIPAA 164.312(e)(1)'],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether a filter stands before the service'),
});
