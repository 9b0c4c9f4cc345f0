import type { TestFile } from '../../model/index.ts';
import { defineControl, fail, pass, place } from '../define.ts';

const counts = ({ asserting, collected, concerns }: TestFile): boolean =>
  asserting > 0 && collected === 'yes' && concerns === 'yes';

export default defineControl({
  id: 'tests/integration',
  title: 'Tests send requests to the routes and look at the answers',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether tests with assertions send requests through a test client or over HTTP.',
  why: 'Parts that work alone fail together: routing, settings, database and checks meet only in a whole request.',
  remedy: 'Add tests that call each route with the test client against a real database made for the run.',
  sources: ['CATALOG tests/integration'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['testFile', 'route'],

  applies: ({ facts }) => {
    if (!facts.all('route').some(({ transport }) => transport === 'http')) return 'it has no HTTP routes';
    return facts.all('testFile').some(counts) || 'there are no tests that count (tests/present)';
  },

  judge: ({ facts }) => {
    const tests = facts.all('testFile').filter(counts);
    const driving = tests.filter(({ drivesRoutes }) => drivesRoutes === 'yes');
    return driving.length > 0
      ? pass(driving.map(({ at }) => place(at, 'sends requests to routes')))
      : fail(tests.map(({ at }) => place(at, 'calls functions only: no test sends a request to a route')));
  },
});
