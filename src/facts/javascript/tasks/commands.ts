import type { Location, Repository } from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { readJson } from '../../../read/documents/json.ts';
import { isBelow, joinPath } from '../../../read/documents/path.ts';
import { parseShell } from '../../../read/documents/shell.ts';
import { below, entriesOf, textOf } from '../../../read/documents/tree.ts';
import { unwrapped } from '../../start/unwrap.ts';
import { packagesIn, type NodePackage, type NodePackages } from '../packages.ts';
import { tasksIn } from './several.ts';
import { taskCallOf, type TaskCall } from './call.ts';

/** A command that a script of a package.json comes to, and the package in whose folder it runs. */
export interface TaskCommand {
  readonly words: readonly string[];
  readonly text: string;
  readonly at: Location;
  readonly folder: string;
}

/** What became of asking for a script. */
export type TaskResult =
  | { readonly kind: 'commands'; readonly commands: readonly TaskCommand[] }
  /** The word is a program of an installed package. */
  | { readonly kind: 'program'; readonly words: readonly string[]; readonly folder: string }
  | { readonly kind: 'missing'; readonly manifest: string; readonly script: string };

/** The packages in which a task runs, from the package where the command stands. */
export function taskTargets(
  task: TaskCall,
  from: NodePackage,
  packages: NodePackages,
): readonly NodePackage[] {
  const at = task.folder === '' ? from : packages.at(joinPath(from.folder, task.folder));
  if (!at) return [];
  const inside = packages.all.filter(({ folder }) => folder !== at.folder && isBelow(folder, at.folder));
  if (task.workspaces.length > 0)
    return task.workspaces.flatMap(name => {
      const wanted = name.replace(/\/$/, '');
      const found =
        packages.named(wanted) ??
        packages.at(joinPath(at.folder, wanted)) ??
        inside.find(each => each.name.endsWith(`/${wanted}`) || each.folder.endsWith(`/${wanted}`));
      return found ?? [];
    });
  return task.everywhere ? inside.filter(({ scripts }) => scripts.has(task.script)) : [at];
}

/** What a script of a package runs: with the ones before and after it, and with arguments handed on. */
export function commandsOfTask(repository: Repository, from: NodePackage, task: TaskCall): TaskResult {
  const packages = packagesIn(repository);
  const targets = taskTargets(task, from, packages);
  const [first] = targets;
  if (!first) return { kind: 'missing', manifest: from.path, script: task.script };
  const commands = targets.flatMap(each => scriptCommands(repository, each, task));
  if (commands.length > 0) return { kind: 'commands', commands };
  if (targets.some(({ scripts }) => scripts.has(task.script))) return { kind: 'commands', commands: [] };
  return task.mayBeProgram
    ? { kind: 'program', words: [task.script, ...task.args], folder: first.folder }
    : { kind: 'missing', manifest: first.path, script: task.script };
}

function scriptCommands(repository: Repository, each: NodePackage, task: TaskCall): readonly TaskCommand[] {
  if (task.manager === 'deno') return denoCommands(repository, each, task.script);
  return [`pre${task.script}`, task.script, `post${task.script}`].flatMap(name => {
    const script = each.scripts.get(name);
    if (!script) return [];
    return commandsIn(script.text, script.at, each.folder, name === task.script ? task.args : []);
  });
}

function denoCommands(repository: Repository, each: NodePackage, name: string): readonly TaskCommand[] {
  const file = ['deno.json', 'deno.jsonc'].flatMap(
    base => repository.file(joinPath(each.folder, base)) ?? [],
  )[0];
  const task = file && entriesOf(below(contentOf(readJson(file)), 'tasks')).find(({ key }) => key === name);
  const text = task && textOf(task.value);
  return task && text !== undefined ? commandsIn(text, task.at, each.folder, []) : [];
}

/** The commands of a script's text; arguments go to the last one. */
export function commandsIn(
  text: string,
  at: Location,
  folder: string,
  args: readonly string[],
): readonly TaskCommand[] {
  const { commands } = parseShell(text, at.path, at.startLine);
  let here = folder;
  return commands.flatMap((command, index): readonly TaskCommand[] => {
    const set = command.assignments.map(({ name, text: value }) => `${name}=${value}`);
    const words = command.words.map(word => word.text);
    if (words[0] === 'cd') {
      here = joinPath(here, words[1] ?? '');
      return [];
    }
    if (words.length === 0) return [];
    const more = index === commands.length - 1 ? args : [];
    return [{ words: [...set, ...words, ...more], text: command.text, at, folder: here }];
  });
}

/** Scripts that call scripts: what is below is not looked at. */
const DEEPEST = 8;

/**
 * Every simple command behind a list of words: through scripts of packages and programs that run several of them. A
 * script is looked for in these packages, in order.
 */
export function commandsBehind(
  repository: Repository,
  words: readonly string[],
  from: readonly NodePackage[],
  depth = 0,
): readonly (readonly string[])[] {
  const plain = unwrapped(words).words;
  if (depth > DEEPEST) return [];
  const several = tasksIn(plain);
  if (several) return several.flatMap(each => commandsBehind(repository, each, from, depth + 1));
  const task = taskCallOf(plain);
  if (!task) return [plain];
  const packages = packagesIn(repository);
  for (const each of from) {
    const result = commandsOfTask(repository, each, task);
    if (result.kind === 'program') return [result.words];
    if (result.kind === 'commands')
      return result.commands.flatMap(({ words: inner, folder }) => {
        const own = packages.at(folder);
        return commandsBehind(repository, inner, own ? [own, ...from] : from, depth + 1);
      });
  }
  return [plain];
}
