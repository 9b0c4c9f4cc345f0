import type { OpenTask } from '../../model/index.ts';
import { holds } from '../../read/text-filter.ts';
import type { Span } from '../../read/syntax.ts';
import type { Module } from './modules.ts';
import type { CodeView } from './view.ts';

const WORDS = ['TODO', 'FIXME', 'HACK', 'XXX'];
/** Written so by habit: the word stands first, alone or with a name and a colon. */
const TASK = /^(?:\W\s*)?(TODO|FIXME|HACK|XXX)\b[\s:(]/;
const SECURITY =
  /\b(secur\w*|auth\w*|permissions?|passwords?|secrets?|tokens?|csrf|xss|inject\w*|sanitiz\w*|sanitis\w*|encrypt\w*|vulnerab\w*|credential)\b/i;

/** What begins a comment, or a line of one. */
const BEGINS = /^\s*(#+|\/{2,}|\/\*+|\*+(?!\/))?\s*/;

function* inComment({ tree, file }: Module, comment: Span): Generator<OpenTask> {
  let { start } = comment;
  for (const line of file.text.slice(comment.start, comment.end).split('\n')) {
    const text = line.replace(BEGINS, '').replace(/\s*\*\/$/, '');
    const word = TASK.exec(`${text} `)?.[1];
    if (word !== undefined)
      yield {
        kind: 'openTask',
        at: tree.locate({ start, end: start + line.length }),
        word,
        text,
        aboutSecurity: SECURITY.test(text),
      };
    start += line.length + 1;
  }
}

/** Notes in comments of production code about work that is not done. */
export function* openTasksIn(view: CodeView): Generator<OpenTask> {
  for (const module of view.modules())
    if (module.file.role === 'production' && WORDS.some(word => holds(module.file, word)))
      for (const comment of module.tree.comments) yield* inComment(module, comment);
}
