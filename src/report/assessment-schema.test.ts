import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { expect, expectTypeOf, test } from 'vitest';
import { assessPath } from '../assess-path.ts';
import type { Assessment } from '../model/index.ts';
import { described, type Described } from './assessment-schema.ts';

test('the schema has the fields of the model', () => {
  expectTypeOf<keyof Described>().toEqualTypeOf<keyof Assessment>();
  expectTypeOf<keyof Described['services'][number]>().toEqualTypeOf<keyof Assessment['services'][number]>();
});

test('an assessment of a real service is valid by the published schema', async () => {
  const result = await assessPath('specimens/unify');
  if (!result.ok) throw new Error(result.what);
  const plain: unknown = JSON.parse(JSON.stringify(result.assessment));
  expect(() => described(result.assessment)).not.toThrow();
  const schema = JSON.parse(readFileSync('schema/assessment.schema.json', 'utf8')) as object;
  const validate = new Ajv2020.default({ strict: false }).compile(schema);
  expect(validate(plain), JSON.stringify(validate.errors)).toBe(true);
});

test('every fail has a finding with message, impact and remedy, and every pass a proof', async () => {
  const result = await assessPath('specimens/unify');
  if (!result.ok) throw new Error(result.what);
  const judgements = result.assessment.services.flatMap(service => service.judgements);
  for (const judgement of judgements) {
    if (judgement.status === 'fail') expect(judgement.findings.length, judgement.control).toBeGreaterThan(0);
    for (const finding of judgement.findings)
      expect(
        [finding.message, finding.impact, finding.remedy].every(text => text.length > 10),
        judgement.control,
      ).toBe(true);
    if (judgement.status === 'unknown' || judgement.status === 'not-applicable')
      expect(judgement.because.length, judgement.control).toBeGreaterThan(5);
  }
});
