import type { Script, SourceFile } from '../../model/index.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { scriptOf } from '../documents/scripts.ts';

/** How a platform calls the shell: `bash -e`, `bash -eo pipefail`, or without any of it. */
export interface ShellOptions {
  readonly stopsOnError: boolean;
  readonly pipefail: boolean;
}

/** Expressions of a platform, `${{ … }}` and `<< … >>`, become one variable; the lines stay. */
const withoutExpressions = (text: string): string =>
  text.replace(/\$\{\{[^}]*\}\}|<<\s*(?:parameters|pipeline|matrix)[^>\n]*>>/g, '$EXPRESSION');

/** The text of one value of a file, line by line where it stands. */
function lineOf(file: SourceFile, value: Tree): number {
  const { startLine } = value.at;
  const line = file.text.split('\n', startLine)[startLine - 1] ?? '';
  // The text of a block begins on the line after its sign.
  return /[|>][+-]?\d?[+-]?\s*(#.*)?$/.test(line) ? startLine + 1 : startLine;
}

/** Shell text as a platform runs it. */
export function runText(file: SourceFile, value: Tree, options: ShellOptions): Script | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const source = withoutExpressions(text);
  // The option is set by whoever calls the shell; written in front, it is read like any other.
  const shell = parseShell(source, file.path, lineOf(file, value));
  const set = options.pipefail ? parseShell('set -o pipefail', file.path, value.at.startLine).commands : [];
  return scriptOf(
    {
      ...shell,
      commands: [...set, ...shell.commands],
      stopsOnError: shell.stopsOnError || options.stopsOnError,
    },
    file.path,
    '',
    value.at,
  );
}

/** A list of commands that one shell runs after another, as GitLab has it; lists inside of lists are flat. */
export function runList(file: SourceFile, tree: Tree | undefined, options: ShellOptions): readonly Script[] {
  if (tree?.kind !== 'list') return tree ? [runText(file, tree, options) ?? []].flat() : [];
  return itemsOf(tree).flatMap(item => runList(file, item, options));
}
