import { z } from 'zod';
import type { Assessment } from '../model/index.ts';
import { claims } from './claims-schema.ts';
import { controlId, location, place, points, published, readiness, severity } from './schema-parts.ts';

const seenPlace = place.extend({
  role: z.enum([
    'pipeline',
    'platform',
    'manifest',
    'proxy',
    'compose',
    'environment',
    'image',
    'dependencies',
    'settings',
    'code',
    'database',
    'document',
    'file',
  ]),
  turn: z
    .number()
    .int()
    .describe('In the way from the file that deploys to the line where it takes effect, from 1'),
  around: z
    .object({ startLine: z.number().int(), text: z.string() })
    .describe('Its lines with a little of what stands around them, secrets masked'),
});
const step = z.object({ did: z.string(), expected: z.string(), saw: z.string(), held: z.boolean() });

const evidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('place'), at: location, says: z.string() }),
  z.object({
    kind: z.literal('absence'),
    of: z.string(),
    searched: z.array(z.string()),
    at: location.exactOptional(),
  }),
  z.object({ kind: z.literal('observation'), ...step.shape }),
  z.object({ kind: z.literal('statement'), at: location, says: z.string() }).describe('A person says so'),
]);

const finding = z.object({
  id: z.string().describe('Stable between runs and when lines move'),
  content: z.string().describe('What its lines say, as a short hash'),
  since: z.enum(['new', 'known', 'none']).describe('Against the baseline that was given'),
  message: z.string(),
  severity: severity.describe('After lowering'),
  lowered: z.string().describe('Why it counts one step less; empty when it does not'),
  places: z
    .array(seenPlace)
    .describe('First where it is, then the way that was followed; empty for an absence without a place'),
  searched: z.array(z.string()).describe('Where one looked, for an absence'),
  excerpt: z.string().describe('The lines of the first place, secrets masked'),
  impact: z.string(),
  remedy: z.string(),
  fixable: z.enum(['auto', 'scaffold', 'no']),
  observed: z.array(step),
});

const judgement = z.object({
  control: controlId,
  category: z.string(),
  title: z.string(),
  severity,
  stage: z.enum(['trial', 'stable']).describe('A control on trial neither scores nor gates'),
  status: z
    .enum(['pass', 'fail', 'not-applicable', 'unknown', 'waived'])
    .describe('waived: it fails, and every place of it was accepted'),
  rank: z
    .enum(['observed', 'static', 'attested', 'claimed', 'none'])
    .describe('The strongest evidence behind the verdict'),
  because: z.string().describe('Why, for not-applicable and unknown'),
  evidence: z.array(evidence),
  findings: z.array(finding),
  waived: z.array(
    z.object({
      finding,
      waiver: z.object({
        by: z.enum(['waiver', 'comment']),
        at: location,
        owner: z.string(),
        reason: z.string(),
        until: z.string().describe('The last day on which it holds; empty for no end'),
      }),
    }),
  ),
});

const answer = z.object({
  service: z.string(),
  control: controlId,
  title: z.string(),
  severity,
  status: judgement.shape.status,
  rank: judgement.shape.rank,
});
const framework = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  clauses: z.array(
    z.object({
      id: z.string(),
      asks: z.string(),
      status: judgement.shape.status.describe('The worst of its answers'),
      answers: z.array(answer),
    }),
  ),
  stated: z.array(answer).describe('Stated for this framework, about controls that no clause names'),
});

const score = z.object({
  overall: points.describe('0 to 10; none when nothing was decided'),
  categories: z.array(
    z.object({
      category: z.string(),
      points,
      coverage: z.number(),
      passed: z.number().int(),
      failed: z.number().int(),
      unknown: z.number().int(),
      notApplicable: z.number().int(),
      waived: z.number().int(),
    }),
  ),
  coverage: z.number().describe('The share of applicable controls that could be decided, 0 to 1'),
});

const commit = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('known'), id: z.string(), dirty: z.boolean() }),
]);

const assessment = z.object({
  schema: z.literal(1),
  tool: z.object({ name: z.literal('seaworthy'), version: z.string() }),
  repository: z.object({ name: z.string(), path: z.string(), commit }),
  services: z.array(
    z.object({
      id: z.string(),
      path: z.string(),
      language: z.string(),
      framework: z.string(),
      startPaths: z.array(
        z.object({
          command: z.string(),
          at: location,
          runs: z.string(),
          target: z.string(),
          production: z.boolean(),
        }),
      ),
      readiness,
      score,
      judgements: z.array(judgement),
    }),
  ),
  readiness,
  score,
  next: z.object({
    steps: z.array(
      z.object({
        control: controlId,
        title: z.string(),
        severity,
        places: z.number().int(),
        remedy: z.string(),
        hours: z.number(),
      }),
    ),
    readiness: z.union([readiness, z.literal('')]),
    stepsToIt: z.number().int(),
  }),
  frameworks: z.array(framework).describe('The verdicts in the order of the frameworks that were asked for'),
  claims: claims.describe('What documents say, beside what was found; empty unless it was asked for'),
  notices: z
    .array(z.object({ at: location, says: z.string() }))
    .describe('What the project says of itself that is over, unused or no longer fits'),
  gone: z.number().int().describe('Findings of the baseline that are there no longer'),
  skipped: z.array(z.object({ path: z.string(), because: z.string() })),
  problems: z.array(z.object({ where: z.string(), what: z.string() })),
});

/** What the schema describes; a test holds it against the type of the model. */
export type Described = z.infer<typeof assessment>;

const shown = (value: unknown): string => (typeof value === 'number' ? String(value) : 'of no number');

/** What is wrong with a document that should be an assessment, in a few words; `undefined` when nothing is. */
export function flawOf(plain: unknown): string | undefined {
  const version = z.object({ schema: z.unknown() }).safeParse(plain);
  if (!version.success) return 'it is no assessment of seaworthy';
  if (version.data.schema !== 1)
    return `it has schema ${shown(version.data.schema)}, and this version reads schema 1`;
  const read = assessment.safeParse(plain);
  const [issue] = read.error?.issues ?? [];
  return issue && `${issue.path.map(String).join('.') || 'the document'}: ${issue.message}`;
}

/** The compiler checks that every assessment of ours is one of the schema. */
export const described = (each: Assessment): unknown => assessment.parse(each);

/** The published schema, `schema/assessment.schema.json`. */
export const assessmentJsonSchema = (): string =>
  published(
    assessment,
    'https://seaworthy.dev/schema/assessment-1.json',
    'Assessment of a repository by seaworthy',
  );
