import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Asked, Assessment, PhaseId, TargetId, Tier } from '../../model/index.ts';
import { TIERS } from '../../model/index.ts';
import { nextMonday } from '../../plan/calendar.ts';
import { planOf } from '../../plan/plan.ts';
import { TARGET_IDS } from '../../plan/targets/index.ts';
import { PLAN_FORMAT_NAMES, PLAN_FORMATS, type PlanFormatName } from '../../report/plan/formats.ts';
import { issueFiles } from '../../report/plan/issues.ts';
import { advisoriesFrom, withAdvisoryOptions, type AdvisoryOptions } from '../advisory-options.ts';
import { assessed } from '../assessed.ts';
import { isFile, readAssessment } from '../assessment-file.ts';
import { dayIn, today, todayOption } from '../day.ts';
import { checkOutputs, formatOption, writeDocument, type OutputOptions } from '../formats.ts';
import { writeIssues } from '../issue-files.ts';
import { askForWishes, FIRST, LARGEST_TEAM, teamOf } from '../plan-questions.ts';
import { isAttended, withPrompt } from '../prompt.ts';
import { usageError } from '../usage-error.ts';

interface Options extends AdvisoryOptions, OutputOptions<PlanFormatName> {
  readonly target?: TargetId;
  readonly tier?: Tier;
  readonly first?: readonly PhaseId[];
  readonly team?: number;
  readonly start?: string;
  readonly until?: string;
  readonly issuesDir?: string;
  readonly repositoryUrl?: string;
  readonly today?: string;
  readonly yes: boolean;
}

const EXAMPLES = `
Examples:
  seaworthy plan                                  asks where it is to run, what comes first, by when
  seaworthy plan --yes --team 2                   asks nothing
  seaworthy plan ../shop --target kubernetes --tier recommended --start 2027-01-11
  seaworthy plan assessment.json --until 2027-03-01 --format markdown --output PLAN.md
  seaworthy plan --format markdown,csv,json --output-dir plan
  seaworthy plan --issues-dir issues --repository-url https://github.com/acme/shop

Make issues of the files:
  for f in issues/*.md; do gh issue create --title "$(sed -n 's/^title: "\\(.*\\)"$/\\1/p' "$f")" --body-file "$f"; done`;

/** Adds `seaworthy plan`: the way from what was found to production, as pieces of work with hours and dates. */
export function addPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('turn what fails into pieces of work, in order, with hours and a calendar')
    .argument('[path]', 'folder of the repository, or an assessment as JSON', '.')
    .addOption(
      new Option('--target <where>', 'where it is to run; changes what is needed').choices(TARGET_IDS),
    )
    .addOption(
      new Option(
        '--tier <how-far>',
        'minimum (critical), recommended (and high), full (everything); default: recommended',
      ).choices(TIERS),
    )
    .addOption(
      new Option(
        '--first <phases>',
        `wanted first within what is equally urgent, several with commas: ${FIRST.map(({ id }) => id).join(', ')}`,
      ).argParser(phasesIn),
    )
    .option('--team <people>', 'how many work on it (default: 1)', teamIn)
    .option('--start <day>', 'the first day, as 2027-01-11 (default: next Monday)', startIn)
    .option('--until <day>', 'the day by which it is wanted', startIn)
    .option('--yes', 'ask nothing; take what is usual', false)
    .addOption(formatOption(PLAN_FORMAT_NAMES, 'terminal'))
    .option('--output <file>', 'write to a file instead of the terminal')
    .option('--output-dir <folder>', 'write each format to a file of its own in this folder')
    .option('--issues-dir <folder>', 'write a Markdown file for each piece of work, to be made an issue of')
    .option('--repository-url <address>', 'for links in issues, as https://github.com/acme/shop', addressIn)
    .addOption(todayOption());
  withAdvisoryOptions(command).option('--no-color', 'no colours').addHelpText('after', EXAMPLES).action(run);
}

function teamIn(text: string): number {
  const team = teamOf(text);
  if (team === undefined)
    throw new InvalidArgumentError(`Give a number of people from 1 to ${LARGEST_TEAM}.`);
  return team;
}

/** Far from the end of what a calendar of four digits can say. */
function startIn(text: string): string {
  const day = dayIn(text);
  if (day < '2000' || day > '2200') throw new InvalidArgumentError('Give a day between 2000 and 2199.');
  return day;
}

function phasesIn(text: string, before: readonly PhaseId[] = []): readonly PhaseId[] {
  const chosen = text.split(',').map(name => {
    const known = FIRST.find(({ id }) => id === name.trim());
    if (!known)
      throw new InvalidArgumentError(`Allowed choices are ${FIRST.map(({ id }) => id).join(', ')}.`);
    return known.id;
  });
  return [...new Set([...before, ...chosen])];
}

function addressIn(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isPlain || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new InvalidArgumentError('Give an address as https://github.com/acme/shop.');
  return url.href.replace(/\/+$|\.git\/*$/, '').replace(/[()<>\\]/g, encodeURIComponent);
}

async function run(path: string, options: Options): Promise<void> {
  checkOutputs(PLAN_FORMATS, options);
  const assessment = await assessmentOf(path, options);
  const asked = await askedFor(options);
  const plan = planOf(assessment, asked);
  const written = await writeDocument(plan, PLAN_FORMATS, options, options.today ?? today());
  if (written.length > 0) process.stderr.write(`seaworthy: written to ${written.join(', ')}\n`);
  if (options.issuesDir === undefined) return;
  const { written: count, over } = await writeIssues(
    options.issuesDir,
    issueFiles(plan, options.repositoryUrl ?? ''),
  );
  process.stderr.write(`seaworthy: ${count} issues in ${options.issuesDir}\n`);
  if (over.length > 0)
    process.stderr.write(`seaworthy: no longer in the plan, take them out by hand: ${over.join(', ')}\n`);
}

async function assessmentOf(path: string, options: Options): Promise<Assessment> {
  if (!(await isFile(path))) {
    const advisories = await advisoriesFrom(options);
    return (await assessed(path, { today: options.today, advisories })).assessment;
  }
  if (options.osv !== undefined || options.osvUrl !== undefined)
    throw usageError({
      what: '--osv and --osv-url need a repository, not an assessment',
      mend: 'Give them to `seaworthy assess`.',
    });
  return readAssessment(path);
}

/** What was given, what was answered, what is usual. */
async function askedFor(options: Options): Promise<Asked> {
  const { target, tier, first, team, until } = options;
  const start = options.start ?? nextMonday(options.today ?? today());
  const isAsking = !options.yes && isAttended();
  const wishes = isAsking
    ? await withPrompt(ask =>
        askForWishes(ask, {
          ...(target && { target }),
          ...(tier && { tier }),
          ...(first && { first }),
          ...(team !== undefined && { team }),
          ...(until !== undefined && { until }),
        }),
      )
    : {
        target: target ?? ('' as const),
        tier: tier ?? ('recommended' as const),
        first: first ?? [],
        team: team ?? 1,
        until: until ?? '',
      };
  if (wishes.until !== '' && wishes.until < start)
    throw usageError({
      what: `--until ${wishes.until} is before the start on ${start}`,
      mend: 'Give a later day.',
    });
  return { ...wishes, start };
}
