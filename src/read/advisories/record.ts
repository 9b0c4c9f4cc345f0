import { z } from 'zod';

const text = z.string().catch('');
const texts = z.array(z.string()).catch([]);

const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
  limit: z.string().optional(),
});

const severities = z.array(z.object({ type: text, score: text })).catch([]);

const affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
  severity: severities,
  // Ranges decide: one that is not as it should be spoils the record, and is not taken for none.
  ranges: z.array(z.object({ type: z.string(), events: z.array(event) })).default([]),
  versions: z.array(z.string()).default([]),
  database_specific: z.object({ last_known_affected_version_range: text }).catch({
    last_known_affected_version_range: '',
  }),
});

/** What is used of an entry in the format of OSV (https://ossf.github.io/osv-schema/). */
const record = z.object({
  id: z.string().min(1),
  modified: text,
  withdrawn: text,
  aliases: texts,
  summary: text,
  details: text,
  severity: severities,
  affected: z.array(affected).default([]),
  database_specific: z.object({ severity: text }).catch({ severity: '' }),
});

export type OsvRecord = z.infer<typeof record>;
export type OsvAffected = OsvRecord['affected'][number];
export type OsvEvent = z.infer<typeof event>;

/** A record out of what JSON.parse gave; `undefined` for anything else. */
export function osvRecord(value: unknown): OsvRecord | undefined {
  const parsed = record.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** What can be told of a value without checking all of it: there are hundreds of thousands. */
const outline = z.object({
  id: z.string().min(1),
  modified: z.string(),
  affected: z.array(z.object({ package: z.object({ ecosystem: text, name: text }).optional() })).default([]),
});

export type OsvOutline = z.infer<typeof outline>;

/** Of which packages a record speaks; `other` for what was never meant to be one. */
export function osvOutline(value: unknown): OsvOutline | 'broken' | 'other' {
  const parsed = outline.safeParse(value);
  if (parsed.success) return parsed.data;
  return typeof value === 'object' && value !== null && 'id' in value && 'affected' in value
    ? 'broken'
    : 'other';
}
