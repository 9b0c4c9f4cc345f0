import { expect, test } from 'vitest';
import { roleOf } from './role.ts';

test.each([
  ['app/main.py', 'production'],
  ['migrations/versions/1_first.py', 'production'],
  ['src/vendor/models.py', 'production'], // a shop has vendors
  ['vendor/requests/api.py', 'vendored'],
  ['static/vendor/jquery.js', 'vendored'],
  ['static/dist/app.js', 'generated'],
  ['static/app.min.js', 'generated'],
  ['api/users_pb2.py', 'generated'],
  ['tests/test_app.py', 'test'],
  ['app/test_app.py', 'test'],
  ['regression/run.py', 'test'],
  ['tests-old/regression_tests/run.py', 'test'],
  ['shop/linear_regression/model.py', 'production'],
  ['shop/regression/model.py', 'production'], // mathematics
  ['web/src/app.spec.ts', 'test'],
  ['conftest.py', 'test'],
  ['app/latest.py', 'production'],
  ['examples/shop/main.py', 'example'],
  ['specimens/unify/app.py', 'example'],
  ['demo.py', 'production'],
  ['docs/conf.py', 'docs'],
  ['README.md', 'docs'],
  ['scripts/backfill.py', 'script'],
  ['bin/load.py', 'script'],
  ['setup.py', 'script'],
  ['tools.py', 'production'],
])('%s is %s', (path, role) => {
  expect(roleOf(path)).toBe(role);
});

test('a library for browsers is known by its comment, minified code by its lines', () => {
  const banner = '/*!\n * Chart.js v2.9.4\n * (c) 2020 Contributors\n */\n';
  expect(roleOf('static/js/chart.js', `${banner}var a = 1;\n`)).toBe('vendored');
  expect(roleOf('static/js/chart.js', 'var a = 1;\n')).toBe('production');
  expect(roleOf('static/js/app.js', 'a=1;'.repeat(5_000))).toBe('generated');
  expect(roleOf('static/js/app.js', 'a = 1;\n'.repeat(5_000))).toBe('production');
});

test('no word in a file lets it hide', () => {
  expect(roleOf('app/main.py', '# @generated, DO NOT EDIT\n')).toBe('production');
});
