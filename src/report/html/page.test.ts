import { beforeAll, describe, expect, test } from 'vitest';
import { assessPath } from '../../assess-path.ts';
import type { Assessment } from '../../model/index.ts';
import { usualPlan } from '../../plan/usual.ts';
import { htmlReport } from './document.ts';
import type { ReportPage } from './model.ts';
import { reportPageOf } from './page.ts';
import { visible } from './visible.ts';

const DAY = '2026-11-21';

const pageOf = (assessment: Assessment): ReportPage =>
  reportPageOf(assessment, { day: DAY, plan: usualPlan(assessment, DAY), comparison: 'none' });

let one: Assessment;
let two: Assessment;
beforeAll(async () => {
  const [unify, accessible] = await Promise.all(
    ['unify', 'accessible'].map(name => assessPath(`specimens/${name}`, { today: DAY })),
  );
  if (!unify?.ok || !accessible?.ok) throw new Error('a specimen cannot be assessed');
  one = unify.assessment;
  two = accessible.assessment;
});

const findings = ({ groups }: ReportPage) => groups.flatMap(group => group.findings);

describe('the page', () => {
  test('holds every finding, worst first, and what is on trial last', () => {
    for (const assessment of [one, two]) {
      const page = pageOf(assessment);
      const ids = assessment.services.flatMap(({ judgements }) =>
        judgements.flatMap(judgement => judgement.findings.map(({ id }) => id)),
      );
      expect(
        findings(page)
          .flatMap(each => each.ids)
          .sort(),
      ).toEqual(ids.sort());
      const order = page.groups.map(
        ({ stage, severity }) =>
          (stage === 'trial' ? 4 : 0) + ['critical', 'high', 'medium', 'low'].indexOf(severity),
      );
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(new Set(page.groups.map(({ id }) => id)).size).toBe(page.groups.length);
    }
  });

  test('tells what concerns several services once, with the names of both', () => {
    const page = pageOf(two);
    const shared = findings(page).filter(({ services }) => services.length === 2);
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.every(({ ids }) => ids.length === 2)).toBe(true);
  });

  test('counts as the assessment does', () => {
    const { counts, categories, verdict } = pageOf(one);
    const stable = one.services.flatMap(({ judgements }) =>
      judgements.filter(({ stage }) => stage === 'stable'),
    );
    expect(Object.values(counts.findings).reduce((sum, count) => sum + count, 0)).toBe(
      stable.flatMap(each => each.findings).length,
    );
    expect(counts.passed).toBe(stable.filter(({ status }) => status === 'pass').length);
    expect(categories.map(({ points }) => points)).toEqual(one.score.categories.map(({ points }) => points));
    expect(verdict).toMatchObject({ words: 'Not ready', points: one.score.overall });
  });

  test('shows the way of a finding from the file that starts it to the line where it fails', () => {
    const page = pageOf(one);
    const group = page.groups.find(({ control }) => control === 'server/production-server');
    expect(group?.findings[0]?.way.map(({ role, where, own }) => ({ role, where, own }))).toEqual([
      { role: 'Image', where: 'deployment/Dockerfile:28', own: false },
      { role: 'Code', where: 'src/app.py:1', own: false },
      { role: 'Code', where: 'src/app.py:410', own: true },
    ]);
  });

  test('shows the lines of a finding among those around it', () => {
    const group = pageOf(one).groups.find(({ control }) => control === 'access/token-issuance');
    const [step] = group?.findings[0]?.way ?? [];
    expect(step).toMatchObject({ from: 130, to: 130, lines: { startLine: 128 } });
    expect(step?.lines.text.split('\n')[2]).toMatch(/session\['role'\]/);
  });

  test('leads from each step to its findings', () => {
    const { next, plan, groups } = pageOf(one);
    const known = new Set(groups.map(({ id }) => id));
    const items = plan.phases.flatMap(phase => phase.pieces.flatMap(piece => piece.items));
    expect(next.steps).toHaveLength(3);
    expect(next.steps.filter(({ group }) => !known.has(group))).toEqual([]);
    expect(items.filter(({ group }) => known.has(group)).length).toBeGreaterThan(30);
  });
});

test('no text hides or turns what stands beside it', () => {
  const hostile = 'a\u202eb\u0000c\u001b[31md\u2028e\ufefff\ud800g\u200bh\ti\nj ü 😀';
  expect(visible({ deep: [hostile] })).toEqual({
    deep: ['a\\u202eb\\u0000c\\u001b[31md\\u2028e\\ufefff\\ud800g\\u200bh\ti\nj ü 😀'],
  });
});

describe('the document', () => {
  const parts = { render: () => '<p>page</p>', script: 'run()', early: 'early()', style: 'p{}' };
  const named = (name: string): Assessment => ({ ...one, repository: { ...one.repository, name } });

  test('holds the data as JSON that ends no block', () => {
    const name = '</script><!--<script>alert(1)</script>\u2028 & "quoted"';
    const html = htmlReport(pageOf(named(name)), parts);
    const [, data = ''] = /<script type="application\/json" id="page">(.*?)<\/script>/s.exec(html) ?? [];
    expect((JSON.parse(data) as ReportPage).repository).toBe(name.replace('\u2028', '\\u2028'));
    expect(data).not.toMatch(/[<>&\u2028\u2029]/);
    expect(html).toContain(
      '<title>Production readiness of &lt;/script&gt;&lt;!--&lt;script&gt;alert(1)&lt;/script&gt;',
    );
    expect(html.match(/<script/g)).toHaveLength(3);
  });

  test('lets nothing run or load but what is its own', () => {
    const html = htmlReport(pageOf(one), parts);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src 'sha256-/,
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test('is the same for the same assessment', () => {
    expect(htmlReport(pageOf(one), parts)).toBe(htmlReport(pageOf(one), parts));
  });
});
