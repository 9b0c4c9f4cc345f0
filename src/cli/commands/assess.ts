import { InvalidArgumentError, Option, type Command } from 'commander';
import { frameworks } from '../../frameworks/index.ts';
import type { Framework, Persona, Severity } from '../../model/index.ts';
import { FORMAT_NAMES, FORMATS, type FormatName } from '../../report/formats.ts';
import { advisoriesFrom, withAdvisoryOptions, type AdvisoryOptions } from '../advisory-options.ts';
import { assessed } from '../assessed.ts';
import { readBaseline } from '../baseline-file.ts';
import { todayOption } from '../day.ts';
import { checkOutputs, formatOption, writeDocument, type OutputOptions } from '../formats.ts';
import { exitCodeOf, GATE_OF, hintsFor, type Gate } from '../gate.ts';
import { EXIT } from '../exit-codes.ts';

interface Options extends AdvisoryOptions, OutputOptions<FormatName> {
  readonly failOn?: Severity | 'never';
  readonly minScore?: number;
  readonly requireDecided?: boolean;
  readonly persona?: Persona;
  readonly baseline?: string;
  readonly framework?: readonly Framework[];
  readonly claims: boolean;
  readonly today?: string;
  readonly timing: boolean;
}

const EXAMPLES = `
Examples:
  seaworthy                                     assess the current folder
  seaworthy assess ../shop                      assess another one
  seaworthy assess . --format markdown --output READINESS.md
  seaworthy assess . --format html --output readiness.html
  seaworthy assess . --format json | jq .readiness
  seaworthy assess . --format terminal,sarif,junit --output-dir reports
  seaworthy assess . --fail-on high             exit 1 also for findings of high severity
  seaworthy assess . --baseline seaworthy-baseline.json
  seaworthy assess . --framework soc2,gdpr --format markdown
  seaworthy assess . --claims --format markdown
  seaworthy assess . --osv ./osv                known vulnerabilities, from PyPI/all.zip and npm/all.zip of OSV
  seaworthy assess . --osv-url https://api.osv.dev   the same, over the network

Exit codes: 0 the gate is met, 1 it is not, 2 seaworthy could not run, 3 something that the gate needs
could not be decided (with --require-decided).`;

const FRAMEWORK_NAMES = frameworks.map(({ id }) => id);

/** Adds `seaworthy assess`, which is also what runs without a command. */
export function addAssess(program: Command): void {
  const command = program
    .command('assess', { isDefault: true })
    .description('read a repository and say whether its services are ready for production')
    .argument('[path]', 'folder of the repository', '.')
    .addOption(formatOption(FORMAT_NAMES, 'terminal'))
    .option('--output <file>', 'write to a file instead of the terminal')
    .option('--output-dir <folder>', 'write each format to a file of its own in this folder')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit 1 for findings of this severity or worse (default: critical)',
      ).choices(['critical', 'high', 'medium', 'low', 'never']),
    )
    .option('--min-score <points>', 'exit 1 when the score is below, 0 to 10', scoreIn)
    .option('--require-decided', 'exit 3 when a control that the gate needs could not be decided')
    .addOption(
      new Option(
        '--persona <who>',
        'what the gate asks for: regular (critical), strict (everything), auditor (unknowns too)',
      ).choices(['regular', 'strict', 'auditor']),
    )
    .option('--baseline <file>', 'fail only for what this file does not know')
    .addOption(
      new Option(
        '--framework <names>',
        `group the verdicts by its clauses as well, several with commas: ${FRAMEWORK_NAMES.join(', ')}`,
      ).argParser(frameworksIn),
    )
    .option('--claims', 'hold what the documents claim against it as well', false)
    .addOption(todayOption());
  withAdvisoryOptions(command)
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

function frameworksIn(text: string, before: readonly Framework[] = []): readonly Framework[] {
  const names = text.split(',').map(name => {
    const known = frameworks.find(({ id }) => id === name.trim());
    if (!known) throw new InvalidArgumentError(`Allowed choices are ${FRAMEWORK_NAMES.join(', ')}.`);
    return known;
  });
  return [...new Set([...before, ...names])];
}

async function run(path: string, options: Options): Promise<void> {
  checkOutputs(FORMATS, options);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  const advisories = await advisoriesFrom(options);
  const { assessment, project, today, timing } = await assessed(path, {
    today: options.today,
    baseline,
    advisories,
    frameworks: options.framework,
    claims: options.claims ? 'repository' : undefined,
  });
  const written = await writeDocument(assessment, FORMATS, options, today);
  if (written.length > 0)
    process.stderr.write(`seaworthy: ${assessment.readiness}, written to ${written.join(', ')}\n`);
  const gate = gateOf(options, project.persona);
  const code = exitCodeOf(assessment, gate);
  if (code === EXIT.met && options.format.includes('terminal'))
    for (const hint of hintsFor(assessment, gate, baseline !== undefined))
      process.stderr.write(`seaworthy: ${hint}\n`);
  if (options.timing)
    process.stderr.write(
      `seaworthy: read ${Math.round(timing.read)} ms, judged ${Math.round(timing.judge)} ms\n`,
    );
  process.exitCode = code;
}

/** Options before the persona of the command line, that before the one of the project. */
function gateOf({ failOn, minScore, requireDecided, persona }: Options, ofProject: Persona): Gate {
  const asked = GATE_OF[persona ?? ofProject];
  return {
    failOn: failOn ?? asked.failOn,
    minScore,
    requireDecided: requireDecided ?? asked.requireDecided,
  };
}
