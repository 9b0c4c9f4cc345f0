import type { ShellCommand } from '../../read/documents/shell.ts';

/**
 * The commands of a launcher script that run for its first argument: of a `case` only the branch of that name,
 * and of functions only those that this branch calls. A script without such a branch is taken whole.
 */
export function branchOf(
  commands: readonly ShellCommand[],
  text: string,
  argument: string | undefined,
): readonly ShellCommand[] {
  if (argument === undefined || !/^[\w.-]+$/.test(argument)) return outsideCases(commands, argument);
  const lines = text.split('\n');
  const branch = branchLines(lines, argument);
  if (!branch) return commands;
  const called = commands
    .filter(command => isIn(command, branch))
    .map(command => command.words[0]?.text ?? '');
  const bodies = called.flatMap(name => functionLines(lines, name) ?? []);
  return commands.filter(
    command =>
      isIn(command, branch) ||
      bodies.some(body => isIn(command, body)) ||
      command.within.every(block => block !== 'case' && block !== 'function'),
  );
}

/** Nothing chooses a branch: the functions and branches of a script with arguments of its own do not count. */
const outsideCases = (commands: readonly ShellCommand[], argument: string | undefined) =>
  argument === undefined && commands.some(command => command.within.includes('case'))
    ? commands.filter(command => !command.within.includes('case'))
    : commands;

interface Lines {
  readonly start: number;
  readonly end: number;
}

const isIn = ({ at }: ShellCommand, { start, end }: Lines): boolean =>
  at.startLine >= start && at.startLine <= end;

function branchLines(lines: readonly string[], argument: string): Lines | undefined {
  const start = lines.findIndex(line => {
    const labels = /^\s*\(?\s*(["']?[\w.|"' -]+)\)/.exec(line)?.[1];
    return labels?.split('|').some(label => label.trim().replace(/["']/g, '') === argument);
  });
  if (start === -1) return undefined;
  const length = lines.slice(start).findIndex(line => line.includes(';;'));
  return { start: start + 1, end: length === -1 ? lines.length : start + length + 1 };
}

function functionLines(lines: readonly string[], name: string): Lines | undefined {
  if (!/^[\w-]+$/.test(name)) return undefined;
  const start = lines.findIndex(line =>
    new RegExp(`^\\s*(function\\s+)?${name}\\s*(\\(\\))?\\s*\\{`).test(line),
  );
  if (start === -1) return undefined;
  const length = lines.slice(start + 1).findIndex(line => /^\s*\}/.test(line));
  return { start: start + 1, end: length === -1 ? lines.length : start + length + 2 };
}
