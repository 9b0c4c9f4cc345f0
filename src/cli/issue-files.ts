import { lstat, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOurs, type IssueFile } from '../report/plan/issues.ts';
import { writeOutput } from './output.ts';
import { usageError } from './usage-error.ts';

export interface WrittenIssues {
  readonly written: number;
  /** Files of ours whose piece is no longer in the plan. */
  readonly over: readonly string[];
}

/**
 * Writes issues into a folder, which is made when it is not there. All of them or none: what somebody else has
 * written, or has written into one of ours, is not written over.
 */
export async function writeIssues(folder: string, issues: readonly IssueFile[]): Promise<WrittenIssues> {
  await makeFolder(folder);
  for (const { name } of issues) await refuseForeign(join(folder, name));
  for (const { name, text } of issues) await writeOutput(join(folder, name), text);
  return { written: issues.length, over: await filesOver(folder, new Set(issues.map(({ name }) => name))) };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw usageError({
      what: `--issues-dir ${folder} cannot be made (${codeOf(error)})`,
      mend: 'Choose a place that you may write to.',
    });
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

async function refuseForeign(path: string): Promise<void> {
  const state = await stateOf(path);
  if (state === 'foreign')
    throw usageError({
      what: `${path} is there already, and not by seaworthy`,
      mend: 'Nothing was written: choose another --issues-dir, or move the file.',
    });
  if (state === 'edited')
    throw usageError({
      what: `somebody has written in ${path}`,
      mend: 'Nothing was written: choose another --issues-dir, or move the file.',
    });
}

async function stateOf(path: string): Promise<'none' | 'yes' | 'edited' | 'foreign'> {
  try {
    // A link could lead to a file anywhere.
    if (!(await lstat(path)).isFile()) return 'foreign';
    return isOurs(await readFile(path, 'utf8'));
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'none' : 'foreign';
  }
}

async function filesOver(folder: string, written: ReadonlySet<string>): Promise<readonly string[]> {
  const over: string[] = [];
  for (const name of (await readdir(folder)).sort())
    if (
      name.endsWith('.md') &&
      !written.has(name) &&
      ['yes', 'edited'].includes(await stateOf(join(folder, name)))
    )
      over.push(name);
  return over;
}
