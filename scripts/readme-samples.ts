import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { assessPath } from '../src/assess-path.ts';
import { comparisonOf } from '../src/compare/compare.ts';
import type { Assessment } from '../src/model/index.ts';
import { planOf } from '../src/plan/plan.ts';
import { compareTerminal } from '../src/report/compare/terminal.ts';
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
  const { assessment } = result;
  const samples = [assessed(assessment), planned(assessment), await compared(assessment)];
  return samples.reduce(withSample, readFileSync('README.md', 'utf8'));
}

function withSample(readme: string, { introduced, text }: Sample): string {
  const fence = '```text\n';
  const start = readme.indexOf(fence, readme.indexOf(introduced)) + fence.length;
  const end = readme.indexOf('```', start);
  return `${readme.slice(0, start)}${text.trim()}\n…\n${readme.slice(end)}`;
}

/** No commit can name itself. */
const withoutCommit = (assessment: Assessment): Assessment => ({
  ...assessment,
  repository: { ...assessment.repository, commit: { state: 'none' } },
});

function assessed(assessment: Assessment): Sample {
  const printed = terminalReport(withoutCommit(assessment), { colour: false, width: 100 });
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

/** What somebody has mended since: the text that stood there, and what stands there now. */
const MENDED: readonly (readonly [path: string, from: RegExp, to: string])[] = [
  ['src/app.py', /os\.environ\.get\('SECRET_KEY', [^)]*\)/, "os.environ['SECRET_KEY']"],
  ['src/app.py', /app\.run\(debug=True/, 'app.run(debug=False'],
  ['deployment/Dockerfile', /CMD .*/, 'CMD ["gunicorn", "--bind", "0.0.0.0:5000", "app:app"]'],
];

/** The specimen as it is, and a copy in which something was mended. */
async function compared(before: Assessment): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  try {
    const copy = join(folder, basename(SPECIMEN));
    cpSync(SPECIMEN, copy, { recursive: true });
    for (const [path, from, to] of MENDED)
      writeFileSync(join(copy, path), readFileSync(join(copy, path), 'utf8').replace(from, to));
    const result = await assessPath(copy);
    if (!result.ok) throw new Error(result.what);
    const comparison = comparisonOf(
      { label: 'before.json', assessment: withoutCommit(before) },
      { label: 'after.json', assessment: withoutCommit(result.assessment) },
    );
    const printed = compareTerminal(comparison, { colour: false, width: 80 });
    return {
      introduced: 'Two states of a repository are set side by side',
      text: ['$ npx seaworthy compare before.json after.json', ...printed.split('\n').slice(0, 48)].join(
        '\n',
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
