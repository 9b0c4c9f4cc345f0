import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyAssessment, assessment, failing, judgement, open, service } from '../../test/assessments.ts';
import type { Asked, Assessment, Piece, Plan } from '../model/index.ts';
import { TIERS } from '../model/index.ts';
import { sumOf } from './effort.ts';
import { DEPENDENCIES } from './graph.ts';
import { PHASE_IDS } from './phases.ts';
import { planOf } from './plan.ts';
import { TARGET_IDS } from './targets/index.ts';
import { roomOf } from './works/index.ts';

const asked = (changed: Partial<Asked> = {}): Asked => ({
  target: '',
  tier: 'full',
  first: [],
  team: 1,
  start: '2026-11-23',
  until: '',
  ...changed,
});

const anyAsked: fc.Arbitrary<Asked> = fc.record({
  target: fc.constantFrom('' as const, ...TARGET_IDS),
  tier: fc.constantFrom(...TIERS),
  first: fc.subarray(PHASE_IDS.slice(1)),
  team: fc.integer({ min: 1, max: 9 }),
  start: fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-23', '2027-12-29'),
  until: fc.constantFrom('', '2027-01-04'),
});

const cases = fc.tuple(anyAssessment, anyAsked);
const each = (holds: (plan: Plan, of: Assessment, wanted: Asked) => void) => {
  fc.assert(
    fc.property(cases, ([of, wanted]) => {
      holds(planOf(of, wanted), of, wanted);
    }),
    { numRuns: 60 },
  );
};

const rank = (tier: Piece['tier']) => TIERS.indexOf(tier);
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
const overlap = (a: Piece, b: Piece) =>
  a.services.length === 0 || b.services.length === 0 || a.services.some(own => b.services.includes(own));
const workOf = (piece: Piece) => {
  const [item] = piece.items;
  return piece.kind === 'mend' && item && item.control !== '' ? roomOf(item.control).id : undefined;
};

describe('whatever is found', () => {
  test('the order keeps every dependency, and what is urgent waits for nothing less urgent', () => {
    each(({ pieces }) => {
      const at = new Map(pieces.map((piece, index) => [piece.id, { piece, index }]));
      for (const { piece, index } of at.values())
        for (const { piece: id } of piece.after) {
          const before = at.get(id);
          expect(before?.index).toBeLessThan(index);
          expect(rank(before?.piece.tier ?? 'full')).toBeLessThanOrEqual(rank(piece.tier));
          expect((before?.piece.end ?? '') <= piece.start).toBe(true);
        }
      for (const { first, then } of DEPENDENCIES)
        for (const one of pieces.filter(piece => workOf(piece) === first))
          for (const other of pieces.filter(piece => workOf(piece) === then && overlap(one, piece)))
            if (rank(one.tier) <= rank(other.tier))
              expect(other.after.map(({ piece }) => piece)).toContain(one.id);
    });
  });

  test('tiers follow each other in the list, and each holds those before it', () => {
    each(({ pieces, tiers }) => {
      const ranks = pieces.map(({ tier }) => rank(tier));
      expect([...ranks].sort()).toEqual(ranks);
      for (const [index, total] of tiers.entries()) {
        const before = tiers[index - 1];
        if (!before) continue;
        expect(total.pieces).toBeGreaterThanOrEqual(before.pieces);
        expect(total.effort.low).toBeGreaterThanOrEqual(before.effort.low);
        expect(total.ends.likely >= before.ends.likely).toBe(true);
      }
    });
  });

  test('the whole is the sum of its pieces, and a piece that of its items', () => {
    each((plan, _, { tier }) => {
      for (const piece of plan.pieces)
        expect(piece.effort).toEqual(sumOf([piece.overhead, ...piece.items.map(({ effort }) => effort)]));
      const total = plan.tiers.find(own => own.tier === tier);
      expect(total?.pieces).toBe(plan.pieces.length);
      expect(total?.effort).toEqual(sumOf(plan.pieces.map(({ effort }) => effort)));
      expect(plan.phases.flatMap(({ pieces }) => pieces).sort()).toEqual(
        plan.pieces.map(({ id }) => id).sort(),
      );
      expect(sumOf(plan.phases.map(({ effort }) => effort))).toEqual(total?.effort);
    });
  });

  test('nothing begins before the start, and nobody works on a weekend', () => {
    each(({ pieces, weeks, tiers }, _, { start }) => {
      const days = [
        ...pieces.flatMap(piece => [piece.start, piece.end]),
        ...weeks.flatMap(({ from, to }) => [from, to]),
        ...tiers.flatMap(({ ends }) => [ends.early, ends.likely, ends.late]).filter(day => day !== ''),
      ];
      for (const day of days) {
        expect(day >= start).toBe(true);
        expect(isWeekend(day)).toBe(false);
      }
      for (const piece of pieces) expect(piece.start <= piece.end).toBe(true);
      for (const { ends } of tiers) expect(ends.early <= ends.likely && ends.likely <= ends.late).toBe(true);
    });
  });

  test('a larger team never ends later, and no team before the longest chain', () => {
    fc.assert(
      fc.property(anyAssessment, anyAsked, (of, wanted) => {
        const plans = [1, 2, 3, 5, 8].map(team => planOf(of, { ...wanted, team }));
        for (const [index, plan] of plans.entries()) {
          const smaller = plans[index - 1];
          for (const [tier, { ends }] of plan.tiers.entries()) {
            const before = smaller?.tiers[tier]?.ends;
            if (!before) continue;
            expect(
              ends.early <= before.early && ends.likely <= before.likely && ends.late <= before.late,
            ).toBe(true);
          }
          const own = plan.tiers.find(({ tier }) => tier === wanted.tier);
          expect((own?.ends.likely ?? '') >= plan.limits.chainEnds).toBe(true);
          expect(plan.limits.busy).toBeLessThanOrEqual(plan.asked.team);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('dates of what is urgent do not depend on how far the plan goes', () => {
    each((plan, of, wanted) => {
      const full = planOf(of, { ...wanted, tier: 'full' });
      expect(full.pieces.slice(0, plan.pieces.length)).toEqual(plan.pieces);
    });
  });

  test('each finding that counts is in one piece, and a question in none that mends', () => {
    each((plan, of, wanted) => {
      const full = planOf(of, { ...wanted, tier: 'full', target: '' });
      const failing = of.services.flatMap(({ judgements }) =>
        judgements.filter(own => own.status === 'fail' && own.stage === 'stable').map(own => own.control),
      );
      const openOnes = of.services.flatMap(({ judgements }) =>
        judgements.filter(own => own.status === 'unknown' && own.stage === 'stable').map(own => own.control),
      );
      const controlsOf = (kind: Piece['kind']) =>
        full.pieces
          .filter(piece => piece.kind === kind)
          .flatMap(({ items }) => items.map(own => own.control));
      expect([...new Set(controlsOf('mend'))].sort()).toEqual([...new Set(failing)].sort());
      expect([...new Set(controlsOf('find-out'))].sort()).toEqual([...new Set(openOnes)].sort());
      expect(full.leftOut.waived).toBe(
        of.services.flatMap(({ judgements }) => judgements.flatMap(({ waived }) => waived)).length,
      );
      expect(new Set(full.pieces.map(({ id }) => id)).size).toBe(full.pieces.length);
      expect(JSON.stringify(planOf(of, wanted))).toBe(JSON.stringify(plan));
    });
  });

  test('somebody does one thing at a time, and all of it in some week', () => {
    each(({ pieces, weeks }) => {
      const inWeeks = new Set(weeks.flatMap(({ people }) => people.flatMap(own => own.pieces)));
      expect([...inWeeks].sort()).toEqual(pieces.map(({ id }) => id).sort());
    });
  });
});

const ids = ({ pieces }: Plan) => pieces.map(({ id }) => id);
const shop = (...judgements: Parameters<typeof service>[1]) => assessment([service('shop', judgements)]);

describe('pieces', () => {
  test('join findings with one cause, and part what is more urgent', () => {
    const plan = planOf(
      shop(
        failing('config/app-secret', 2),
        failing('config/credentials-in-code'),
        failing('web/rate-limit'),
        failing('web/rate-limit-store', 1, { severity: 'medium' }),
      ),
      asked(),
    );
    expect(plan.pieces.map(({ id, items }) => [id, items.map(own => own.control)])).toEqual([
      ['secrets.shop.minimum', ['config/credentials-in-code', 'config/app-secret']],
      ['rate-limits.shop.recommended', ['web/rate-limit']],
    ]);
  });

  test('are one for each service, but one where the services share the place', () => {
    const both = (own: number) => [failing('api/pagination', own), failing('data/migrations')];
    const plan = planOf(assessment([service('rates', both(1)), service('orders', both(2))]), asked());
    expect(ids(plan)).toEqual(['migrations.all.recommended', 'requests.all.recommended']);
    const apart = planOf(
      assessment([
        service('rates', [failing('observe/logging', 1, { places: [] })]),
        service('orders', [failing('observe/logging', 1, { places: [] })]),
      ]),
      asked(),
    );
    expect(ids(apart)).toEqual(['logs.rates.recommended', 'logs.orders.recommended']);
    const pipeline = failing('ci/pipeline', 1, { places: [] });
    expect(
      ids(planOf(assessment([service('rates', [pipeline]), service('orders', [pipeline])]), asked())),
    ).toEqual(['pipeline.recommended']);
  });

  test('of what could not be told are small questions, and come first', () => {
    const { pieces } = planOf(
      shop(failing('access/authentication'), open('config/app-secret'), open('attest/on-call')),
      asked(),
    );
    expect(pieces.map(({ id, kind }) => [id, kind])).toEqual([
      ['find-out-reading.minimum', 'find-out'],
      ['identity.shop.minimum', 'mend'],
      ['find-out-people.full', 'find-out'],
    ]);
    expect(pieces[0]?.effort).toEqual({ low: 0.25, high: 1 });
    expect(pieces[0]?.items[0]?.title).toMatch(/^Is it so: .*\?$/);
  });

  test('leave out and count what is accepted, stated or on trial', () => {
    const waived = {
      finding: failing('web/cors').findings[0] ?? expect.unreachable('there is one'),
      waiver: {
        by: 'waiver',
        at: { path: 'seaworthy.yaml', startLine: 1, endLine: 1 },
        owner: '',
        reason: '',
        until: '',
      },
    } as const;
    const plan = planOf(
      shop(
        judgement('web/cors', { status: 'waived', waived: [waived] }),
        judgement('attest/on-call', { rank: 'attested' }),
        { ...failing('data/n-plus-one', 3), stage: 'trial' },
      ),
      asked(),
    );
    expect(plan.pieces).toEqual([]);
    expect(plan.leftOut).toEqual({ waived: 1, attested: 1, trial: 3, later: 0, notForTarget: [] });
    expect(plan.tiers.map(({ ends }) => ends.likely)).toEqual(['', '', '']);
  });

  test('that somebody wants first come first among what is equally urgent, after what they need', () => {
    const found = shop(
      failing('web/cors'),
      failing('access/unprotected-routes'),
      failing('access/authentication'),
      failing('config/app-secret'),
      failing('observe/liveness'),
    );
    expect(ids(planOf(found, asked({ first: ['surface'] })))).toEqual([
      'browser.shop.minimum',
      'secrets.shop.minimum',
      'identity.shop.minimum',
      'guarded-routes.shop.minimum',
      'health.shop.recommended',
    ]);
    expect(ids(planOf(found, asked({ first: ['access'] }))).slice(0, 3)).toEqual([
      'secrets.shop.minimum',
      'identity.shop.minimum',
      'guarded-routes.shop.minimum',
    ]);
  });

  test('that something urgent cannot be done without become as urgent', () => {
    const { pieces } = planOf(
      shop(failing('access/unprotected-routes'), failing('access/authentication', 1, { severity: 'medium' })),
      asked({ tier: 'minimum' }),
    );
    expect(pieces.map(({ id, tier, neededFor }) => [id, tier, neededFor])).toEqual([
      ['identity.shop.full', 'minimum', 'Let only those in who may'],
      ['guarded-routes.shop.minimum', 'minimum', ''],
    ]);
  });

  test('tell services apart whose names look alike in a file name', () => {
    const named = ['a b', 'a/b', 'A-B', '../..', ''].map(id =>
      service(id, [failing('observe/logging', 1, { places: [] })]),
    );
    const own = ids(planOf(assessment(named), asked()));
    expect(new Set(own).size).toBe(5);
    for (const id of own) expect(id).toMatch(/^[a-z][a-z0-9+.-]*$/);
  });
});

describe('a deadline', () => {
  const found = shop(failing('access/authentication'), failing('tests/present'), failing('web/rate-limit'));
  test.each([
    ['2026-11-23', 1, 'no', 0],
    ['2026-11-27', 1, 'no', 2],
    ['2026-12-03', 1, 'perhaps', 1],
    ['2027-03-01', 1, 'yes', 1],
  ] as const)('on %s with %d', (until, team, inTime, smallest) => {
    const plan = planOf(found, asked({ until, team, tier: 'minimum' }));
    expect(plan.tiers[0]?.inTime).toBe(inTime);
    expect(plan.limits.teamInTime).toBe(smallest);
  });
});

describe('the target', () => {
  const probes = failing('k8s/probes');
  const restart = failing('compose/restart');
  const none = (control: 'k8s/probes' | 'compose/restart') =>
    judgement(control, { status: 'not-applicable', because: 'there are none' });

  test('keeps rows about manifests for Kubernetes only', () => {
    for (const target of TARGET_IDS) {
      const plan = planOf(shop(probes, restart, failing('k8s/secrets')), asked({ target }));
      const controls = plan.pieces.flatMap(({ items }) => items.map(own => own.control));
      expect(controls.includes('k8s/probes'), target).toBe(target === 'kubernetes');
      expect(controls.includes('compose/restart'), target).toBe(target === 'docker');
      expect(controls, target).toContain('k8s/secrets');
    }
  });

  test.each([
    ['docker', 'docker-compose-file.minimum'],
    ['kubernetes', 'kubernetes-manifests.minimum'],
    ['aws', 'aws-aws-description.minimum'],
    ['vercel', 'vercel-platform-file.minimum'],
    ['railway', 'railway-platform-file.minimum'],
    ['vps', 'vps-unit.minimum'],
  ] as const)('%s needs a description where there is none', (target, id) => {
    const found = shop(
      none('k8s/probes'),
      none('compose/restart'),
      failing('deploy/target', 1, { places: [] }),
    );
    const plan = planOf(found, asked({ target }));
    expect(ids(plan)).toContain(id);
    expect(plan.pieces.flatMap(({ items }) => items.map(own => own.control))).not.toContain('deploy/target');
  });

  test('needs nothing that is there', () => {
    const there = shop(judgement('k8s/probes'), judgement('web/https'));
    expect(planOf(there, asked({ target: 'kubernetes' })).pieces.map(({ kind }) => kind)).toEqual([
      'find-out',
    ]);
  });

  test('pulls the image forward that is put there', () => {
    const { pieces } = planOf(
      shop(none('k8s/probes'), failing('container/dockerfile')),
      asked({ target: 'kubernetes', tier: 'minimum' }),
    );
    expect(pieces.map(({ id, neededFor }) => [id, neededFor])).toEqual([
      ['image.shop.recommended', 'Write manifests or a Helm chart'],
      ['kubernetes-manifests.minimum', ''],
    ]);
  });

  test('ends TLS where nothing stands before the service, and asks nothing of a platform that does', () => {
    const found = shop(open('web/https'), judgement('compose/restart'));
    expect(ids(planOf(found, asked({ target: 'docker' })))).toContain('docker-tls.recommended');
    expect(ids(planOf(found, asked({ target: 'vercel' })))).not.toContain('vercel-tls.recommended');
    const asks = planOf(found, asked({ target: 'railway' })).pieces.flatMap(({ items }) =>
      items.map(own => own.control),
    );
    expect(asks).not.toContain('web/https');
  });

  test('never states as work what stands outside of the repository', () => {
    const { pieces } = planOf(
      shop(judgement('compose/restart'), open('recovery/backups')),
      asked({ target: 'docker' }),
    );
    expect(pieces.map(({ kind }) => kind)).toEqual(['find-out', 'find-out']);
    expect(pieces.flatMap(({ items }) => items.map(({ title }) => title))).toEqual([
      'Does the database that production uses have backups, and does somebody see to them?',
      'Are the logs collected and kept outside of the machine that writes them?',
    ]);
  });

  test('has nothing to ask where there is no service', () => {
    expect(planOf(assessment([]), asked({ target: 'kubernetes' })).pieces).toEqual([]);
  });
});
