import { readFileSync } from 'node:fs';
import { assessPath } from '../src/assess-path.ts';
import { terminalReport } from '../src/report/terminal.ts';

const SPECIMEN = 'specimens/unify';
/** The block behind this sentence shows what a person sees. */
const INTRODUCED = 'What it says, ';
const WIDTH = 100;
/** The sample ends with the findings of this many controls. */
const CONTROLS = 1;

/** README.md with the sample as the program prints it today; without the commit, which no commit can name of itself. */
export async function readmeWithSample(): Promise<string> {
  const readme = readFileSync('README.md', 'utf8');
  const start = readme.indexOf('```text\n', readme.indexOf(INTRODUCED)) + '```text\n'.length;
  const end = readme.indexOf('```', start);
  const result = await assessPath(SPECIMEN);
  if (!result.ok) throw new Error(result.what);
  const { assessment } = result;
  const repository = { ...assessment.repository, commit: { state: 'none' } as const };
  const printed = terminalReport({ ...assessment, repository }, { colour: false, width: WIDTH });
  const lines = printed.replace('(not under git)', '(commit …)').split('\n');
  const cut =
    lines.flatMap((line, index) => (line.startsWith('● ') ? [index] : []))[CONTROLS] ?? lines.length;
  return `${readme.slice(0, start)}${lines.slice(0, cut).join('\n').trim()}\n…\n${readme.slice(end)}`;
}
