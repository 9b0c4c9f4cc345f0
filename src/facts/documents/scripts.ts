import type { Script, ScriptAssignment, ScriptCommand, SourceFile, Truth } from '../../model/index.ts';
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

const commandOf = (command: ShellCommand, index: number, { commands, ...shell }: Shell): ScriptCommand => ({
  at: command.at,
  words: command.words.map(word => word.text),
  text: command.text,
  // With `set -e` a chain of `&&` runs as one; after `||` it runs only on failure.
  conditional: command.within.some(block => block !== 'group') || command.after === 'or',
  heeded: heededIn(command, commands.slice(index + 1), shell.stopsOnError, hasPipefail(commands)),
  background: command.background,
  input: command.heredoc,
  isDiverted: command.isDiverted,
});

/** `set -o pipefail`, `set -euo pipefail`: then a pipe fails with any of its parts. */
const hasPipefail = (commands: readonly ShellCommand[]): boolean =>
  commands.some(({ words }) => words[0]?.text === 'set' && words.some(({ text }) => text === 'pipefail'));

/** Whether the script ends with an error when this command fails, by what follows it. */
function heededIn(
  command: ShellCommand,
  later: readonly ShellCommand[],
  stopsOnError: boolean,
  pipefail: boolean,
): Truth {
  const [next] = later;
  if (command.background) return 'unclear';
  if (command.within.some(block => block === 'if' || block === 'function')) return 'unclear';
  if (next?.after === 'or') {
    const [word, code] = next.words.map(({ text }) => text);
    const fails = word === 'false' || ((word === 'exit' || word === 'return') && code !== '0');
    if (fails) return 'yes';
    return /^(true|:|echo|printf|exit)$/.test(word ?? '') ? 'no' : 'unclear';
  }
  if (next?.after === 'pipe' && !pipefail) return 'no';
  if (stopsOnError) return 'yes';
  // Without `set -e` the end of the last chain decides.
  return later.every(({ after }) => after === 'and' || after === 'pipe') ? 'yes' : 'unclear';
}

/** The fact for shell text, whether a file of its own or a part of another one. */
export function scriptOf(shell: Shell, path: string, name: string, lines: Script['at']): Script {
  const assignments: readonly ScriptAssignment[] = shell.commands.flatMap(command =>
    [...command.assignments, ...(command.words[0]?.text === 'export' ? exported(command) : [])].map(
      ({ name: variable, value, at }) => ({ name: variable, value, at }),
    ),
  );
  const written = shell.commands.filter(({ words }) => words.length > 0);
  const commands = written.map((command, index) =>
    commandOf(command, index, { ...shell, commands: written }),
  );
  return {
    kind: 'script',
    at: lines,
    path,
    name,
    before: [],
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
