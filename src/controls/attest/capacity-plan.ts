import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/capacity-plan',
  title: 'It is known how much the service bears and when that is too little',
  severity: 'low',
  stage: 'stable',
  asks: 'The load that the service bears was measured, growth is followed, and it is known what is added next.',
  why: 'Growth is slow until it is not, and the first large day is when the limit is found.',
  remedy:
    'Measure with a load test, write down the limit and the trend, and what is done at two thirds of it.',
  sources: ['CATALOG attestations', 'SOC 2 A1.1', 'ISO 27001:2022 A.8.6'],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('how much the service bears'),
});
