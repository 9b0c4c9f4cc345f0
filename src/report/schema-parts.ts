import { z } from 'zod';

export const severity = z.enum(['low', 'medium', 'high', 'critical']);
export const readiness = z.enum(['NOT READY', 'READY WITH RISKS', 'READY', 'PROVEN', 'NOTHING TO JUDGE']);
export const controlId = z.templateLiteral([z.string(), '/', z.string()]);
export const points = z.union([z.number(), z.literal('none')]);

export const location = z.object({
  path: z.string().describe('Relative to the repository, with /'),
  startLine: z.number().int().describe('From 1'),
  endLine: z.number().int(),
});
export const place = z.object({ at: location, says: z.string() });

/** A JSON Schema as it is published, with its address and its title. */
export function published(type: z.ZodType, $id: string, title: string): string {
  const schema = { $id, title, ...z.toJSONSchema(type, { target: 'draft-2020-12' }) };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
