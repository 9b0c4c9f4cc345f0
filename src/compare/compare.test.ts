import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyAssessment,
  assessment,
  failing,
  finding,
  judgement,
  open,
  placeAt,
  service,
} from '../../test/assessments.ts';
import type { Assessment, Change, Comparison, Judgement } from '../model/index.ts';
import { comparisonOf } from './compare.ts';

const compared = (before: Assessment, after: Assessment): Comparison =>
  comparisonOf({ label: 'before', assessment: before }, { label: 'after', assessment: after });

const shop = (...judgements: readonly Judgement[]) => assessment([service('shop', judgements)]);

const waived = (of: Judgement): Judgement => ({
  ...of,
  status: 'waived',
  findings: [],
  waived: of.findings.map(each => ({
    finding: each,
    waiver: {
      by: 'waiver',
      at: { path: 'seaworthy.yaml', startLine: 1, endLine: 1 },
      owner: 'Jane',
      reason: 'rotated in March',
      until: '',
    },
  })),
});

describe('whatever is compared', () => {
  test('with itself nothing is different', () => {
    fc.assert(
      fc.property(anyAssessment, of => {
        const { verdicts, appeared, gone, moved, notices, readiness, services, overall, categories } =
          compared(of, of);
        expect([verdicts, appeared, gone, moved, notices]).toEqual([[], [], [], [], []]);
        expect(readiness).toBe('same');
        expect(services).toEqual({ added: [], gone: [] });
        for (const change of [
          overall,
          ...categories.flatMap(each => [each.points, each.coverage, each.failed]),
        ])
          expect([0, 'none']).toContain(change.by);
      }),
      { numRuns: 60 },
    );
  });

  test('the way back is the same with signs turned', () => {
    const turned = { better: 'worse', worse: 'better', same: 'same', other: 'other' } as const;
    const back = ({ before, after, by }: Change) => ({
      before: after,
      after: before,
      by: by === 'none' ? by : 0 - by,
    });
    const plain = ({ before, after, by }: Omit<Change, 'percent'>) => ({
      before,
      after,
      by: by === 'none' ? by : by + 0,
    });
    const sorted = (list: readonly unknown[]) => list.map(each => JSON.stringify(each)).sort();
    fc.assert(
      fc.property(anyAssessment, anyAssessment, (one, other) => {
        const [there, here] = [compared(one, other), compared(other, one)];
        expect(turned[here.readiness]).toBe(there.readiness);
        expect(plain(back(here.overall))).toEqual(plain(there.overall));
        expect(sorted(here.gone)).toEqual(sorted(there.appeared));
        expect(sorted(here.appeared)).toEqual(sorted(there.gone));
        expect(here.stayed).toBe(there.stayed);
        expect(
          sorted(here.verdicts.map(({ control, service: of, turned: way }) => [control, of, turned[way]])),
        ).toEqual(sorted(there.verdicts.map(({ control, service: of, turned: way }) => [control, of, way])));
        expect(here.services).toEqual({ added: there.services.gone, gone: there.services.added });
        expect(new Set(here.categories.map(({ category }) => category))).toEqual(
          new Set(there.categories.map(({ category }) => category)),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('findings of both sides add up', () => {
    const count = ({ findings }: Comparison['before']) =>
      Object.values(findings).reduce((sum, each) => sum + each, 0);
    fc.assert(
      fc.property(anyAssessment, anyAssessment, (one, other) => {
        const { before, after, appeared, gone, stayed } = compared(one, other);
        expect(count(before)).toBe(stayed + gone.length);
        expect(count(after)).toBe(stayed + appeared.length);
      }),
      { numRuns: 60 },
    );
  });
});

test('a service in a checkout that is called otherwise is the same service', () => {
  const { services, appeared, gone, stayed, verdicts } = compared(
    assessment([service('shop', [failing('web/cors')])]),
    assessment([service('shop-copy', [failing('web/cors')])]),
  );
  expect([services, appeared, gone, verdicts]).toEqual([{ added: [], gone: [] }, [], [], []]);
  expect(stayed).toBeGreaterThan(0);
  const absence = (id: string) => failing('web/cors', 1, { id, places: [] });
  expect(
    compared(
      assessment([service('shop', [absence('a')])]),
      assessment([service('shop-copy', [absence('b')])]),
    ),
  ).toMatchObject({ appeared: [], gone: [], moved: [], stayed: 1 });
  const moved = { ...service('worker', [failing('web/cors')]), path: 'worker' };
  expect(compared(assessment([service('shop', [])]), assessment([moved])).services).toEqual({
    added: ['worker'],
    gone: ['shop'],
  });
});

describe('verdicts', () => {
  const [pass, fail, none, unknown] = [
    judgement('web/cors', {
      evidence: [
        { kind: 'place', at: { path: 'shop/app.py', startLine: 3, endLine: 3 }, says: 'names its origins' },
      ],
    }),
    failing('web/cors'),
    judgement('web/cors', { status: 'not-applicable', because: 'it has no routes' }),
    open('web/cors', 'shop/app.py:3 cannot be told by reading'),
  ];
  test.each([
    ['fail', 'pass', fail, pass, 'better'],
    ['pass', 'fail', pass, fail, 'worse'],
    ['unknown', 'pass', unknown, pass, 'better'],
    ['pass', 'unknown', pass, unknown, 'worse'],
    ['fail', 'unknown', fail, unknown, 'other'],
    ['unknown', 'fail', unknown, fail, 'other'],
    ['fail', 'accepted', fail, waived(fail), 'other'],
    ['accepted', 'pass', waived(fail), pass, 'better'],
    ['fail', 'not-applicable', fail, none, 'better'],
    ['not-applicable', 'fail', none, fail, 'worse'],
    ['not-applicable', 'pass', none, pass, 'other'],
  ])('from %s to %s', (_, __, one, other, turned) => {
    const { verdicts } = compared(shop(one), shop(other));
    expect(verdicts.map(each => each.turned)).toEqual([turned]);
    for (const side of [verdicts[0]?.before, verdicts[0]?.after]) {
      expect(side?.lines.length).toBeGreaterThan(0);
      expect(side?.lines[0]?.says).not.toBe('');
    }
  });

  test('show the lines that they rest on', () => {
    const [verdict] = compared(shop(fail), shop(pass)).verdicts;
    expect(verdict?.before).toEqual({
      status: 'fail',
      lines: [{ at: { path: 'shop/m0.py', startLine: 1, endLine: 1 }, says: 'place 0 of web/cors' }],
    });
    expect(verdict?.after.lines).toEqual([
      { at: { path: 'shop/app.py', startLine: 3, endLine: 3 }, says: 'names its origins' },
    ]);
  });

  test('on trial say nothing, and those of one side only are counted', () => {
    const trial = { ...fail, stage: 'trial' } as const;
    expect(compared(shop(trial), shop({ ...pass, stage: 'trial' }))).toMatchObject({
      verdicts: [],
      gone: [],
      notices: [],
    });
    expect(compared(shop(trial), shop(fail))).toMatchObject({ verdicts: [], notices: [/^1 verdicts/] });
  });
});

describe('findings', () => {
  const at = (path: string, line: number, changed = {}) =>
    judgement('api/pagination', {
      status: 'fail',
      findings: [finding({ places: [placeAt(path, line)], ...changed })],
    });

  test('are the same on another line', () => {
    const { moved, appeared, gone, stayed } = compared(shop(at('shop/a.py', 3)), shop(at('shop/a.py', 30)));
    expect([appeared, gone, stayed]).toEqual([[], [], 1]);
    expect(moved).toMatchObject([{ before: { at: { startLine: 3 } }, after: { at: { startLine: 30 } } }]);
  });

  test('are the same in another file when their lines are', () => {
    const { moved, appeared } = compared(
      shop(at('shop/a.py', 3, { id: 'one' })),
      shop(at('shop/b.py', 3, { id: 'two' })),
    );
    expect(appeared).toEqual([]);
    expect(moved.map(({ before, after }) => [before.at?.path, after.at?.path])).toEqual([
      ['shop/a.py', 'shop/b.py'],
    ]);
  });

  test('are the same when their line was changed and mended nothing', () => {
    const { moved, gone } = compared(
      shop(at('shop/a.py', 3, { id: 'one', content: 'x' })),
      shop(at('shop/a.py', 4, { id: 'two', content: 'y' })),
    );
    expect([gone, moved.length]).toEqual([[], 1]);
  });

  test('of another weight are told', () => {
    const { moved } = compared(
      shop(at('shop/a.py', 3)),
      shop(at('shop/a.py', 3, { severity: 'medium', lowered: 'a reason' })),
    );
    expect(moved).toMatchObject([{ before: { severity: 'high' }, after: { severity: 'medium' } }]);
  });

  test.each([
    ['mended', judgement('api/pagination'), 'not there'],
    ['accepted', waived(at('shop/a.py', 3)), 'accepted'],
    ['no longer told', open('api/pagination'), 'unknown'],
    [
      'about nothing that is there',
      judgement('api/pagination', { status: 'not-applicable', because: 'no lists' }),
      'not-applicable',
    ],
    ['of another service', judgement('web/cors'), 'not asked'],
  ])('that are gone are %s', (_, other, says) => {
    expect(compared(shop(at('shop/a.py', 3)), shop(other)).gone.map(each => each.other)).toEqual([says]);
    expect(compared(shop(other), shop(at('shop/a.py', 3))).appeared.map(each => each.other)).toEqual([says]);
  });
});

describe('the whole', () => {
  test('turns with the readiness, and says why two may not be comparable', () => {
    const { readiness, before, after, overall } = compared(
      shop(failing('web/cors')),
      shop(judgement('web/cors')),
    );
    expect([readiness, before.readiness, after.readiness]).toEqual(['better', 'NOT READY', 'READY']);
    expect(overall).toEqual({ before: 0, after: 10, by: 10, percent: 'none' });
    const other = {
      ...shop(),
      tool: { name: 'seaworthy', version: '9.0.0' },
      repository: { ...shop().repository, name: 'rates' },
    } as const;
    expect(compared(shop(), other).notices).toHaveLength(2);
    expect(compared(assessment([]), shop(failing('web/cors')))).toMatchObject({
      readiness: 'same',
      services: { added: ['shop'], gone: [] },
      verdicts: [],
      appeared: [{ other: 'not asked' }],
    });
  });

  test('gives the change of each category, also of those of one side', () => {
    const { categories } = compared(
      shop(failing('web/cors'), judgement('web/csp')),
      shop(judgement('web/cors'), judgement('web/csp'), open('ci/tests')),
    );
    expect(categories.map(({ category, points, failed }) => [category, points, failed.by])).toEqual([
      ['web', { before: 0.9, after: 10, by: 9.1, percent: 1011 }, -1],
      ['ci', { before: 'none', after: 'none', by: 'none', percent: 'none' }, 'none'],
    ]);
  });
});
