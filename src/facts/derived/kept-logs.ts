import type { LogTarget } from '../../model/index.ts';
import { stated } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

/** What cuts the files of a program that keeps others running. */
const ROTATES = /pm2-logrotate|\blogrotate\b/;

/** Files into which what keeps the service running writes what it prints. */
export default defineExtractor({
  id: 'derived/kept-logs',
  reads: ['startPath', 'image', 'script'],
  produces: ['logTarget'],
  understands: () => true,
  *extract({ facts }): Generator<LogTarget> {
    const kept = facts
      .all('startPath')
      .filter(({ command, keeper }) => command.stage !== 'development' && keeper.logs !== '');
    if (kept.length === 0) return;
    const texts = [
      ...facts.all('image').flatMap(({ runs }) => runs.map(({ text }) => text)),
      ...facts.all('script').flatMap(({ commands }) => commands.map(({ words }) => words.join(' '))),
    ];
    const rotates = texts.some(text => ROTATES.test(text));
    for (const { at, keeper } of kept)
      yield {
        kind: 'logTarget',
        at,
        name: `${keeper.name} (${keeper.logs})`,
        to: stated('file'),
        rotates: stated(rotates),
        reached: 'yes',
      };
  },
});
