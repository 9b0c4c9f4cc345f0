import type { OpenTask } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Written so by habit: the word stands first, alone or with a name and a colon. */
const TASK = /^#+\s*(?:\W\s*)?(TODO|FIXME|HACK|XXX)\b[\s:(]/;
const SECURITY =
  /\b(secur\w*|auth\w*|permission|password|secret|token|csrf|xss|inject\w*|sanitiz\w*|sanitis\w*|encrypt\w*|vulnerab\w*|credential)\b/i;

/** Notes in comments of production code about work that is not done. */
export default defineExtractor({
  id: 'python/standard/open-tasks',
  reads: [],
  produces: ['openTask'],
  understands: hasPython,
  *extract({ python }): Generator<OpenTask> {
    for (const { tree, file } of python.modules()) {
      if (file.role !== 'production' || !/TODO|FIXME|HACK|XXX/.test(file.text)) continue;
      for (const comment of tree.comments) {
        const text = tree.textOf(comment);
        const word = TASK.exec(`${text} `)?.[1];
        if (word === undefined) continue;
        yield {
          kind: 'openTask',
          at: tree.locate(comment),
          word,
          text: text.replace(/^#+\s*/, ''),
          aboutSecurity: SECURITY.test(text),
        };
      }
    }
  },
});
