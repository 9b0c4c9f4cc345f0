import { readFileSync } from 'node:fs';
import { assessPath } from '../src/assess-path.ts';
import type { Assessment } from '../src/model/index.ts';
import { planOf } from '../src/plan/plan.ts';
import { planTerminal } from '../src/report/plan/terminal.ts';
import { terminalReport } from '../src/report/terminal.ts';

const SPECIMEN = 'specimens/unify';
/** The sample of an assessment ends with the findings of this many controls, others after so many lines. */
const CONTROLS = 1;
const LINES = 32;

/** What stands before a sample in README.md, and what the program prints. */
interface Sample {
  /** The first block of text behind it is the sample. */
  readonly introduced: string;
  readonly text: string;
}

/** README.md with its samples as the program prints them today. */
export async function readmeWithSamples(): Promise<string> {
  const result = await assessPath(SPECIMEN);
  if (!result.ok) throw new Error(result.what);
  const samples = [assessed(result.assessment), planned(result.assessment)];
  return samples.reduce(withSample, readFileSync('README.md', 'utf8'));
}

function withSample(readme: string, { introduced, text }: Sample): string {
  const fence = '```text\n';
  const start = readme.indexOf(fence, readme.indexOf(introduced)) + fence.length;
  const end = readme.indexOf('```', start);
  return `${readme.slice(0, start)}${text.trim()}\n…\n${readme.slice(end)}`;
}

/** Without the commit, which no commit can name of itself. */
function assessed(assessment: Assessment): Sample {
  const repository = { ...assessment.repository, commit: { state: 'none' } as const };
  const printed = terminalReport({ ...assessment, repository }, { colour: false, width: 100 });
  const lines = printed.replace('(not under git)', '(commit …)').split('\n');
  const cut =
    lines.flatMap((line, index) => (line.startsWith('● ') ? [index] : []))[CONTROLS] ?? lines.length;
  return { introduced: 'What it says, ', text: lines.slice(0, cut).join('\n') };
}

function planned(assessment: Assessment): Sample {
  const start = '2027-01-11';
  const plan = planOf(assessment, {
    target: 'docker',
    tier: 'recommended',
    first: [],
    team: 2,
    start,
    until: '',
  });
  const command = `$ npx seaworthy plan ${SPECIMEN} --target docker --team 2 --start ${start}`;
  return {
    introduced: 'What fails becomes a plan',
    text: [command, ...planTerminal(plan, { colour: false, width: 80 }).split('\n').slice(0, LINES)].join(
      '\n',
    ),
  };
}
