import { z } from 'zod';
import type { Comparison } from '../../model/index.ts';
import { controlId, location, readiness, severity } from '../schema-parts.ts';

const number = z.union([z.number(), z.literal('none')]);
const change = z.object({
  before: number,
  after: number,
  by: number.describe('none where one side has no number'),
  percent: number.describe('none as well where it was zero'),
});
const side = z.object({
  label: z.string().describe('As it was asked for: a file, a folder or a revision'),
  repository: z.string(),
  commit: z.string().describe('Empty where it is not known'),
  dirty: z.boolean(),
  version: z.string(),
  readiness,
  findings: z
    .object({
      critical: z.number().int(),
      high: z.number().int(),
      medium: z.number().int(),
      low: z.number().int(),
    })
    .describe('Of stable controls, that count'),
});
const at = location.optional().describe('Left out where nothing stands anywhere');
const verdict = z.object({
  status: z.enum(['pass', 'fail', 'not-applicable', 'unknown', 'waived']),
  lines: z.array(z.object({ at, says: z.string() })).describe('The first ones that it rests on'),
});
const finding = z.object({
  id: z.string().describe('As in the assessment'),
  service: z.string(),
  control: controlId,
  severity,
  message: z.string(),
  at,
  other: z
    .enum(['not there', 'accepted', 'unknown', 'not-applicable', 'not asked'])
    .describe('What the other side says; not there: it is new, or mended'),
});
const weighed = z.object({ at, severity });

const comparison = z.object({
  schema: z.literal(1),
  tool: z.object({ name: z.literal('seaworthy'), version: z.string() }),
  before: side,
  after: side,
  readiness: z.enum(['better', 'worse', 'same']),
  overall: change.describe('0 to 10'),
  coverage: change.describe('0 to 1'),
  categories: z.array(
    z.object({
      category: z.string(),
      points: change,
      coverage: change,
      failed: change,
      unknown: change,
    }),
  ),
  services: z.object({ added: z.array(z.string()), gone: z.array(z.string()) }),
  verdicts: z
    .array(
      z.object({
        service: z.string(),
        control: controlId,
        title: z.string(),
        severity,
        before: verdict,
        after: verdict,
        turned: z.enum(['better', 'worse', 'other']),
      }),
    )
    .describe('Worse ones first, then better ones'),
  appeared: z.array(finding),
  gone: z.array(finding),
  moved: z.array(
    z.object({
      id: z.string(),
      service: z.string(),
      control: controlId,
      message: z.string(),
      before: weighed,
      after: weighed,
    }),
  ),
  stayed: z.number().int(),
  notices: z.array(z.string()).describe('Why the two may not be quite comparable'),
});

export type DescribedComparison = z.infer<typeof comparison>;

/** The compiler checks that every comparison of ours is one of the schema. */
export const describedComparison = (each: Comparison): unknown => comparison.parse(each);

/** The published schema, `schema/comparison.schema.json`. */
export function comparisonJsonSchema(): string {
  const schema = {
    $id: 'https://seaworthy.dev/schema/comparison-1.json',
    title: 'What is different between two assessments of seaworthy',
    ...z.toJSONSchema(comparison, { target: 'draft-2020-12' }),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
