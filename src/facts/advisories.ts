import type {
  Advisory,
  AdvisoryCheck,
  AdvisorySource,
  Fact,
  FactKind,
  KnownVulnerability,
  LookUp,
  PackageVersion,
  Problem,
  Repository,
} from '../model/index.ts';
import { compareIn } from '../read/advisories/versions.ts';
import { versionPlaces, type VersionPlace } from './manifest/version-places.ts';

/** What this room tells; it is asked for with a source of advisories only. */
export const ADVISORY_KINDS: readonly FactKind[] = ['advisory', 'advisoryCheck'];

export interface AdvisoryFacts {
  readonly facts: readonly (Advisory | AdvisoryCheck)[];
  readonly problems: readonly Problem[];
}

/** Looks up every version that a lock file, a pin or an image fixes. The source may use the network; nothing else does. */
export async function advisoryFacts(
  repository: Repository,
  documents: readonly Fact[],
  source: AdvisorySource | undefined,
): Promise<AdvisoryFacts> {
  if (!source) return { facts: [], problems: [] };
  const places = versionPlaces(repository, documents);
  const asked = new Map<string, PackageVersion>();
  for (const { entries } of places)
    for (const { ecosystem, name, version } of entries)
      asked.set(keyOf({ ecosystem, name, version }), { ecosystem, name, version });
  const answer = await answerOf(source, [...asked.values()]);
  return {
    facts: places.flatMap(place => factsOf(place, source.name, answer)),
    problems: problemsOf(source.name, answer),
  };
}

async function answerOf(source: AdvisorySource, packages: readonly PackageVersion[]): Promise<LookUp> {
  if (packages.length === 0)
    return { state: 'answered', found: [], date: '', without: [], undecided: [], unread: [] };
  try {
    return await source.lookUp(packages);
  } catch (error) {
    return { state: 'failed', because: `${source.name} failed (${String(error)})` };
  }
}

/** More of one kind help nobody. */
const MOST_PROBLEMS = 5;

function problemsOf(where: string, answer: LookUp): readonly Problem[] {
  if (answer.state === 'failed') return [{ where, what: answer.because }];
  const { unread } = answer;
  const rest = unread.length - MOST_PROBLEMS;
  return [
    ...unread.slice(0, MOST_PROBLEMS).map(each => ({ where, what: `${each.where}: ${each.because}` })),
    ...(rest > 0 ? [{ where, what: `${rest} more files could not be read` }] : []),
  ];
}

function factsOf(place: VersionPlace, source: string, answer: LookUp): readonly (Advisory | AdvisoryCheck)[] {
  const { path, manifests, entries, complete } = place;
  const check = {
    kind: 'advisoryCheck' as const,
    at: { path, startLine: 1, endLine: 1 },
    source,
    manifests,
    complete,
  };
  if (answer.state === 'failed')
    return [{ ...check, date: '', checked: [], open: place.open, failed: answer.because, unread: [] }];
  const undecided = new Map(answer.undecided.map(each => [keyOf(each.package), each.id]));
  const open = entries.flatMap(entry => {
    const id = undecided.get(keyOf(entry));
    if (id !== undefined)
      return { name: entry.calledAs, because: `whether ${id} concerns ${entry.version} cannot be told` };
    return answer.without.includes(entry.ecosystem)
      ? { name: entry.calledAs, because: `${source} knows nothing of its registry` }
      : [];
  });
  const without = new Set(open.map(({ name }) => name));
  return [
    {
      ...check,
      date: answer.date,
      checked: [...new Set(entries.map(({ calledAs }) => calledAs))].filter(name => !without.has(name)),
      open: [...place.open, ...open],
      failed: '',
      unread: answer.unread,
    },
    ...advisoriesOf(place, answer),
  ];
}

/** One for each package and version: that it is installed in several folders is one matter. */
function advisoriesOf(
  { entries, manifests }: VersionPlace,
  { found }: Extract<LookUp, { state: 'answered' }>,
): readonly Advisory[] {
  const advisories = new Map<string, Advisory>();
  const byPackage = new Map<string, KnownVulnerability[]>();
  for (const each of found) {
    const list = byPackage.get(keyOf(each.package));
    if (list) list.push(each);
    else byPackage.set(keyOf(each.package), [each]);
  }
  for (const { ecosystem, name, version, at, development } of entries) {
    const key = keyOf({ ecosystem, name, version });
    const matters = byPackage.get(key);
    if (!matters) continue;
    const before = advisories.get(key);
    const use = development && before?.use !== 'production' ? 'development' : 'production';
    const own = { ecosystem, name, version };
    advisories.set(key, {
      kind: 'advisory',
      at: before?.at ?? at,
      package: own,
      known: matters,
      mendedIn: mendedIn(own, matters),
      use,
      manifests,
    });
  }
  return [...advisories.values()];
}

/** Each names the nearest version that mends it; the highest of those mends all. */
function mendedIn({ ecosystem }: PackageVersion, known: readonly KnownVulnerability[]): string {
  const nearest = known.map(({ fixedIn: [first] }) => first);
  if (nearest.includes(undefined)) return '';
  const compare = compareIn(ecosystem);
  return nearest.reduce<string>(
    (best, each = '') => (best === '' || (compare(each, best) ?? 0) > 0 ? each : best),
    '',
  );
}

const keyOf = ({ ecosystem, name, version }: PackageVersion): string => `${ecosystem} ${name} ${version}`;
