import type {
  Advisory,
  AdvisoryCheck,
  Evidence,
  Finding,
  KnownVulnerability,
  ProductionPackage,
} from '../../model/index.ts';
import { defineControl, failOr, lowered, passEvery, place, unknown } from '../define.ts';

type Rating = KnownVulnerability['severity'];

/** The worst first; one without a rating may be anything. */
const RATINGS: readonly Rating[] = ['critical', 'high', 'unknown', 'medium', 'low'];

const byRating = (left: KnownVulnerability, right: KnownVulnerability): number =>
  RATINGS.indexOf(left.severity) - RATINGS.indexOf(right.severity);

/** Installers themselves: what they install is looked up. */
const INSTALLERS = /^(pip|setuptools|wheel|build|uv|poetry|pipenv|pdm|hatch|npm|pnpm|yarn|corepack)$/;

/** What comes from a registry into production, so that its version must be known. */
const fromRegistry = (all: readonly ProductionPackage[]): readonly ProductionPackage[] =>
  all.filter(({ fixedBy, name }) => fixedBy !== 'own-code' && fixedBy !== 'system' && !INSTALLERS.test(name));

const MOST = 5;

function sayOne({ id, aliases, severity, summary, fixedIn: [fixed] }: KnownVulnerability): string {
  const others = aliases.filter(alias => alias.startsWith('CVE-') || alias.startsWith('GHSA-')).slice(0, 2);
  const words = [
    others.length === 0 ? id : `${id} (${others.join(', ')})`,
    ...(severity === 'unknown' ? [] : [severity]),
    fixed === undefined ? 'no version mends it' : `fixed in ${fixed}`,
  ];
  return `${words.join(', ')}${summary === '' ? '' : `: ${summary}`}`;
}

function sayOf({ package: { name, version }, known }: Advisory): string {
  const shown = [...known].sort(byRating).slice(0, MOST).map(sayOne).join('; ');
  const more = known.length > MOST ? `; and ${known.length - MOST} more` : '';
  const count = known.length === 1 ? 'a known vulnerability' : `${known.length} known vulnerabilities`;
  return `${name} ${version} has ${count}: ${shown}${more}`;
}

/** Why it weighs less; empty when it does not. */
function lighter(advisory: Advisory, production: readonly ProductionPackage[]): string {
  const { use, manifests, at, known } = advisory;
  const own = production.filter(({ manifest }) => manifests.includes(manifest));
  // A production install may take the packages for development along.
  const isLeftOut = use === 'development' && !own.some(({ group }) => group === 'development');
  const [worst] = [...known].sort(byRating);
  return [
    ...(isLeftOut ? ['only development needs it'] : []),
    ...(!isLeftOut && manifests.length > 0 && production.length > 0 && own.length === 0
      ? [`the production install does not take ${manifests.join(', ')}`]
      : []),
    ...(own.some(({ ignoredLock }) => ignoredLock === at.path)
      ? [`the install does not look at ${at.path}`]
      : []),
    ...(worst?.severity === 'medium' || worst?.severity === 'low' ? [`it is rated ${worst.severity}`] : []),
  ].join('; ');
}

function findingOf(advisory: Advisory, production: readonly ProductionPackage[]): Finding {
  const { at, mendedIn, package: own } = advisory;
  const found: Finding = {
    ...place(at, sayOf(advisory)),
    ...(mendedIn !== '' && { remedy: `Move ${own.name} to ${mendedIn} or later.` }),
  };
  const because = lighter(advisory, production);
  return because === '' ? found : lowered(found, because);
}

/** Why the version of a package could not be looked up; empty when it was. */
function openBecause(each: ProductionPackage, checks: readonly AdvisoryCheck[]): string {
  if (each.ignoredLock !== '')
    return `the install does not look at ${each.ignoredLock}, which fixes its version`;
  const own = checks.filter(({ manifests, at }) =>
    each.manifest === '' ? at.path === each.at.path : manifests.includes(each.manifest),
  );
  if (own.some(({ checked }) => checked.includes(each.name))) return '';
  const said = own.flatMap(({ open }) => open).find(({ name }) => name === each.name);
  return said?.because ?? `no version of it is fixed`;
}

const dateOf = ({ source, date }: AdvisoryCheck): string =>
  `${source}${date === '' ? '' : `, newest advisory of ${date}`}`;

const proofOf = (check: AdvisoryCheck): Evidence =>
  place(
    check.at,
    `none of the ${check.checked.length} packages that ${check.at.path} fixes has a known vulnerability (${dateOf(check)})`,
  );

/** What keeps the answer open, first things first; empty when nothing does. */
function doubtsOf(
  checks: readonly AdvisoryCheck[],
  production: readonly ProductionPackage[],
): readonly string[] {
  const open = production.flatMap(each => {
    const because = openBecause(each, checks);
    return because === '' ? [] : [{ each, because }];
  });
  const [first] = open;
  const partial = checks.find(
    ({ complete, manifests, at }) =>
      !complete &&
      production.some(({ manifest, at: named }) =>
        manifest === '' ? named.path === at.path : manifests.includes(manifest),
      ),
  );
  const unread = checks.flatMap(check => check.unread.slice(0, 1))[0];
  const others =
    open.length === 1 ? '' : open.length === 2 ? ' and 1 other' : ` and ${open.length - 1} others`;
  return [
    ...(first
      ? [
          `${first.each.at.path}:${first.each.at.startLine} ${first.each.name}${others} could not be looked up: ${first.because}`,
        ]
      : []),
    ...(partial ? [`${partial.at.path} does not fix what its packages bring along`] : []),
    ...(unread ? [`${unread.where} could not be read: ${unread.because}`] : []),
  ];
}

function withDoubts(checks: readonly AdvisoryCheck[], doubts: readonly string[]) {
  const [first] = checks;
  const count = checks.reduce((sum, { checked }) => sum + checked.length, 0);
  const checked =
    count === 0 || !first ? '' : `; none of ${count} looked up is known to be vulnerable (${dateOf(first)})`;
  return unknown(`${doubts.join('; ')}${checked}`);
}

export default defineControl({
  id: 'supply/vulnerable',
  title: 'No package has a known vulnerability',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks up every version that lock files, pins and images fix in advisories of OSV, given with --osv or asked with --osv-url. It passes when all that production installs has a fixed version, and none is affected. Withdrawn advisories do not count.',
  why: 'Scanners look for published holes within hours; an old version is an open door with a manual.',
  remedy:
    'Move to a version in which it is mended, or show why the code does not come by it and waive it until a date.',
  sources: ['CATALOG supply/vulnerable', 'OWASP Top 10 A06:2021', 'OSV schema 1.7'],
  fix: 'auto',
  drill: 'none',
  needs: ['advisory', 'advisoryCheck', 'package', 'productionPackage'],

  applies: ({ facts }) =>
    facts.has('package') ||
    fromRegistry(facts.all('productionPackage')).length > 0 ||
    'no manifest and no image names packages',

  judge: ({ facts }) => {
    const checks = facts.all('advisoryCheck');
    if (checks.length === 0)
      return unknown(
        'no advisories were given; --osv <folder or zip> reads data of OSV, --osv-url <address> asks a service',
      );
    const failed = checks.find(check => check.failed !== '');
    if (failed) return unknown(`nothing could be looked up: ${failed.failed}`);
    const all = facts.all('productionPackage');
    const doubts = doubtsOf(checks, fromRegistry(all));
    return failOr(
      facts.all('advisory').map(each => findingOf(each, all)),
      doubts.length > 0
        ? withDoubts(checks, doubts)
        : passEvery(checks.filter(({ checked }) => checked.length > 0).map(proofOf)),
    );
  },
});
