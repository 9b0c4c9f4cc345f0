import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  anyAssessment,
  assessment,
  failing,
  judgement,
  placeAt,
  service,
} from '../../../test/assessments.ts';
import { comparisonOf } from '../../compare/compare.ts';
import type { Comparison } from '../../model/index.ts';
import { comparisonJsonSchema, describedComparison, type DescribedComparison } from './comparison-schema.ts';
import { compareMarkdown } from './markdown.ts';
import { compareTerminal } from './terminal.ts';

const anyComparison = fc
  .tuple(anyAssessment, anyAssessment)
  .map(([one, other]) => comparisonOf({ label: 'main', assessment: one }, { label: '.', assessment: other }));

const better = comparisonOf(
  {
    label: 'before.json',
    assessment: assessment([service('shop', [failing('web/cors'), failing('api/pagination', 2)])]),
  },
  {
    label: '.',
    assessment: assessment([service('shop', [judgement('web/cors'), failing('api/pagination')])]),
  },
);

test('the document is valid by its schema', () => {
  const ajv = new Ajv2020.default({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync('schema/comparison.schema.json', 'utf8')) as object);
  fc.assert(
    fc.property(anyComparison, comparison => {
      expect(() => describedComparison(comparison)).not.toThrow();
      expect(validate(JSON.parse(JSON.stringify(comparison))), JSON.stringify(validate.errors)).toBe(true);
    }),
    { numRuns: 30 },
  );
  expect(comparisonJsonSchema()).toBe(readFileSync('schema/comparison.schema.json', 'utf8'));
  expectTypeOf<keyof DescribedComparison>().toEqualTypeOf<keyof Comparison>();
});

test('the terminal is no wider than eighty columns', () => {
  fc.assert(
    fc.property(anyComparison, comparison => {
      for (const line of compareTerminal(comparison, { colour: false, width: 80 }).split('\n'))
        expect(line.length, line).toBeLessThanOrEqual(80);
    }),
    { numRuns: 30 },
  );
});

test('says the readiness first, then the scores, then what turned', () => {
  const text = compareTerminal(better, { colour: false, width: 80 });
  expect(text.split('\n').slice(0, 6)).toEqual([
    'NOT READY → READY WITH RISKS (better)',
    'before: before.json',
    'after:  .',
    '',
    'score 0.0 → 6.7 (+6.7), decided 100 % → 100 %',
    'findings: 2 mended, 1 as before',
  ]);
  expect(text).toMatch(/HTTP surface +0\.0 +10\.0 +\+10\.0 +1 → 0/);
  expect(text).toContain('✓ web/cors (critical): fails → passes');
});

test('computes the table of before and after', () => {
  const text = compareMarkdown(better);
  expect(text).toContain('| Readiness | **NOT READY** | **READY WITH RISKS** | **better** |');
  expect(text).toContain('| Findings of severity critical | 1 | 0 | −1 |');
  expect(text).toContain('| HTTP surface | 0.0 | 10.0 | +10.0 |');
  expect(text).toContain('- before: `shop/m0.py:1` place 0 of web/cors');
  expect(text).toContain('## Mended findings: 2');
});

describe.each([
  '`a` | b',
  'x\n- [ ] y',
  '<script>alert(1)</script>',
  '\u001b[31mred',
  '[x](javascript:alert(1))',
  '\u202egpj',
])('a repository that calls things %j', name => {
  const odd = failing('web/cors', 1, { message: name, places: [placeAt(name, 1)] });
  const comparison = comparisonOf(
    { label: name, assessment: assessment([service(name, [odd])], name) },
    {
      label: name,
      assessment: assessment([service(name, [judgement('web/cors')]), service('b', [odd])], name),
    },
  );

  test('cannot break the document or move the cursor', () => {
    const markdown = compareMarkdown(comparison);
    const outside = markdown.replace(/(`+)[^\n]*?\1/g, '');
    expect(outside).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(javascript:/);
    for (const text of [markdown, compareTerminal(comparison, { colour: false, width: 80 })])
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e]/);
    const code = markdown.split('\n').find(line => line.startsWith('| Code'));
    expect(code?.match(/(?<!\\)\|/g)).toHaveLength(5);
  });
});
