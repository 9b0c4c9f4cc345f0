import { z } from 'zod';

const text = z.string().trim().min(1).max(500);
const day = z.iso.date().describe('A day, as 2027-01-31');
const controlId = z
  .string()
  .regex(/^[a-z0-9]+\/[a-z0-9-]+$/)
  .describe('The id of a control, as `seaworthy controls` lists them');
const severity = z.enum(['critical', 'high', 'medium', 'low']);

const service = z.strictObject({
  path: text.describe('Folder of the service, . for the repository itself'),
  start: text.describe('The command that production runs in that folder'),
});

const waiver = z
  .strictObject({
    control: controlId,
    finding: text.optional().describe('The id of one finding'),
    path: text.optional().describe('A file, or a folder with all in it'),
    service: text.optional().describe('The id of a service'),
    owner: text.describe('Who has accepted the risk'),
    reason: text,
    until: day.describe('The last day on which it holds'),
    content: text
      .optional()
      .describe('What the findings said when it was written: `seaworthy waive` puts it in'),
  })
  .describe('A risk that somebody has accepted for a time');

const attestation = z
  .strictObject({
    control: controlId,
    who: text.describe('The person who says so'),
    when: day,
    until: day,
    evidence: text.optional().describe('An address or a path where the proof lies'),
    frameworks: z
      .array(z.enum(['soc2', 'iso27001', 'gdpr', 'hipaa']))
      .optional()
      .describe('The frameworks that it serves'),
  })
  .describe("A person's statement that a control holds");

/** What may stand in `seaworthy.yaml`. A key that is not here is an error. */
export const projectSchema = z.strictObject({
  version: z.literal(1),
  persona: z.enum(['regular', 'strict', 'auditor']).optional(),
  services: z.array(service).optional(),
  'leave-out': z.array(text).optional().describe('Paths that are not read, as in .gitignore'),
  severity: z.record(controlId, severity).optional().describe('Severities that the project sees otherwise'),
  waivers: z.array(waiver).optional(),
  attestations: z.array(attestation).optional(),
});

export type ProjectInput = z.infer<typeof projectSchema>;

/** The schema as a document, for editors: `schema/seaworthy.schema.json`. */
export const projectJsonSchema = (): string =>
  `${JSON.stringify({ title: 'seaworthy.yaml', ...z.toJSONSchema(projectSchema, { io: 'input' }) }, undefined, 2)}\n`;
