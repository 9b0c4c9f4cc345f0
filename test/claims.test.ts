import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { assessPath } from '../src/assess-path.ts';
import type { Claim, Claims } from '../src/model/index.ts';

/** Dates are judged on the day on which the expectations were written. */
const GIVEN = { today: '2026-09-01', claims: 'repository' } as const;

interface Expected {
  readonly line: number;
  readonly about: string;
  readonly says?: Claim['says'];
  readonly verdict: Claim['verdict'];
  readonly at?: string;
}

interface Expectations {
  readonly claims: Readonly<Record<string, readonly Expected[]>>;
  readonly contradictions: readonly (readonly string[])[];
  readonly scores: readonly {
    readonly at: string;
    readonly of: string;
    readonly stated: number;
    readonly before: boolean;
  }[];
}

const names = readdirSync('specimens')
  .filter(file => file.endsWith('.claims.yaml'))
  .map(file => file.replace(/\.claims\.yaml$/, ''));

const keyOf = (path: string, line: number, about: string, says: string, verdict: string): string =>
  `${path}:${line} ${about} is said to be ${says}: ${verdict}`;

const sayOf = (claims: Claims): readonly { readonly key: string; readonly places: readonly string[] }[] =>
  claims.documents.flatMap(({ path, claims: own }) =>
    own.map(({ at, about, says, verdict, evidence }) => ({
      key: keyOf(path, at.startLine, about.join(' + '), says, verdict),
      places: evidence.flatMap(({ places }) => places.map(place => `${place.at.path}:${place.at.startLine}`)),
    })),
  );

async function claimsOf(name: string): Promise<Claims> {
  const result = await assessPath(`specimens/${name}`, GIVEN);
  if (!result.ok) throw new Error(result.what);
  return result.assessment.claims;
}

describe.each(names)('claims of the specimen %s', name => {
  const expected = parse(readFileSync(`specimens/${name}.claims.yaml`, 'utf8')) as Expectations;
  const wanted = Object.entries(expected.claims).flatMap(([path, list]) =>
    list.map(({ line, about, says = 'there', verdict, at }) => ({
      key: keyOf(path, line, about, says, verdict),
      at,
    })),
  );

  test('are judged as a reader judged them, neither more nor less', async () => {
    const said = sayOf(await claimsOf(name));
    expect(said.map(({ key }) => key).sort()).toEqual(wanted.map(({ key }) => key).sort());
    for (const { key, at } of wanted)
      if (at !== undefined) expect(said.find(each => each.key === key)?.places, key).toContain(at);
  });

  test('contradict each other where a reader sees it', async () => {
    const { contradictions } = await claimsOf(name);
    expect(
      contradictions.map(({ places }) => places.map(place => `${place.at.path}:${place.at.startLine}`)),
    ).toEqual(expected.contradictions);
  });

  test('stand beside the measured score', async () => {
    const { documents } = await claimsOf(name);
    const scores = documents.flatMap(({ path, scores: own }) =>
      own.map(({ at, of, stated, before }) => ({ at: `${path}:${at.startLine}`, of, stated, before })),
    );
    expect(scores).toEqual(expected.scores);
  });
});
