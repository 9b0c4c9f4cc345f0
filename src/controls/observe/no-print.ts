import type { LogCall } from '../../model/index.ts';
import { absence, defineControl, failOr, passEvery, place } from '../define.ts';

function byFile(calls: readonly LogCall[]): ReadonlyMap<string, readonly LogCall[]> {
  const found = new Map<string, LogCall[]>();
  for (const call of calls) found.set(call.at.path, [...(found.get(call.at.path) ?? []), call]);
  return found;
}

export default defineControl({
  id: 'observe/no-print',
  title: 'The service logs, it does not print',
  severity: 'medium',
  stage: 'stable',
  asks: 'Counts calls of print on the path of production, file by file; commands that a person runs, scripts and tests are left out.',
  why: 'What is printed has no level, no time and no source, and is buffered away when the process dies.',
  remedy: 'Use a logger in its place, so that each line has a level and says which module wrote it.',
  sources: ['CATALOG observe/no-print', 'Python documentation: Logging HOWTO'],
  fix: 'auto',
  drill: 'none',
  needs: ['logCall'],

  applies: () => true,

  judge: ({ facts }) => {
    const printed = facts
      .all('logCall')
      .filter(({ by, reached, inCommand }) => by === 'print' && reached === 'yes' && !inCommand);
    return failOr(
      [...byFile(printed).values()].flatMap(calls => {
        const [first] = calls;
        const lines = calls.map(({ at }) => at.startLine).sort((left, right) => left - right);
        const says =
          calls.length === 1
            ? 'one print takes the place of a log line'
            : `${calls.length} prints take the place of log lines (lines ${lines.slice(0, 12).join(', ')}${lines.length > 12 ? ' …' : ''})`;
        return first ? [place(first.at, says)] : [];
      }),
      passEvery([absence('print in service code', facts.searched('logCall'))]),
    );
  },
});
