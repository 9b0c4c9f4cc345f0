import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { AssessedFinding, Assessment, ControlId } from '../../model/index.ts';
import { PROJECT_FILE } from '../../read/project/file.ts';
import { withWaiver } from '../../read/project/edit.ts';
import { contentOfAll } from '../../score/fingerprint.ts';
import { given } from '../ask.ts';
import { advisoriesFrom, withAdvisoryOptions, type AdvisoryOptions } from '../advisory-options.ts';
import { assessed } from '../assessed.ts';
import { dayIn, todayOption } from '../day.ts';
import { writeOutput } from '../output.ts';
import { usageError } from '../usage-error.ts';

interface Options extends AdvisoryOptions {
  readonly owner?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly path?: string;
  readonly service?: string;
  readonly today?: string;
}

/** Adds `seaworthy waive`: a risk is accepted by somebody, for a reason and for a time. */
export function addWaive(program: Command): void {
  const command = program
    .command('waive')
    .description('accept a finding until a day: adds a waiver to seaworthy.yaml')
    .argument('<finding>', 'id of a finding (in the JSON or CSV report), or of a control')
    .argument('[folder]', 'folder of the repository', '.')
    .option('--owner <name>', 'who accepts the risk')
    .option('--reason <text>', 'why it is acceptable')
    .option('--until <day>', 'the last day on which it holds, as 2027-01-31', dayIn)
    .option('--path <path>', 'only findings in this file or folder')
    .option('--service <id>', 'only findings of this service')
    .addOption(todayOption());
  withAdvisoryOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  seaworthy waive fe4e3639b3b489b2\n  seaworthy waive web/csp --path src/admin --owner jane --reason "internal only" --until 2027-01-31',
    )
    .action(run);
}

interface Found {
  readonly control: ControlId;
  readonly service: string;
  readonly finding: AssessedFinding;
}

async function run(wanted: string, folder: string, options: Options): Promise<void> {
  const advisories = await advisoriesFrom(options);
  const { assessment } = await assessed(folder, { today: options.today, advisories });
  const covered = found(assessment, wanted, options);
  const [first] = covered;
  if (!first)
    throw usageError({
      what: `nothing that fails is called ${wanted}${options.path ? ` in ${options.path}` : ''}`,
      mend: 'Ids stand in the JSON and CSV reports; a control takes all of its findings.',
    });
  const owner = await given(options.owner, 'Who accepts the risk?', '--owner');
  const reason = await given(options.reason, 'Why is it acceptable?', '--reason');
  const until = dayIn(await given(options.until, 'Until which day (2027-01-31)?', '--until'));
  const file = join(folder, PROJECT_FILE);
  const text = withWaiver(await textOf(file), {
    control: first.control,
    finding: first.finding.id === wanted ? wanted : '',
    path: options.path ?? '',
    service: options.service ?? '',
    owner,
    reason,
    until,
    content: contentOfAll(covered.map(({ finding }) => finding)),
  });
  await writeOutput(file, text);
  const places = covered.length === 1 ? '1 finding' : `${covered.length} findings`;
  process.stderr.write(`seaworthy: ${places} of ${first.control} accepted until ${until}, in ${file}\n`);
}

/** What the waiver would cover: the scope that `score/waivers.ts` reads back. */
function found({ services }: Assessment, wanted: string, { path, service }: Options): readonly Found[] {
  return services
    .filter(({ id }) => service === undefined || id === service)
    .flatMap(({ id, judgements }) =>
      judgements.flatMap(({ control, findings, waived }) =>
        [...findings, ...waived.map(each => each.finding)]
          .filter(finding => control === wanted || finding.id === wanted)
          .filter(finding => path === undefined || isBelow(finding, path))
          .map(finding => ({ control, service: id, finding })),
      ),
    );
}

const isBelow = ({ places }: AssessedFinding, path: string): boolean => {
  const [place] = places;
  return (
    place !== undefined && (place.at.path === path || place.at.path.startsWith(`${path.replace(/\/$/, '')}/`))
  );
};

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return ''; // the first waiver makes the file
  }
}
