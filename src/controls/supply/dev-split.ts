import type { Finding, ProductionPackage } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

/** What tests and checks code, and nothing else. */
const TOOLS =
  /^(pytest|nose2?|tox|nox|coverage|mypy|pyright|pylint|flake8|pyflakes|pycodestyle|pydocstyle|ruff|black|isort|autopep8|yapf|bandit|pre-commit|codecov|coveralls|factory-boy|hypothesis|freezegun|time-machine|responses|respx|moto|vcrpy|ipdb|pdbpp|jest|mocha|chai|vitest|eslint|prettier|supertest|nyc|jasmine|cypress|playwright|ts-jest|husky|lint-staged|nodemon)$|^(pytest|flake8|eslint-plugin|eslint-config|@types|pylint|types)[-/]|^@testing-library\//;

const someOf = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} others` : names.join(', ');

/** The groups for development that an image installs along, one finding for each instruction. */
function alongside(packages: readonly ProductionPackage[]): readonly Finding[] {
  const byPlace = new Map<string, ProductionPackage[]>();
  for (const each of packages)
    if (each.group === 'development' && each.installedAt) {
      const key = `${each.installedAt.path}:${each.installedAt.startLine}`;
      byPlace.set(key, [...(byPlace.get(key) ?? []), each]);
    }
  return [...byPlace.values()].flatMap(group =>
    group[0]?.installedAt
      ? [
          place(
            group[0].installedAt,
            `installs the packages for development too: ${someOf(group.map(({ name }) => name))}`,
          ),
        ]
      : [],
  );
}

export default defineControl({
  id: 'supply/dev-split',
  title: 'Production installs no tools for tests and checks',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for test and lint tools among the packages that production installs, and for installs that take the groups for development along.',
  why: 'They make the image larger and bring vulnerabilities of code that production never needs.',
  remedy: 'Move them to a group or file for development, and leave that out of the production install.',
  sources: ['CATALOG supply/dev-split'],
  fix: 'auto',
  drill: 'none',
  needs: ['productionPackage', 'importedPackage'],

  applies: ({ facts }) =>
    facts.has('productionPackage') || 'no manifest of the production install names packages',

  judge: ({ facts }) => {
    const packages = facts.all('productionPackage');
    const imported = new Set(
      facts
        .all('importedPackage')
        .flatMap(({ name, distributions }) => [name.replaceAll('_', '-'), ...distributions]),
    );
    const tools = packages.filter(
      ({ name, group }) => group !== 'development' && TOOLS.test(name) && !imported.has(name),
    );
    return failOr(
      [
        ...tools.map(({ at, name }) => place(at, `${name} is installed in production`)),
        ...alongside(packages),
      ],
      passEvery(
        [...new Map(packages.map(({ at, manifest }) => [manifest, at] as const))].map(([path, at]) =>
          place(
            path === '' ? at : { path, startLine: 1, endLine: 1 },
            `${path || 'the image'} brings no tools for tests and checks`,
          ),
        ),
      ),
    );
  },
});
