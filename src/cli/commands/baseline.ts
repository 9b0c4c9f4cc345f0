import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { baselineOf, goneFrom, pruned } from '../../score/baseline.ts';
import { advisoriesFrom, withAdvisoryOptions, type AdvisoryOptions } from '../advisory-options.ts';
import { assessed } from '../assessed.ts';
import { BASELINE_FILE, baselineText, readBaseline } from '../baseline-file.ts';
import { todayOption } from '../day.ts';
import { writeOutput } from '../output.ts';
import { usageError } from '../usage-error.ts';

interface Options extends AdvisoryOptions {
  readonly output: string;
  readonly prune: boolean;
  readonly force: boolean;
  readonly today?: string;
}

/** Adds `seaworthy baseline`: what fails today is noted, so that only what is new fails the gate. */
export function addBaseline(program: Command): void {
  const command = program
    .command('baseline')
    .description('note what fails today, so that `assess --baseline` fails only for what is new')
    .argument('[path]', 'folder of the repository', '.')
    .option('--output <file>', 'where to write it', BASELINE_FILE)
    .option('--prune', 'take out of the file what is gone; add nothing', false)
    .option('--force', 'write over a file that is there', false)
    .addOption(todayOption());
  withAdvisoryOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  seaworthy baseline\n  seaworthy baseline --prune\n  seaworthy assess --baseline seaworthy-baseline.json',
    )
    .action(run);
}

async function run(path: string, { output, prune, force, today, ...rest }: Options): Promise<void> {
  const before = prune ? await readBaseline(output) : undefined;
  if (!prune && !force && existsSync(output))
    throw usageError({
      what: `${output} is there already`,
      mend: 'Use --prune to make it smaller, or --force to write a new one that accepts all of today.',
    });
  const advisories = await advisoriesFrom(rest);
  const { assessment } = await assessed(path, { today, advisories });
  const { services } = assessment;
  const next = before ? pruned(before, services) : baselineOf(services);
  await writeOutput(output, baselineText(next));
  const change = before ? `, ${goneFrom(before, services)} taken out` : '';
  process.stderr.write(`seaworthy: ${next.findings.length} findings in ${output}${change}\n`);
}
