import * as pep440 from '@renovatebot/pep440';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KnownVulnerability, PackageVersion } from '../../model/index.ts';
import { matchesOf } from './match.ts';
import { byKey, keyOf } from './names.ts';
import { osvOutline, osvRecord, type OsvEvent } from './record.ts';
import { severityOf } from './severity.ts';
import { withoutTwins } from './twins.ts';
import { compareIn } from './versions.ts';

const PYPI = 'PyPI';

function outcome(affected: readonly object[], version: string, name = 'shop', rest: object = {}): string {
  const ecosystem = JSON.stringify(affected).includes('"npm"') ? 'node' : 'python';
  const record = osvRecord({ id: 'X-1', modified: '2026-01-01', affected, ...rest });
  if (!record) return 'no record';
  const { found, undecided } = matchesOf(record, byKey([{ ecosystem, name, version }]));
  return found.length > 0 ? 'affected' : undecided.length > 0 ? 'undecided' : 'not affected';
}

const range = (events: readonly OsvEvent[], ecosystem = PYPI, rest: object = {}) => [
  { package: { ecosystem, name: 'shop' }, ranges: [{ type: 'ECOSYSTEM', events }], ...rest },
];

describe('ranges', () => {
  test.each<[string, readonly OsvEvent[], string, string]>([
    ['from the first version', [{ introduced: '0' }, { fixed: '2.0' }], '1.9', 'affected'],
    ['a prerelease of the fix is before it', [{ introduced: '0' }, { fixed: '2.0' }], '2.0rc1', 'affected'],
    ['the fix', [{ introduced: '0' }, { fixed: '2.0' }], '2.0.0', 'not affected'],
    ['before', [{ introduced: '1.5' }, { fixed: '2.0' }], '1.4', 'not affected'],
    ['last affected is affected', [{ introduced: '0' }, { last_affected: '2.0' }], '2.0', 'affected'],
    ['after last affected', [{ introduced: '0' }, { last_affected: '2.0' }], '2.0.post1', 'not affected'],
    ['one version alone', [{ introduced: '2.0' }, { last_affected: '2.0' }], '3.0', 'not affected'],
    ['without an end', [{ introduced: '1' }], '99', 'affected'],
    [
      'two stretches in any order',
      [{ fixed: '2.5' }, { introduced: '2.0' }, { fixed: '1.1' }, { introduced: '1.0' }],
      '2.2',
      'affected',
    ],
    [
      'between two stretches',
      [{ introduced: '1.0' }, { fixed: '1.1' }, { introduced: '2.0' }, { fixed: '2.5' }],
      '1.5',
      'not affected',
    ],
    ['within the limit', [{ introduced: '0' }, { limit: '2.0' }], '1.0', 'affected'],
    ['beyond the limit', [{ introduced: '0' }, { limit: '2.0' }], '2.0', 'not affected'],
    ['no limit', [{ introduced: '0' }, { limit: '*' }], '2.0', 'affected'],
    ['a build of one’s own', [{ introduced: '0' }, { last_affected: '2.0' }], '2.0+cpu', 'affected'],
    ['an epoch', [{ introduced: '0' }, { fixed: '2.0' }], '1!0.1', 'not affected'],
    ['nothing introduced', [{ fixed: '2.0' }], '1.0', 'not affected'],
    ['a bound that is no version', [{ introduced: '2004d' }], '1.0', 'undecided'],
    ['a version that is none', [{ introduced: '0' }, { fixed: '2.0' }], 'main', 'undecided'],
    ['a version that is none, where all are affected', [{ introduced: '0' }], 'main', 'affected'],
  ])('%s', (_, events, version, expected) => {
    expect(outcome(range(events), version)).toBe(expected);
  });

  test.each<[string, readonly OsvEvent[], string, string]>([
    ['a prerelease', [{ introduced: '0' }, { fixed: '2.0.0' }], '2.0.0-beta.1', 'affected'],
    ['the fix', [{ introduced: '0' }, { fixed: '2.0.0' }], '2.0.0', 'not affected'],
    ['short bounds', [{ introduced: '1' }, { fixed: '1.2' }], '1.1.9', 'affected'],
    ['ten is more than nine', [{ introduced: '0' }, { fixed: '1.10.0' }], '1.9.0', 'affected'],
  ])('npm: %s', (_, events, version, expected) => {
    expect(outcome(range(events, 'npm'), version)).toBe(expected);
  });

  test('GIT ranges say nothing of versions', () => {
    const affected = [
      {
        package: { ecosystem: PYPI, name: 'shop' },
        ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }],
      },
    ];
    expect(outcome(affected, '1.0')).toBe('not affected');
  });

  test('an open range ends where the database says that it is known to end', () => {
    const known = { database_specific: { last_known_affected_version_range: '<= 1.4' } };
    expect(outcome(range([{ introduced: '0' }], PYPI, known), '1.4')).toBe('affected');
    expect(outcome(range([{ introduced: '0' }], PYPI, known), '1.5')).toBe('not affected');
  });
});

describe('records', () => {
  const listed = [{ package: { ecosystem: PYPI, name: 'Sh.op' }, versions: ['1.0', '1.1rc1'] }];

  test('lists of versions count however a version is written', () => {
    expect(outcome(listed, '1.0.0', 'sh-op')).toBe('affected');
    expect(outcome(listed, '1.1c1', 'SH_OP')).toBe('affected');
    expect(outcome(listed, '1.1', 'sh-op')).toBe('not affected');
  });

  test('npm compares names by letter', () => {
    expect(outcome(range([{ introduced: '0' }], 'npm'), '1.0.0', 'Shop')).toBe('not affected');
  });

  test('other registries, other packages and withdrawn records say nothing', () => {
    expect(outcome(range([{ introduced: '0' }], 'Maven'), '1.0')).toBe('not affected');
    expect(outcome(range([{ introduced: '0' }]), '1.0', 'other')).toBe('not affected');
    const withdrawn = { withdrawn: '2026-02-01T00:00:00Z' };
    expect(outcome(range([{ introduced: '0' }]), '1.0', 'shop', withdrawn)).toBe('not affected');
  });

  test('names the nearest version that mends it', () => {
    const record = osvRecord({
      id: 'X',
      affected: range([
        { introduced: '0' },
        { fixed: '1.2' },
        { introduced: '2.0' },
        { fixed: '2.0.10' },
        { fixed: '2.0.9' },
      ]),
    });
    const shop: PackageVersion = { ecosystem: 'python', name: 'shop', version: '2.0.1' };
    expect(record && matchesOf(record, byKey([shop])).found[0]?.fixedIn).toEqual(['2.0.9', '2.0.10']);
  });

  test('what is none is told from what is broken', () => {
    for (const value of [null, 7, 'x', [], {}, { name: 'package.json' }])
      expect(osvOutline(value)).toBe('other');
    expect(osvOutline({ id: 'X', affected: [] })).toBe('broken');
    expect(osvOutline({ id: 'X', modified: 'y', affected: 'all' })).toBe('broken');
    expect(
      osvRecord({ id: 'X', affected: [{ ranges: [{ type: 'SEMVER', events: 'all' }] }] }),
    ).toBeUndefined();
  });

  test.each([
    [{ database_specific: { severity: 'MODERATE' } }, 'medium'],
    [{ severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] }, 'critical'],
    [
      {
        severity: [
          { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' },
        ],
      },
      'critical',
    ],
    [{ severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:X' }] }, 'unknown'],
    [{ severity: 'rubbish', database_specific: 7 }, 'unknown'],
    [{ id: 'MAL-2025-1' }, 'critical'],
  ])('%j is rated %s', (rest, expected) => {
    const record = osvRecord({ id: 'X', ...rest });
    expect(record && severityOf(record, record.affected)).toBe(expected);
  });
});

describe('twins', () => {
  const known = (
    id: string,
    aliases: readonly string[],
    rest: Partial<KnownVulnerability> = {},
  ): KnownVulnerability => ({
    package: { ecosystem: 'python', name: 'shop', version: '1.0' },
    id,
    aliases,
    severity: 'unknown',
    summary: '',
    fixedIn: [],
    ...rest,
  });

  test('become one, told by the one that says most', () => {
    const all = [
      known('PYSEC-1', ['CVE-1'], { fixedIn: ['1.1'] }),
      known('GHSA-1', ['CVE-1'], { severity: 'high', summary: 'It breaks' }),
      known('OTHER-1', ['PYSEC-1']),
      known('GHSA-2', []),
    ];
    expect(withoutTwins(all)).toEqual([
      known('GHSA-1', ['CVE-1', 'OTHER-1', 'PYSEC-1'], {
        severity: 'high',
        summary: 'It breaks',
        fixedIn: ['1.1'],
      }),
      known('GHSA-2', []),
    ]);
  });

  test('whatever the order, nothing is lost and no name stands in two', () => {
    const record = fc.record({
      id: fc.integer({ min: 0, max: 9 }),
      aliases: fc.array(fc.integer({ min: 0, max: 9 })),
    });
    fc.assert(
      fc.property(fc.array(record), records => {
        const all = records.map(({ id, aliases }) =>
          known(
            `A-${id}`,
            aliases.map(each => `A-${each}`),
          ),
        );
        const merged = withoutTwins(all);
        expect(withoutTwins(all.toReversed())).toEqual(merged);
        const names = merged.map(({ id, aliases }) => new Set([id, ...aliases]));
        for (const { id } of all) expect(names.filter(each => each.has(id))).toHaveLength(1);
      }),
    );
  });
});

describe('properties', () => {
  const release = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 3 }).map(parts => parts.join('.'));
  const full = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map(parts => parts.join('.'));

  test('a version is affected exactly between introduced and fixed, in both registries', () => {
    fc.assert(
      fc.property(full, full, full, (introduced, fixed, version) => {
        const inside = (order: (a: string, b: string) => number | undefined) =>
          (order(version, introduced) ?? 0) >= 0 && (order(version, fixed) ?? 0) < 0;
        for (const ecosystem of [PYPI, 'npm']) {
          const compare = compareIn(ecosystem === PYPI ? 'python' : 'node');
          fc.pre((compare(introduced, fixed) ?? 0) < 0);
          expect(outcome(range([{ fixed }, { introduced }], ecosystem), version)).toBe(
            inside(compare) ? 'affected' : 'not affected',
          );
        }
      }),
    );
  });

  test('the order of the events does not matter', () => {
    const event = fc.oneof(
      release.map((introduced): OsvEvent => ({ introduced })),
      release.map((fixed): OsvEvent => ({ fixed })),
      release.map((last_affected): OsvEvent => ({ last_affected })),
    );
    fc.assert(
      fc.property(fc.array(event), release, (events, version) => {
        expect(outcome(range(events.toReversed()), version)).toBe(outcome(range(events), version));
      }),
    );
  });

  test('versions of Python compare as the library compares them, and both ways', () => {
    const compare = compareIn('python');
    fc.assert(
      fc.property(release, release, (one, other) => {
        expect(compare(one, other)).toBe(pep440.compare(one, other));
        expect(Math.sign(compare(one, other) ?? NaN) + Math.sign(compare(other, one) ?? NaN)).toBe(0);
      }),
    );
  });

  test('names of PyPI are one, however they are written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z0-9]{1,5}$/), { minLength: 1 }),
        fc.constantFrom('-', '_', '.', '--'),
        (parts, mark) => {
          expect(keyOf('python', parts.join(mark).toUpperCase())).toBe(keyOf('python', parts.join('-')));
        },
      ),
    );
  });

  test('no JSON makes it throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, affected) => {
        osvOutline(value);
        const record = osvRecord({ id: 'X', modified: 'y', affected });
        if (record) matchesOf(record, byKey([{ ecosystem: 'python', name: 'shop', version: '1' }]));
      }),
    );
  });
});
