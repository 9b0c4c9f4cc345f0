import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Baseline } from '../score/baseline.ts';
import { FINGERPRINT_VERSION } from '../score/fingerprint.ts';
import { usageError } from './usage-error.ts';

export const BASELINE_FILE = 'seaworthy-baseline.json';

const schema = z.strictObject({
  schema: z.literal(1),
  algorithm: z.number().int(),
  findings: z.array(
    z.strictObject({ id: z.string(), control: z.string(), service: z.string(), path: z.string() }),
  ),
});

/** Reads a baseline; refuses one that is not there, not valid, or made with other ids. */
export async function readBaseline(path: string): Promise<Baseline> {
  const mend = 'Write one with `seaworthy baseline`.';
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw usageError({ what: `${path}: the baseline cannot be read (${code})`, mend });
  }
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    throw usageError({ what: `${path}: the baseline is not JSON`, mend });
  }
  const read = schema.safeParse(plain);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue
      ? `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`
      : 'it is not valid';
    throw usageError({ what: `${path}: ${where}`, mend });
  }
  if (read.data.algorithm !== FINGERPRINT_VERSION)
    throw usageError({ what: `${path}: this version makes ids of findings in another way`, mend });
  return read.data;
}

export const baselineText = (baseline: Baseline): string => `${JSON.stringify(baseline, undefined, 2)}\n`;
