import type { MachineReference, Repository } from '../../model/index.ts';
import { lineOf } from '../../model/index.ts';
import { holds } from '../../read/text-filter.ts';
import { defineDocumentExtractor } from '../define.ts';
import { browserFilesIn } from '../javascript/files.ts';

/** Where an address is asked, or kept under a name for one; a fallback behind a setting stands elsewhere. */
const ASKED =
  /(?:\b(?:fetch|axios(?:\.\w+)?|ky(?:\.\w+)?|io|WebSocket|EventSource)\(\s*|\b\w*(?:api|base|backend|server|socket|graphql|endpoint)_?\w*\s*[:=]\s*)["'`]((?:https?|wss?):\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?)/gi;
/** It holds on a desk alone, or is chosen there. */
const DESK = /\b(DEV|dev|development|isDev|localhost['"]\s*[)?:&]|NODE_ENV|MODE|hostname)\b|localhost['"]\)/;
const COMMENT = /^\s*(\/\/|\*|\/\*|<!--)/;

/** Code for browsers that asks the machine it runs on: that of whoever looks at the page. */
export default defineDocumentExtractor({
  id: 'browser/own-machine',
  produces: ['machineReference'],
  *extract(repository: Repository): Generator<MachineReference> {
    for (const file of browserFilesIn(repository)) {
      if (!holds(file, 'localhost') && !holds(file, '127.0.0.1')) continue;
      const lines = file.text.split('\n');
      for (const { 1: address = '', index } of file.text.matchAll(ASKED)) {
        const line = file.text.slice(0, index).split('\n').length;
        const around = lines.slice(Math.max(0, line - 4), line);
        if (around.some(each => DESK.test(each)) || COMMENT.test(lines[line - 1] ?? '')) continue;
        yield {
          kind: 'machineReference',
          at: lineOf(file.path, line),
          what: 'loopback',
          text: address,
          reached: 'unclear',
        };
      }
    }
  },
});
