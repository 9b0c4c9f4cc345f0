import { stat, readFile } from 'node:fs/promises';
import type { Assessment } from '../model/index.ts';
import { flawOf } from '../report/assessment-schema.ts';
import { usageError } from './usage-error.ts';

/** An assessment of a very large repository has some tens of megabytes. */
const LARGEST = 200_000_000;

const MEND = 'Write one with `seaworthy assess --format json --output before.json`.';

/** Whether a path is a file: then it should be an assessment, and not a repository. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false; // whoever reads it says what is wrong
  }
}

/** Reads an assessment that was written as JSON; refuses what is none, or of another version. */
export async function readAssessment(path: string): Promise<Assessment> {
  const plain = parsed(path, await textOf(path));
  const flaw = flawOf(plain);
  if (flaw !== undefined) throw usageError({ what: `${path}: ${flaw}`, mend: MEND });
  return plain as Assessment;
}

async function textOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > LARGEST)
      throw usageError({ what: `${path} is larger than an assessment`, mend: MEND });
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw usageError({ what: `${path} cannot be read (${code})`, mend: MEND });
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw usageError({ what: `${path} is not JSON`, mend: MEND });
  }
}
