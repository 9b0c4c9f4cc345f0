import { InvalidArgumentError, Option, type Command } from 'commander';
import { assessPath } from '../../assess-path.ts';
import type { Assessment, Severity } from '../../model/index.ts';
import { jsonReport } from '../../report/json.ts';
import { markdownReport } from '../../report/markdown.ts';
import { terminalReport } from '../../report/terminal.ts';
import { exitCodeOf } from '../gate.ts';
import { print, writeOutput } from '../output.ts';
import { progressOn } from '../progress.ts';
import { usageError } from '../usage-error.ts';

interface Options {
  readonly format: 'terminal' | 'markdown' | 'json';
  readonly output?: string;
  readonly failOn: Severity | 'never';
  readonly minScore?: number;
  readonly requireDecided: boolean;
  readonly color: boolean;
  readonly timing: boolean;
}

const EXAMPLES = `
Examples:
  seaworthy                                     assess the current folder
  seaworthy assess ../shop                      assess another one
  seaworthy assess . --format markdown --output READINESS.md
  seaworthy assess . --format json | jq .readiness
  seaworthy assess . --fail-on high             exit 1 also for findings of high severity

Exit codes: 0 the gate is met, 1 it is not, 2 seaworthy could not run, 3 something that the gate needs
could not be decided (with --require-decided).`;

/** Adds `seaworthy assess`, which is also what runs without a command. */
export function addAssess(program: Command): void {
  program
    .command('assess', { isDefault: true })
    .description('read a repository and say whether its services are ready for production')
    .argument('[path]', 'folder of the repository', '.')
    .addOption(
      new Option('--format <format>', 'what to print')
        .choices(['terminal', 'markdown', 'json'])
        .default('terminal'),
    )
    .option('--output <file>', 'write to a file instead of the terminal')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 for findings of this severity or worse')
        .choices(['critical', 'high', 'medium', 'low', 'never'])
        .default('critical'),
    )
    .option('--min-score <points>', 'exit 1 when the score is below, 0 to 10', scoreIn)
    .option('--require-decided', 'exit 3 when a control that the gate needs could not be decided', false)
    .option('--no-color', 'no colours')
    .option('--timing', 'say on the error stream how long it took', false)
    .addHelpText('after', EXAMPLES)
    .action(run);
}

function scoreIn(text: string): number {
  const score = Number(text);
  if (text.trim() === '' || Number.isNaN(score) || score < 0 || score > 10)
    throw new InvalidArgumentError('Give a number from 0 to 10.');
  return score;
}

async function run(path: string, options: Options): Promise<void> {
  const progress = progressOn(process.stderr);
  const result = await assessPath(path, doing => {
    progress.say(doing);
  });
  progress.end();
  if (!result.ok) throw usageError(result);
  const text = reportOf(result.assessment, options);
  if (options.output === undefined) await print(text);
  else {
    await writeOutput(options.output, text);
    process.stderr.write(`seaworthy: ${result.assessment.readiness}, written to ${options.output}\n`);
  }
  if (options.timing) {
    const { read, judge } = result.timing;
    process.stderr.write(`seaworthy: read ${Math.round(read)} ms, judged ${Math.round(judge)} ms\n`);
  }
  process.exitCode = exitCodeOf(result.assessment, {
    failOn: options.failOn,
    minScore: options.minScore,
    requireDecided: options.requireDecided,
  });
}

function reportOf(assessment: Assessment, options: Options): string {
  switch (options.format) {
    case 'json':
      return jsonReport(assessment);
    case 'markdown':
      return markdownReport(assessment);
    case 'terminal':
      return terminalReport(assessment, {
        colour: options.color && options.output === undefined && hasColour(),
        width: process.stdout.columns || 100,
      });
  }
}

/** NO_COLOR and FORCE_COLOR as agreed between tools (no-color.org). */
function hasColour(): boolean {
  if (process.env['NO_COLOR']) return false;
  return Boolean(process.env['FORCE_COLOR']) || process.stdout.isTTY;
}
