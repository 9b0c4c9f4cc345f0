import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/gradual-release',
  title: 'A new version meets a part of the traffic first',
  severity: 'low',
  stage: 'stable',
  asks: 'A release goes to a second environment or a small share of users first, and goes back by itself or by one command.',
  why: 'A mistake that all users meet at once is an outage; one that one in twenty meets is a graph.',
  remedy: 'Let the platform shift traffic step by step, and name the numbers that stop it.',
  sources: ['CATALOG attestations', 'SOC 2 CC8.1', 'ISO 27001:2022 A.8.32'],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether new versions meet a part of the traffic first'),
});
