import { z } from 'zod';
import type { AdvisorySource, KnownVulnerability, LookUp, PackageVersion } from '../../model/index.ts';
import { askJson, type HttpBounds } from './http.ts';
import { matchesOf, vulnerabilityIn } from './match.ts';
import { byKey, OSV_NAME } from './names.ts';
import { osvRecord, type OsvRecord } from './record.ts';
import { withoutTwins } from './twins.ts';

interface ServiceBounds extends HttpBounds {
  /** The service takes up to a thousand. */
  readonly queriesAtOnce: number;
  /** Pages of one package. */
  readonly pages: number;
  readonly advisories: number;
  readonly atOnce: number;
  /** For all questions together. */
  readonly allMilliseconds: number;
}

const BOUNDS: ServiceBounds = {
  milliseconds: 10_000,
  bytes: 33_000_000,
  attempts: 3,
  pause: 250,
  queriesAtOnce: 1_000,
  pages: 20,
  advisories: 5_000,
  atOnce: 8,
  allMilliseconds: 120_000,
};

/** Looks packages up at a service that speaks the API of osv.dev. Only their names and versions are sent. */
export function osvService(base: string, bounds: Partial<ServiceBounds> = {}): AdvisorySource {
  const root = base.replace(/\/+$/, '');
  return {
    name: `OSV at ${root}`,
    async lookUp(packages) {
      const asking = { root, bounds: { ...BOUNDS, ...bounds }, started: performance.now() };
      const named = await idsOf(asking, packages);
      if (named.state === 'failed') return named;
      const records = await recordsOf(asking, [...new Set([...named.value.values()].flat())].sort());
      return records.state === 'failed' ? records : answerOf(named.value, records.value);
    },
  };
}

interface Asking {
  readonly root: string;
  readonly bounds: ServiceBounds;
  readonly started: number;
}

type Failed = Extract<LookUp, { state: 'failed' }>;
type Got<T> = { readonly state: 'got'; readonly value: T } | Failed;

const failed = ({ root }: Asking, because: string): Failed => ({
  state: 'failed',
  because: `${root} ${because}`,
});

async function ask<T>(
  asking: Asking,
  path: string,
  body: unknown,
  read: (value: unknown) => T | undefined,
): Promise<Got<T>> {
  const { root, bounds, started } = asking;
  if (performance.now() - started > bounds.allMilliseconds)
    return failed(asking, `takes longer than ${bounds.allMilliseconds / 1000} seconds for all answers`);
  const answer = await askJson(`${root}${path}`, body, bounds);
  if (answer.state === 'failed') return failed(asking, answer.because);
  const value = read(answer.value);
  return value === undefined
    ? failed(asking, `answered ${path} with something that is not of the API of OSV`)
    : { state: 'got', value };
}

const batch = z.object({
  results: z.array(
    z.object({
      vulns: z.array(z.object({ id: z.string().min(1) })).optional(),
      next_page_token: z.string().optional(),
    }),
  ),
});

interface Query {
  readonly each: PackageVersion;
  readonly page: string;
  readonly round: number;
}

type Named = ReadonlyMap<PackageVersion, readonly string[]>;

/** The ids of advisories that the service names for each package, page by page. */
async function idsOf(asking: Asking, packages: readonly PackageVersion[]): Promise<Got<Named>> {
  const { queriesAtOnce, pages } = asking.bounds;
  const ids = new Map<PackageVersion, readonly string[]>();
  const waiting: Query[] = packages.map(each => ({ each, page: '', round: 1 }));
  while (waiting.length > 0) {
    const asked = waiting.splice(0, queriesAtOnce);
    const answer = await ask(asking, '/v1/querybatch', { queries: asked.map(queryOf) }, value => {
      const { data } = batch.safeParse(value);
      // Answers belong to questions by their order.
      return data?.results.length === asked.length ? data.results : undefined;
    });
    if (answer.state === 'failed') return answer;
    for (const [index, { each, round }] of asked.entries()) {
      const { vulns = [], next_page_token: page = '' } = answer.value[index] ?? {};
      ids.set(each, [...(ids.get(each) ?? []), ...vulns.map(({ id }) => id)]);
      if (page === '') continue;
      if (round === pages) return failed(asking, `has more than ${pages} pages for ${each.name}`);
      waiting.push({ each, page, round: round + 1 });
    }
  }
  return { state: 'got', value: ids };
}

const queryOf = ({ each, page }: Query) => ({
  package: { name: each.name, ecosystem: OSV_NAME[each.ecosystem] },
  version: each.version,
  ...(page !== '' && { page_token: page }),
});

/** The advisories themselves, a few at a time. */
async function recordsOf(
  asking: Asking,
  ids: readonly string[],
): Promise<Got<ReadonlyMap<string, OsvRecord>>> {
  const { advisories, atOnce } = asking.bounds;
  if (ids.length > advisories) return failed(asking, `names more than ${advisories} advisories`);
  const records = new Map<string, OsvRecord>();
  for (let start = 0; start < ids.length; start += atOnce) {
    const some = ids.slice(start, start + atOnce);
    const answers = await Promise.all(
      some.map(id => ask(asking, `/v1/vulns/${encodeURIComponent(id)}`, undefined, osvRecord)),
    );
    for (const [index, answer] of answers.entries()) {
      if (answer.state === 'failed') return answer;
      records.set(some[index] ?? '', answer.value);
    }
  }
  return { state: 'got', value: records };
}

/** The service has compared the versions; the records say what it is about, and where it is mended. */
function answerOf(named: Named, records: ReadonlyMap<string, OsvRecord>): LookUp {
  const found: KnownVulnerability[] = [];
  for (const [each, ids] of named)
    for (const id of ids) {
      const record = records.get(id);
      if (!record || record.withdrawn !== '') continue;
      const [own] = matchesOf(record, byKey([each])).found;
      found.push(own ?? vulnerabilityIn(record, each));
    }
  const days = [...records.values()].flatMap(({ modified }) => /^\d{4}-\d\d-\d\d/.exec(modified)?.[0] ?? []);
  return {
    state: 'answered',
    found: withoutTwins(found),
    date: days.sort().at(-1) ?? '',
    without: [],
    undecided: [],
    unread: [],
  };
}
