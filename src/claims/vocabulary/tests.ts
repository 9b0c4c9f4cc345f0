import { topic } from '../topic.ts';

/** Tests and checks. */
export const tests = [
  topic(
    'tests through the browser',
    [],
    ['e2e tests?', 'end to end tests?', 'e2e testing', 'end to end testing', 'browser tests?'],
  ),
  topic(
    'tests',
    ['tests/present'],
    [
      'unit tests?',
      'test suite',
      'automated tests?',

      'comprehensive test* (suite)',
      'unit testing',
      'tested with pytest',
      'tests with pytest',
      'comprehensive test suite',
    ],
    {
      labels: ['pytest', 'tests'],
      denials: ['zero test coverage', 'completely untested', 'couldnt run tests'],
      other: [
        'test* pass*',
        'tests? pass*|updated|green|fixtures|must',
        'restore tests?',
        'load|stress|performance|smoke|penetration|chaos|security|a b|recovery|restore|dr|contract|visual|manual|e2e|browser tests?',
        'pytest installed|configured|cov|plugin*',
        'run* ~ tests?',
        'tests? for',
        'pen tests?',
        'tests? of',
        'no manual tests?',
        'ci ~ tests',
      ],
    },
  ),
  topic(
    'tests that pass',
    ['needs:tests/present'],
    [
      'tests? ~ passing|pass|passed|green',
      'passing tests',
      'all ~ tests passing|pass|passed',
      'test suite passes',
      'tests are green',
      'tests updated passing',
    ],
    {
      other: ['tests must pass'],
    },
  ),
  topic(
    'tests through the interface',
    ['tests/integration'],
    [
      'integration tests?',
      'api tests?',
      'endpoint tests?',
      'api endpoint test*',
      'comprehensive integration tests',
    ],
    {
      other: ['pact tests'],
    },
  ),
  topic(
    'load tests',
    ['shows:tests/load'],
    ['load test*', 'stress test*', 'k6', 'locust', 'performance test*'],
    {
      other: ['load testing recommend*', 'query performance test*'],
    },
  ),
  topic(
    'threshold of coverage',
    ['tests/coverage-gate'],
    ['coverage gate*|threshold*', 'coverage ~ enforced', 'minimum coverage'],
  ),
  topic(
    'measured coverage',
    ['check:coverage'],
    [
      'coverage report*',
      'coverage enabled',
      'coverage reporting enabled',
      'test coverage reporting',
      'coverage ~ measured',
    ],
  ),
  topic(
    'types checked',
    ['check:types'],
    ['type check*', 'mypy', 'pyright', 'static typing', 'strict typing', 'typescript strict'],
    {
      products: ['mypy', 'pyright'],
    },
  ),
  topic(
    'style checked',
    ['check:lint'],
    ['linting', 'linter', 'lint', 'ruff', 'flake8', 'pylint', 'eslint'],
    { products: ['ruff', 'flake8', 'pylint', 'eslint'] },
  ),
];
