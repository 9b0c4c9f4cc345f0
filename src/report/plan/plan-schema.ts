import { z } from 'zod';
import type { Plan } from '../../model/index.ts';
import { controlId, location, readiness, severity } from '../schema-parts.ts';

const tier = z.enum(['minimum', 'recommended', 'full']);
const target = z.enum(['docker', 'kubernetes', 'aws', 'vercel', 'railway', 'vps', '']);
const phase = z.enum([
  'questions',
  'start',
  'secrets',
  'access',
  'surface',
  'net',
  'data',
  'observe',
  'deploy',
  'load',
  'operate',
]);
const hours = z
  .object({ low: z.number(), high: z.number() })
  .describe('Person-hours, when all goes well and when it does not, in quarters of an hour');
const day = z.union([z.iso.date(), z.literal('')]);

const item = z.object({
  control: z.union([controlId, z.literal('')]).describe('Empty for what no control asks'),
  title: z.string(),
  severity,
  says: z.string().describe('What to do, or for a question why it is open'),
  effort: hours,
  findings: z.array(
    z.object({
      id: z.string().describe('As in the assessment'),
      message: z.string(),
      at: location.optional().describe('Left out where something is missing and no place can be named'),
    }),
  ),
  steps: z.array(z.string()),
});

const piece = z.object({
  id: z.string().describe('Stable between runs'),
  kind: z
    .enum(['mend', 'find-out', 'deploy'])
    .describe('What was found, what could not be told, what the target needs'),
  title: z.string(),
  phase,
  tier,
  severity: severity.describe('The worst of what it mends'),
  services: z.array(z.string()).describe('Empty for what concerns the repository as a whole'),
  skill: z.enum(['code', 'platform', 'people']),
  effort: hours,
  overhead: hours.describe('The part that comes once: a branch, a review, a release'),
  items: z.array(item),
  after: z.array(z.object({ piece: z.string(), because: z.string() })).describe('What is done before'),
  neededFor: z.string().describe('The more urgent piece that it was moved forward for; else empty'),
  person: z.number().int().describe('From 1'),
  start: day,
  end: day,
});

const plan = z.object({
  schema: z.literal(1),
  tool: z.object({ name: z.literal('seaworthy'), version: z.string() }),
  repository: z.object({ name: z.string(), commit: z.string(), readiness }),
  asked: z.object({
    target,
    tier,
    first: z.array(phase),
    team: z.number().int(),
    start: day,
    until: day,
  }),
  tiers: z.array(
    z.object({
      tier,
      severities: z.array(severity),
      pieces: z.number().int(),
      effort: hours,
      ends: z
        .object({ early: day, likely: day, late: day })
        .describe('By low, middle and high hours; empty when there is nothing to do'),
      reaches: readiness,
      inTime: z.enum(['yes', 'perhaps', 'no', 'not asked']),
    }),
  ),
  phases: z.array(
    z.object({ id: phase, title: z.string(), why: z.string(), pieces: z.array(z.string()), effort: hours }),
  ),
  pieces: z.array(piece).describe('In the order in which they are begun'),
  weeks: z.array(
    z.object({
      from: day,
      to: day,
      people: z.array(z.object({ person: z.number().int(), pieces: z.array(z.string()) })),
    }),
  ),
  limits: z.object({
    chain: z.array(z.string()).describe('Pieces that wait for each other and take longest together'),
    chainEnds: day,
    busy: z.number().int().describe('People who have something to do'),
    teamInTime: z
      .number()
      .int()
      .describe('The smallest team that is likely in time; 0 for none or not asked'),
  }),
  leftOut: z.object({
    waived: z.number().int(),
    attested: z.number().int(),
    trial: z.number().int(),
    later: z.number().int(),
    notForTarget: z.array(z.object({ control: controlId, title: z.string(), because: z.string() })),
  }),
});

export type DescribedPlan = z.infer<typeof plan>;

/** The compiler checks that every plan of ours is one of the schema. */
export const describedPlan = (each: Plan): unknown => plan.parse(each);

/** The published schema, `schema/plan.schema.json`. */
export function planJsonSchema(): string {
  const schema = {
    $id: 'https://seaworthy.dev/schema/plan-1.json',
    title: 'Plan from an assessment to production, by seaworthy',
    ...z.toJSONSchema(plan, { target: 'draft-2020-12' }),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
