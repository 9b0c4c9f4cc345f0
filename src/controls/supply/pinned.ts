import type { Finding, ProductionPackage } from '../../model/index.ts';
import { defineControl, failOr, lowered, pass, place } from '../define.ts';

/** Installers themselves: what they install is fixed or not. */
const INSTALLERS = /^(pip|setuptools|wheel|build|uv|poetry|pipenv|pdm|hatch|npm|pnpm|yarn|corepack)$/;

const judged = (all: readonly ProductionPackage[]): readonly ProductionPackage[] =>
  all.filter(
    ({ manifest, group, name }) => manifest !== '' && group === 'production' && !INSTALLERS.test(name),
  );

const someOf = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} others` : names.join(', ');

/** One finding for each manifest, at the first package whose version is open. */
function findingOf(path: string, packages: readonly ProductionPackage[]): readonly Finding[] {
  const open = packages.filter(({ fixedBy }) => fixedBy === 'nothing');
  const [first] = open;
  if (!first) return [];
  const found = place(first.at, `${path} leaves the version of ${someOf(open.map(({ name }) => name))} open`);
  if (first.ignoredLock !== '')
    return [lowered(found, `${first.ignoredLock} fixes the versions, and the install does not look at it`)];
  if (open.every(({ moves }) => moves === 'within-major'))
    return [lowered(found, 'each stays within one major version')];
  return open.length < packages.length
    ? [lowered(found, `${packages.length - open.length} of ${packages.length} are fixed`)]
    : [found];
}

const proofOf = (path: string, packages: readonly ProductionPackage[]) =>
  place(
    packages[0]?.at ?? { path, startLine: 1, endLine: 1 },
    packages.some(({ fixedBy }) => fixedBy === 'lock')
      ? `a lock file fixes ${path}`
      : `${path} names exact versions`,
  );

export default defineControl({
  id: 'supply/pinned',
  title: 'The versions of all packages are fixed',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for exact versions or a lock file, in the manifests that the production install takes. Ranges within one major version are lowered.',
  why: 'Two installs of the same commit get different code; a release of somebody else breaks the next deploy, or brings something hostile.',
  remedy:
    'Install from a lock file, or pin every version, those of what your packages bring too, and let a bot propose new ones.',
  sources: ['CATALOG supply/pinned', '12-factor II', 'OWASP CICD-SEC-3'],
  fix: 'auto',
  drill: 'none',
  needs: ['productionPackage'],

  applies: ({ facts }) =>
    judged(facts.all('productionPackage')).length > 0 ||
    'no manifest of the production install names packages',

  judge: ({ facts }) => {
    const packages = judged(facts.all('productionPackage'));
    const paths = [...new Set(packages.map(({ manifest }) => manifest))];
    const of = (path: string) => packages.filter(({ manifest }) => manifest === path);
    return failOr(
      paths.flatMap(path => findingOf(path, of(path))),
      pass(paths.map(path => proofOf(path, of(path)))),
    );
  },
});
