import { assessPath } from '../src/assess-path.ts';
import { planOf } from '../src/plan/plan.ts';
import { planTerminal } from '../src/report/plan/terminal.ts';

interface Example {
  /** As it stands in README.md after `npx`. */
  readonly command: string;
  readonly says: string;
}

/** What is shown in README.md, as the commands say it on a terminal of 80 columns; the rest is cut. */
export async function examples(): Promise<readonly Example[]> {
  const read = await assessPath('specimens/unify', { today: '2026-11-21' });
  if (!read.ok) throw new Error(read.what);
  const plan = planOf(read.assessment, {
    target: 'docker',
    tier: 'recommended',
    first: [],
    team: 2,
    start: '2027-01-11',
    until: '',
  });
  return [
    {
      command: 'seaworthy plan specimens/unify --target docker --team 2 --start 2027-01-11',
      says: firstLines(planTerminal(plan, { colour: false, width: 80 }), 32),
    },
  ];
}

const firstLines = (text: string, count: number): string =>
  `${text.split('\n').slice(0, count).join('\n').trimEnd()}\n…`;
