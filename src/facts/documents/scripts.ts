import type { Script, ScriptAssignment, ScriptCommand, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { baseName } from '../../read/documents/path.ts';
import {
  assignmentOf,
  readShell,
  type Script as Shell,
  type ShellCommand,
} from '../../read/documents/shell.ts';
import { defineDocumentExtractor } from '../define.ts';

const isScript = (file: SourceFile): boolean =>
  /\.(sh|bash|zsh|ksh)$/.test(file.path) ||
  (!/\.[a-z0-9]+$/i.test(baseName(file.path)) && /^#!\s*\S*(?:\/|\s)(?:ba|da|z|k)?sh\b/.test(file.text));

const commandOf = (command: ShellCommand): ScriptCommand => ({
  at: command.at,
  words: command.words.map(word => word.text),
  text: command.text,
  // With `set -e` a chain of `&&` runs as one; after `||` it runs only on failure.
  conditional: command.within.some(block => block !== 'group') || command.after === 'or',
  background: command.background,
  input: command.heredoc,
});

/** The fact for shell text, whether a file of its own or a part of another one. */
export function scriptOf(shell: Shell, path: string, name: string, lines: Script['at']): Script {
  const assignments: readonly ScriptAssignment[] = shell.commands.flatMap(command =>
    [...command.assignments, ...(command.words[0]?.text === 'export' ? exported(command) : [])].map(
      ({ name: variable, value, at }) => ({ name: variable, value, at }),
    ),
  );
  const commands = shell.commands.filter(({ words }) => words.length > 0).map(commandOf);
  return {
    kind: 'script',
    at: lines,
    path,
    name,
    commands,
    assignments,
    stopsOnError: shell.stopsOnError,
    runsArguments: commands.some(({ words }) => words.some(word => word === '$@' || word === '$*')),
    complete: shell.complete,
  };
}

/** `export A=b C=d`. */
const exported = (command: ShellCommand): readonly ScriptAssignment[] =>
  command.words.slice(1).flatMap(word => (/^[A-Za-z_]\w*=/.test(word.text) ? assignmentOf(word) : []));

/** Shell scripts, command by command. */
export default defineDocumentExtractor({
  id: 'documents/scripts',
  produces: ['script'],

  *extract(repository) {
    for (const file of repository.files) {
      if (!isScript(file) || file.role === 'vendored' || file.role === 'generated') continue;
      const shell = contentOf(readShell(file));
      const at = { path: file.path, startLine: 1, endLine: file.text.split('\n').length };
      if (shell) yield scriptOf(shell, file.path, '', at);
    }
  },
});
