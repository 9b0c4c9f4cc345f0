import type { ImageCommand, Location } from '../../model/index.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { splitWords } from '../../read/documents/split-words.ts';

type Commands = readonly (readonly string[])[];

const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh$/;
/** Scripts in scripts in scripts: what is below is not looked at. */
const MAX_DEPTH = 4;

/** The simple commands of a text for a shell; functions and their bodies are left out, as nothing calls them yet. */
export const shellCommands = (text: string, at: Location, depth = 0): Commands =>
  parseShell(text, at.path, at.startLine).commands.flatMap(({ words }) =>
    words.length === 0
      ? []
      : opened(
          words.map(word => word.text),
          at,
          depth,
        ),
  );

/** A command as it runs, `sh -c` opened: what stands in its text runs. */
export function opened(words: readonly string[], at: Location, depth = 0): Commands {
  const inner = scriptIn(words);
  return inner === undefined || depth >= MAX_DEPTH ? [words] : shellCommands(inner, at, depth + 1);
}

/** The text after `sh -c`; `undefined` for every other command. */
export function scriptIn(words: readonly string[]): string | undefined {
  const start = words[0] === 'exec' ? 1 : 0;
  if (!SHELL.test(words[start] ?? '')) return undefined;
  const flag = words.findIndex((word, index) => index > start && /^-[a-z]*c$/.test(word));
  const between = words.slice(start + 1, flag);
  return flag !== -1 && between.every(word => /^[-+]/.test(word)) ? words[flag + 1] : undefined;
}

/** A command in the exec form, or out of a list of words. */
export const execCommand = (words: readonly string[], text: string, at: Location): ImageCommand => ({
  at,
  text,
  form: scriptIn(words) === undefined ? 'exec' : 'shell',
  words,
  commands: words.length === 0 ? [] : opened(words, at),
});

/** A command in the shell form: the engine puts `/bin/sh -c` in front of it. */
export const shellFormCommand = (text: string, at: Location): ImageCommand => ({
  at,
  text,
  form: 'shell',
  words: ['/bin/sh', '-c', text],
  commands: shellCommands(text, at),
});

/** A command in one line that is split into words but not given to a shell, as compose does. */
export const splitCommand = (text: string, at: Location): ImageCommand =>
  execCommand(splitWords(text), text.trim(), at);

/**
 * What an image runs: the words of the entry point and then those of the command. A shell-form entry point takes the
 * command as its arguments and does nothing with it, as Docker has it.
 */
export function combined(
  entrypoint: ImageCommand | undefined,
  command: ImageCommand | undefined,
): ImageCommand | undefined {
  if (!entrypoint || entrypoint.words.length === 0) return command;
  if (!command || command.words.length === 0) return entrypoint;
  const text = `${entrypoint.text} ${command.text}`;
  const whole = execCommand([...entrypoint.words, ...command.words], text, command.at);
  return scriptIn(entrypoint.words) === undefined ? whole : { ...entrypoint, words: whole.words };
}
