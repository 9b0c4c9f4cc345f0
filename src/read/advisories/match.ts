import type { KnownVulnerability, PackageVersion, Truth, Undecided } from '../../model/index.ts';
import { isAffected } from './affected.ts';
import { ecosystemOf, keyOf, type Packages } from './names.ts';
import type { OsvAffected, OsvRecord } from './record.ts';
import { severityOf } from './severity.ts';
import { compareIn } from './versions.ts';

export interface Matches {
  readonly found: readonly KnownVulnerability[];
  readonly undecided: readonly Undecided[];
}

const NONE: Matches = { found: [], undecided: [] };

/** The packages that a record speaks of and whose version it affects. Withdrawn records say nothing. */
export function matchesOf(record: OsvRecord, packages: Packages): Matches {
  if (record.withdrawn !== '') return NONE;
  const found: KnownVulnerability[] = [];
  const undecided: Undecided[] = [];
  for (const each of new Set(record.affected.flatMap(affected => packages.get(keyIn(affected)) ?? []))) {
    const is = isAffectedBy(record, each);
    if (is === 'yes') found.push(vulnerabilityIn(record, each));
    else if (is === 'unclear') undecided.push({ package: each, id: record.id });
  }
  return { found, undecided };
}

function isAffectedBy(record: OsvRecord, each: PackageVersion): Truth {
  const compare = compareIn(each.ecosystem);
  const said = affectedOf(record, each).map(affected => isAffected(affected, each.version, compare));
  return said.includes('yes') ? 'yes' : said.includes('unclear') ? 'unclear' : 'no';
}

/** Empty for packages of registries that are not looked up. */
function keyIn({ package: about }: OsvAffected): string {
  const ecosystem = ecosystemOf(about?.ecosystem ?? '');
  return ecosystem ? keyOf(ecosystem, about?.name ?? '') : '';
}

const affectedOf = ({ affected }: OsvRecord, { ecosystem, name }: PackageVersion): readonly OsvAffected[] =>
  affected.filter(each => keyIn(each) === keyOf(ecosystem, name));

const LONGEST_SUMMARY = 160;

/** What a record says of a package that it affects. */
export function vulnerabilityIn(record: OsvRecord, found: PackageVersion): KnownVulnerability {
  const affected = affectedOf(record, found);
  const [firstLine = ''] = (record.summary || record.details).trim().split('\n', 1);
  return {
    package: found,
    id: record.id,
    aliases: record.aliases,
    severity: severityOf(record, affected),
    summary: firstLine.slice(0, LONGEST_SUMMARY),
    fixedIn: fixesOf(affected, found),
  };
}

/** Versions above this one in which it is mended, the nearest first. */
function fixesOf(
  affected: readonly OsvAffected[],
  { ecosystem, version }: PackageVersion,
): readonly string[] {
  const compare = compareIn(ecosystem);
  const fixes = affected
    .flatMap(({ ranges }) => ranges.filter(({ type }) => type !== 'GIT'))
    .flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? []))
    .filter(fixed => (compare(fixed, version) ?? -1) > 0);
  return [...new Set(fixes)].sort((left, right) => compare(left, right) ?? 0);
}
