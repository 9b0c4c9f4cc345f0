import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { comparisonOf, type Labelled } from '../../compare/compare.ts';
import {
  COMPARE_FORMAT_NAMES,
  COMPARE_FORMATS,
  type CompareFormatName,
} from '../../report/compare/formats.ts';
import { advisoriesFrom, withAdvisoryOptions, type AdvisoryOptions } from '../advisory-options.ts';
import { assessed } from '../assessed.ts';
import { isFile, readAssessment } from '../assessment-file.ts';
import { today, todayOption } from '../day.ts';
import { checkOutputs, formatOption, writeDocument, type OutputOptions } from '../formats.ts';
import { usageError } from '../usage-error.ts';

interface Options extends AdvisoryOptions, OutputOptions<CompareFormatName> {
  readonly repository?: string;
  readonly today?: string;
}

const EXAMPLES = `
Examples:
  seaworthy compare before.json after.json
  seaworthy compare main .                         the branch main, and the folder as it lies there
  seaworthy compare v1.2 HEAD --repository ../shop
  seaworthy compare before.json . --format markdown --output BEFORE-AND-AFTER.md
  seaworthy compare v1.2 . --format html --output changes.html

A name is a file or folder where there is one, and else a revision; refs/heads/docs is a branch all the same.
A revision is read from what git keeps: nothing is checked out, and git itself is not asked.`;

/** Adds `seaworthy compare`: what is different between two assessments, folders or revisions. */
export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description('say what has turned, what is new and what is mended between two states of a repository')
    .argument('<before>', 'an assessment as JSON, a revision or a folder')
    .argument('<after>', 'an assessment as JSON, a revision or a folder')
    .option(
      '--repository <folder>',
      'where revisions are looked for (default: the folder that is compared, or .)',
    )
    .addOption(formatOption(COMPARE_FORMAT_NAMES, 'terminal'))
    .option('--output <file>', 'write to a file instead of the terminal')
    .option('--output-dir <folder>', 'write each format to a file of its own in this folder')
    .addOption(todayOption());
  withAdvisoryOptions(command).option('--no-color', 'no colours').addHelpText('after', EXAMPLES).action(run);
}

async function run(before: string, after: string, options: Options): Promise<void> {
  checkOutputs(COMPARE_FORMATS, options);
  const folder = await folderFor(before, after, options);
  const [old, now] = [await sideOf(before, folder, options), await sideOf(after, folder, options)];
  const comparison = comparisonOf(old, now);
  const compared = { comparison, after: now.assessment };
  const written = await writeDocument(compared, COMPARE_FORMATS, options, options.today ?? today());
  if (written.length > 0) process.stderr.write(`seaworthy: written to ${written.join(', ')}\n`);
}

/** Where revisions are looked for. */
async function folderFor(before: string, after: string, { repository }: Options): Promise<string> {
  if (repository !== undefined) return repository;
  if (await isFolder(after)) return after;
  return (await isFolder(before)) ? before : '.';
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // a revision, or nothing
  }
}

async function sideOf(text: string, folder: string, options: Options): Promise<Labelled> {
  if (await isFile(text)) return { label: text, assessment: await readAssessment(text) };
  const isThere = await isFolder(text);
  if (!isThere && /^(?:\.{0,2}\/|\.{1,2}$)|\.json$/.test(text))
    throw usageError({
      what: `${text} does not exist`,
      mend: 'Give an assessment as JSON, a folder, or a revision such as main.',
    });
  const advisories = await advisoriesFrom(options);
  const given = { today: options.today, advisories };
  const { assessment } = isThere
    ? await assessed(text, given)
    : await assessed(folder, { ...given, revision: text });
  return { label: text, assessment };
}
