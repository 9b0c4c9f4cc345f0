import { beforeAll, describe, expect, test } from 'vitest';
import { assessPath } from '../assess-path.ts';
import type { AssessedService, InlineIgnore, Waiver } from '../model/index.ts';
import { baselineOf, goneFrom, pruned, withBaseline } from './baseline.ts';
import { contentOfAll } from './fingerprint.ts';
import { withWaivers } from './waivers.ts';

let services: readonly AssessedService[];
beforeAll(async () => {
  const result = await assessPath('specimens/unify');
  if (!result.ok) throw new Error(result.what);
  ({ services } = result.assessment);
});

const at = { path: 'seaworthy.yaml', startLine: 3, endLine: 3 };
const secrets = (from: readonly AssessedService[]) => {
  const found = from[0]?.judgements.find(({ control }) => control === 'config/app-secret');
  if (!found) throw new Error('the specimen has lost its secret');
  return found;
};
const waiver = (changed: Partial<Waiver> = {}): Waiver => ({
  at,
  control: 'config/app-secret',
  finding: '',
  path: '',
  service: '',
  owner: 'Jane',
  reason: 'rotated in March',
  until: '2027-01-31',
  content: contentOfAll(secrets(services).findings),
  ...changed,
});
const apply = (waivers: readonly Waiver[], ignores: readonly InlineIgnore[] = [], today = '2026-12-01') =>
  withWaivers(services, { waivers, ignores, today });

describe('a waiver', () => {
  test('takes findings out of what counts, and never makes a pass of them', () => {
    const { services: after, notices } = apply([waiver()]);
    const judgement = secrets(after);
    expect(notices).toEqual([]);
    expect(judgement.status).toBe('waived');
    expect(judgement.findings).toEqual([]);
    expect(judgement.waived.map(each => each.finding)).toEqual(secrets(services).findings);
    const [before, now] = [services[0], after[0]].map(service =>
      service?.score.categories.find(({ category }) => category === 'config'),
    );
    expect(now?.passed).toBe(before?.passed);
    expect(now?.waived).toBe(1);
    expect(now?.coverage).toBe(before?.coverage);
  });

  test('covers one place and leaves the others', () => {
    const [first] = secrets(services).findings;
    const one = waiver({ finding: first?.id ?? '', content: first?.content ?? '' });
    const judgement = secrets(apply([one]).services);
    expect(judgement.status).toBe('fail');
    expect(judgement.waived).toHaveLength(1);
    expect(judgement.findings).toHaveLength(secrets(services).findings.length - 1);
  });

  test.each([
    ['its day is over', {}, '2027-02-01', /ended on 2027-01-31/],
    ['the code has changed', { content: '0000000000000000' }, '2026-12-01', /has changed/],
    ['it was never bound', { content: '' }, '2026-12-01', /is not bound.*content: /],
    ['it is about another folder', { path: 'elsewhere' }, '2026-12-01', /covers nothing/],
    ['it is about another service', { service: 'other' }, '2026-12-01', /covers nothing/],
  ])('no longer holds when %s, and says so', (_, changed, today, says) => {
    const { services: after, notices } = apply([waiver(changed)], [], today);
    expect(secrets(after).status).toBe('fail');
    expect(notices.map(notice => notice.says).join()).toMatch(says);
    expect(notices[0]?.at).toEqual(at);
  });

  test('holds on its last day', () => {
    expect(secrets(apply([waiver()], [], '2027-01-31').services).status).toBe('waived');
  });
});

describe('a comment', () => {
  const ignore = (line: number, changed: Partial<InlineIgnore> = {}): InlineIgnore => ({
    at: { path: 'src/app.py', startLine: line - 1, endLine: line - 1 },
    line,
    controls: ['config/app-secret'],
    reason: 'only in the lab',
    until: '',
    ...changed,
  });

  test('accepts what stands on its line', () => {
    const { services: after, notices } = apply([], [ignore(70)]);
    expect(notices).toEqual([]);
    expect(secrets(after).waived.map(each => each.waiver.by)).toEqual(['comment']);
  });

  test('is told when nothing stands there', () => {
    expect(apply([], [ignore(71)]).notices[0]?.says).toMatch(/nothing of config\/app-secret stands here/);
  });

  test('accepts nothing that is missing', () => {
    const missing = services[0]?.judgements
      .flatMap(judgement => judgement.findings.map(finding => ({ judgement, finding })))
      .find(({ finding }) => finding.searched.length > 0 && finding.places.length > 0);
    const place = missing?.finding.places[0]?.at;
    if (!missing || !place) throw new Error('the specimen lacks nothing at a place');
    const comment = { ...ignore(place.startLine), controls: [missing.judgement.control], at: place };
    expect(apply([], [comment]).notices[0]?.says).toMatch(/cannot accept: waive it/);
  });
});

describe('a baseline', () => {
  test('knows what was there, and only that', () => {
    const baseline = baselineOf(services);
    const [first, ...rest] = baseline.findings;
    const marked = withBaseline(services, { ...baseline, findings: rest });
    const fresh = marked.flatMap(({ judgements }) =>
      judgements.flatMap(({ findings, stage }) =>
        stage === 'stable' ? findings.filter(({ since }) => since === 'new') : [],
      ),
    );
    expect(fresh.map(({ id }) => id)).toEqual([first?.id]);
  });

  test('shrinks and never grows', () => {
    const baseline = baselineOf(services);
    const gone = { id: 'gone', control: 'web/cors', service: 'unify', path: '' };
    const longer = { ...baseline, findings: [...baseline.findings.slice(1), gone] };
    expect(goneFrom(longer, services)).toBe(1);
    expect(pruned(longer, services).findings).toEqual(baseline.findings.slice(1));
  });
});
