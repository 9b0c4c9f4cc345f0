import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { anyAssessment, assessment, failing, open, placeAt, service } from '../../../test/assessments.ts';
import { controls } from '../../controls/index.ts';
import type { Asked, Piece, Plan, TargetId } from '../../model/index.ts';
import { PHASE_IDS } from '../../plan/phases.ts';
import { planOf } from '../../plan/plan.ts';
import { TARGET_IDS } from '../../plan/targets/index.ts';
import { planCsv } from './csv.ts';
import { PLAN_FORMATS } from './formats.ts';
import { isOurs, issueFiles } from './issues.ts';
import { planMarkdown } from './markdown.ts';
import { ganttChart } from './mermaid.ts';
import { describedPlan, planJsonSchema, type DescribedPlan } from './plan-schema.ts';
import { planTerminal } from './terminal.ts';

const ASKED: Asked = {
  target: 'kubernetes',
  tier: 'full',
  first: [],
  team: 2,
  start: '2026-11-23',
  until: '2026-12-04',
};

/** What a hostile repository might call its things. */
const HOSTILE = [
  '`a` | b',
  'x\n- [ ] y',
  '=HYPERLINK("http://evil")',
  'section: x; #a %% {}',
  '<script>alert(1)</script>',
  '\u001b[31mred\u001b[0m',
  '[x](javascript:alert(1))',
  '--> <!-- end',
  '"quoted", too',
  '\u202egpj.exe',
  '---\ntitle: mine',
];

const hostile = (name: string): Plan =>
  planOf(
    assessment(
      [name, 'orders'].map(id =>
        service(id, [
          {
            ...failing('access/unprotected-routes', 2, {
              message: name,
              remedy: name,
              places: [placeAt(name, 1, 2)],
            }),
            title: name,
          },
          failing('observe/logging', 1, { message: name, places: [] }),
          open('config/app-secret', name),
        ]),
      ),
      name,
    ),
    ASKED,
  );

const anyPlan = fc
  .tuple(anyAssessment, fc.constantFrom<TargetId | ''>('', ...TARGET_IDS), fc.integer({ min: 1, max: 5 }))
  .map(([of, target, team]) => planOf(of, { ...ASKED, target, team }));

/** The grammar of the chart, after gantt.jison of Mermaid: what each line may be, and nothing else. */
function checkGantt(text: string): void {
  const [head, ...lines] = text.trimEnd().split('\n');
  expect(head).toBe('gantt');
  const ids = new Set<string>();
  for (const line of lines) {
    expect(line).toMatch(/^ {4}\S/);
    // A comment would swallow the line, a semicolon end it.
    expect(line).not.toMatch(/[#;{}]|%%/);
    const own = line.trim();
    if (/^(title|section) [^:]+$/.test(own)) continue;
    if (
      /^(dateFormat YYYY-MM-DD|inclusiveEndDates|axisFormat %d\.%m\.|tickInterval 1week|weekday monday|todayMarker off)$/.test(
        own,
      )
    )
      continue;
    const task = /^([^:]+) :(?:(crit|milestone), )?([a-z]\d+), (\d{4}-\d\d-\d\d), (\d{4}-\d\d-\d\d)$/.exec(
      own,
    );
    expect(task, own).not.toBeNull();
    const [, name = '', , id = '', start = '', end = ''] = task ?? [];
    expect(name).not.toMatch(/^(title|section|click|call|href|gantt|dateFormat|axisFormat|\d)/i);
    expect(ids.has(id)).toBe(false);
    ids.add(id);
    expect(start <= end).toBe(true);
  }
}

/** Rows of a table after RFC 4180, read strictly. */
function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let cell = cells.exec(text); cell; cell = cells.exec(text)) {
    row.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '');
    if (cell[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
    if (cells.lastIndex === text.length) return rows;
  }
  throw new Error('not a table');
}

describe('whatever the plan', () => {
  test('the chart keeps to its grammar', () => {
    fc.assert(
      fc.property(anyPlan, plan => {
        checkGantt(ganttChart(plan));
      }),
      { numRuns: 40 },
    );
  });

  test('the document is valid by its schema', () => {
    const ajv = new Ajv2020.default({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync('schema/plan.schema.json', 'utf8')) as object);
    fc.assert(
      fc.property(anyPlan, plan => {
        expect(() => describedPlan(plan)).not.toThrow();
        expect(validate(JSON.parse(PLAN_FORMATS.json.render(plan))), JSON.stringify(validate.errors)).toBe(
          true,
        );
      }),
      { numRuns: 30 },
    );
    expect(planJsonSchema()).toBe(readFileSync('schema/plan.schema.json', 'utf8'));
    expectTypeOf<keyof DescribedPlan>().toEqualTypeOf<keyof Plan>();
    expectTypeOf<keyof DescribedPlan['pieces'][number]>().toEqualTypeOf<keyof Piece>();
    expect(PHASE_IDS.length).toBe(11);
  });

  test('the terminal is no wider than it is', () => {
    fc.assert(
      fc.property(anyPlan, fc.constantFrom(40, 60, 80), (plan, width) => {
        for (const line of planTerminal(plan, { colour: false, width }).split('\n'))
          expect(line.length, line).toBeLessThanOrEqual(Math.max(width, 66));
      }),
      { numRuns: 20 },
    );
  });

  test('every piece stands in every format', () => {
    fc.assert(
      fc.property(anyPlan, plan => {
        const markdown = planMarkdown(plan);
        const rows = csvRows(planCsv(plan));
        expect(rows.slice(1).map(([id]) => id)).toEqual(plan.pieces.map(({ id }) => id));
        for (const { id } of plan.pieces) expect(markdown).toContain(`\`${id}\``);
        expect(issueFiles(plan, '').map(({ name }) => name)).toEqual(plan.pieces.map(({ id }) => `${id}.md`));
      }),
      { numRuns: 20 },
    );
  });
});

describe.each(HOSTILE)('a repository that calls things %j', name => {
  const plan = hostile(name);

  test('cannot break the chart', () => {
    checkGantt(ganttChart(plan));
  });

  test('cannot break the table, or have a spreadsheet run it', () => {
    const rows = csvRows(planCsv(plan));
    expect(new Set(rows.map(row => row.length)).size).toBe(1);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  test('cannot break the document', () => {
    const markdown = planMarkdown(plan);
    const outside = markdown.replace(/(`+)[^\n]*?\1/g, '');
    expect(outside).not.toMatch(/(?<!\\)<(script|!--)/);
    expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e]/);
    expect(outside).not.toMatch(/(?<!\\)\]\(javascript:/);
    for (const row of markdown.split('\n').filter(line => line.startsWith('| 20')))
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
    const fences = markdown.split('\n').filter(line => line.startsWith('```'));
    expect(fences).toEqual(['```mermaid', '```']);
  });

  test('cannot move the cursor', () => {
    expect(planTerminal(plan, { colour: false, width: 80 })).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e]/,
    );
  });

  test('cannot write the head of an issue, its links or its mark', () => {
    for (const { name: file, text } of issueFiles(plan, 'https://github.com/acme/shop')) {
      expect(file).toMatch(/^[a-z0-9][a-z0-9.+-]*\.md$/);
      const [head, title = '', labels = '', end] = text.split('\n');
      expect([head, end]).toEqual(['---', '---']);
      expect(() => JSON.parse(title.replace('title: ', '')) as unknown).not.toThrow();
      expect(() => JSON.parse(labels.replace('labels: ', '')) as unknown).not.toThrow();
      expect(isOurs(text)).toBe('yes');
      const body = text.split('\n').slice(4).join('\n');
      expect(body.replace(/(`+)[^\n]*?\1/g, '').match(/(?<!\\)<!--/g)).toHaveLength(1);
    }
  });
});

describe('issues', () => {
  const plan: Plan = {
    ...planOf(assessment([service('shop', [failing('web/rate-limit', 3)])]), { ...ASKED, target: '' }),
    repository: { name: 'shop', commit: 'a'.repeat(40), readiness: 'READY WITH RISKS' },
  };
  const [issue] = issueFiles(plan, 'https://github.com/acme/shop');

  test('hold a checklist, links to the lines that were read, and labels', () => {
    expect(issue?.name).toBe('rate-limits.shop.recommended.md');
    expect(issue?.text).toContain('- [ ] Callers who ask too often are slowed down (`web/rate-limit`, high,');
    expect(issue?.text).toContain(
      `[\`shop/m1.py:2\`](https://github.com/acme/shop/blob/${'a'.repeat(40)}/shop/m1.py#L2)`,
    );
    expect(issue?.text).toContain(
      'labels: ["seaworthy","tier: recommended","phase: surface","severity: high","mend"]',
    );
  });

  test('tell whether somebody has written in them', () => {
    const text = issue?.text ?? '';
    expect(isOurs(text)).toBe('yes');
    expect(isOurs(text.replace('- [ ]', '- [x]'))).toBe('edited');
    expect(isOurs(`${text}\nmine\n`)).toBe('foreign');
    expect(isOurs('# mine\n')).toBe('foreign');
  });

  test('have links that lead nowhere else', () => {
    const odd = failing('web/rate-limit', 1, {
      places: [placeAt('a b/(c)#d?.py', 1, 4)],
    });
    const made = planOf(assessment([service('shop', [odd])]), { ...ASKED, target: '' });
    const [own] = issueFiles(
      { ...made, repository: { ...made.repository, commit: 'b' } },
      'https://github.com/acme/shop',
    );
    expect(own?.text).toContain('/blob/b/a%20b/%28c%29%23d%3F.py#L1-L4)');
  });
});

test('what was left out is counted, whole words and all', () => {
  const plan = planOf(assessment([service('shop', [failing('compose/restart'), failing('tests/lint')])]), {
    ...ASKED,
    tier: 'minimum',
  });
  const text = planTerminal(plan, { colour: false, width: 80 });
  expect(text).toContain('1 control that the target has no use for');
  expect(text).toContain('beyond the tier minimum');
  expect(controls.length).toBeGreaterThan(100);
});
