import { z } from 'zod';
import type { ClaimsDocument } from '../model/index.ts';
import { controlId, location, place, points, published, readiness } from './schema-parts.ts';

const evidence = z.object({
  speaks: z.enum(['for', 'against']).describe('Of the claim'),
  control: z.union([controlId, z.literal('')]).describe('Empty for what was compared with a fact'),
  service: z.string(),
  says: z.string(),
  places: z.array(place).describe('Empty for an absence'),
});

const claim = z.object({
  at: location,
  text: z.string().describe('As written, without markup, secrets masked'),
  form: z.enum(['box', 'mark', 'table', 'status', 'feature', 'sentence', 'number', 'file']),
  says: z.enum(['there', 'missing', 'planned']),
  about: z.array(z.string()),
  controls: z.array(controlId),
  services: z.array(z.string()),
  verdict: z.enum(['supported', 'refuted', 'partly', 'no evidence']),
  because: z.string().describe('Why there is no evidence, or what of it is open'),
  evidence: z.array(evidence),
});

const document = z.object({
  path: z.string(),
  claims: z.array(claim),
  scores: z.array(
    z.object({
      at: location,
      text: z.string(),
      of: z.string().describe('the whole, or a category of controls'),
      stated: z.number().describe('0 to 10'),
      measured: points,
      before: z.boolean().describe('It is the score of an earlier state'),
    }),
  ),
  leftOut: z
    .array(z.object({ because: z.string(), count: z.number().int() }))
    .describe('What looks like a claim and could not be understood'),
});

export const claims = z.object({
  documents: z.array(document),
  contradictions: z.array(z.object({ says: z.string(), places: z.array(place) })),
});

const claimsDocument = z.object({
  schema: z.literal(1),
  tool: z.object({ name: z.literal('seaworthy'), version: z.string() }),
  repository: z.object({ name: z.string(), path: z.string() }),
  readiness,
  score: points,
  claims,
});

/** What the schema describes; a test holds it against the type of the model. */
export type DescribedClaims = z.infer<typeof claimsDocument>;

/** The compiler checks that every document of ours is one of the schema. */
export const describedClaims = (each: ClaimsDocument): unknown => claimsDocument.parse(each);

/** The published schema, `schema/claims.schema.json`. */
export const claimsJsonSchema = (): string =>
  published(
    claimsDocument,
    'https://seaworthy.dev/schema/claims-1.json',
    'Claims of documents, held against a repository by seaworthy',
  );
