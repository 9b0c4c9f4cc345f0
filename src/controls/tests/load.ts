import { absence, defineControl, fail, pass, place } from '../define.ts';

export default defineControl({
  id: 'tests/load',
  title: 'A load test shows what the service bears',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for a script of a tool that puts load on a service (k6, Locust, JMeter, Artillery, wrk and others).',
  why: 'Without a figure, the day on which the service meets its limit is chosen by its users.',
  remedy: 'Add a short k6 or Locust script over the busiest routes, and write down what it found.',
  sources: ['CATALOG tests/load'],
  fix: 'scaffold',
  drill: 'load',
  needs: ['loadTest', 'route'],

  applies: ({ facts }) =>
    facts.all('route').some(({ transport }) => transport === 'http') || 'it has no HTTP routes',

  judge: ({ facts }) => {
    const tests = facts.all('loadTest');
    return tests.length > 0
      ? pass(tests.map(({ at, tool }) => place(at, `${tool} puts load on it`)))
      : fail([absence('load test', ['scripts', 'tests', 'load', 'k6', 'locustfile.py'])]);
  },
});
