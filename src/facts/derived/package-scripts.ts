import type { Location, Repository, Script } from '../../model/index.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { scriptOf } from '../documents/scripts.ts';
import { packagesIn, type NodePackage } from '../javascript/packages.ts';
import { taskCallOf, type TaskCall } from '../javascript/tasks/call.ts';
import { taskTargets } from '../javascript/tasks/commands.ts';
import { tasksIn } from '../javascript/tasks/several.ts';

/** A script of a package and the folder in which it runs. */
export interface PackageScript {
  readonly script: Script;
  readonly folder: string;
}

/** Scripts of packages that one command runs. */
export type PackageScripts =
  | { readonly kind: 'found'; readonly scripts: readonly PackageScript[] }
  /** No package of the repository has a script of that name. */
  | { readonly kind: 'missing'; readonly says: string }
  | { readonly kind: 'unclear' };

/** What `npm run x` and its like run; `undefined` for all other commands. */
export function packageScriptsOf(
  repository: Repository,
  words: readonly string[],
  folder: string,
  at: Location,
): PackageScripts | undefined {
  const several = tasksIn(words);
  if (several) return { kind: 'found', scripts: [{ folder, script: scriptOfTasks(several, at) }] };
  const task = taskCallOf(words);
  const packages = packagesIn(repository);
  if (!task || packages.all.length === 0 || task.manager === 'deno') return undefined;
  const having = packages.all.filter(({ scripts }) => scripts.has(task.script));
  const [only] = having;
  if (!only) return task.mayBeProgram ? undefined : missing(words, task, packages.all);
  const from = packages.at(folder) ?? packages.all.find(each => each.folder === '');
  const targets = from ? taskTargets(task, from, packages).filter(each => having.includes(each)) : [];
  // A `cd` before it may have gone to the one package that has such a script.
  const found = targets.length === 0 && having.length === 1 ? [only] : targets;
  if (found.length === 0) return { kind: 'unclear' };
  return { kind: 'found', scripts: found.flatMap(target => scriptsOf(target, task)) };
}

/** `run-s lint test`: the commands of the one command, as a script that stands in its place. */
function scriptOfTasks(tasks: readonly (readonly string[])[], at: Location): Script {
  const text = tasks.map(words => words.join(' ')).join(' && ');
  return scriptOf(parseShell(text, at.path, at.startLine), at.path, '', at);
}

function missing(
  words: readonly string[],
  { script, manager }: TaskCall,
  packages: readonly NodePackage[],
): PackageScripts {
  const [first] = packages;
  // npm runs server.js for a package without `start`.
  if (!first || script === 'start' || /[$*{]/.test(script)) return { kind: 'unclear' };
  if (words.includes('--if-present')) return { kind: 'found', scripts: [] };
  const where = packages.length === 1 ? first.path : `none of the ${packages.length} package.json files`;
  return {
    kind: 'missing',
    says: `runs ${manager} script ${script}, and ${where} ${packages.length === 1 ? 'has none' : 'has one'} of that name`,
  };
}

/** The script with those before and after it; what is handed on goes to its last command. */
const scriptsOf = (target: NodePackage, { script: name, args }: TaskCall): readonly PackageScript[] =>
  [`pre${name}`, name, `post${name}`].flatMap(each => {
    const script = target.scripts.get(each);
    if (!script) return [];
    const text = each === name && args.length > 0 ? `${script.text} ${args.join(' ')}` : script.text;
    const shell = parseShell(text, script.at.path, script.at.startLine);
    return [{ folder: target.folder, script: scriptOf(shell, target.path, each, script.at) }];
  });
