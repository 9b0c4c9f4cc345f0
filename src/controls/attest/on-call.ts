import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/on-call',
  title: 'Somebody is called when production breaks',
  severity: 'medium',
  stage: 'stable',
  asks: 'There is a rota with a second person behind the first, and alerts reach it at night too.',
  why: 'An alert that reaches a channel at night reaches nobody until the morning, and the users wait until then.',
  remedy: 'Set up a rota with two levels, let the alerts call it, and try it once a month.',
  sources: ['CATALOG attestations', 'SOC 2 CC7.3', 'ISO 27001:2022 A.5.24', 'HIPAA 164.308(a)(6)'],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('who is called when production breaks'),
});
