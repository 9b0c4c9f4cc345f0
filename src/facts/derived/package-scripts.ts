import type { Repository, Script } from '../../model/index.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { scriptOf } from '../documents/scripts.ts';
import { packagesIn, type NodePackage } from '../javascript/packages.ts';
import { taskCallOf, type TaskCall } from '../javascript/tasks/call.ts';
import { taskTargets } from '../javascript/tasks/commands.ts';

/** Scripts of packages that one command runs, each with the folder in which it runs. */
export type PackageScripts =
  | { readonly kind: 'found'; readonly scripts: readonly Script[]; readonly folder: string }
  /** No package of the repository has a script of that name. */
  | { readonly kind: 'missing'; readonly says: string }
  | { readonly kind: 'unclear' };

/** What `npm run x` and its like run; `undefined` for all other commands. */
export function packageScriptsOf(
  repository: Repository,
  words: readonly string[],
  folder: string,
): PackageScripts | undefined {
  const task = taskCallOf(words);
  const packages = packagesIn(repository);
  if (!task || packages.all.length === 0 || task.manager === 'deno') return undefined;
  const having = packages.all.filter(({ scripts }) => scripts.has(task.script));
  const [only] = having;
  if (!only) return task.mayBeProgram ? undefined : missing(words, task, packages.all);
  const from = packages.at(folder) ?? packages.all.find(each => each.folder === '');
  const targets = from ? taskTargets(task, from, packages).filter(each => having.includes(each)) : [];
  // A `cd` before it may have gone to the one package that has such a script.
  const [target] = targets.length === 0 && having.length === 1 ? [only] : targets;
  if (!target || targets.length > 1) return { kind: 'unclear' };
  return { kind: 'found', scripts: scriptsOf(target, task.script), folder: target.folder };
}

function missing(
  words: readonly string[],
  { script, manager }: TaskCall,
  packages: readonly NodePackage[],
): PackageScripts {
  const [first] = packages;
  // npm runs server.js for a package without `start`.
  if (!first || script === 'start' || /[$*{]/.test(script) || words.includes('--if-present'))
    return { kind: 'unclear' };
  const where = packages.length === 1 ? first.path : `none of the ${packages.length} package.json files`;
  return {
    kind: 'missing',
    says: `runs ${manager} script ${script}, and ${where} ${packages.length === 1 ? 'has none' : 'has one'} of that name`,
  };
}

const scriptsOf = (target: NodePackage, name: string): readonly Script[] =>
  [`pre${name}`, name, `post${name}`].flatMap(each => {
    const script = target.scripts.get(each);
    return script
      ? [scriptOf(parseShell(script.text, script.at.path, script.at.startLine), target.path, each, script.at)]
      : [];
  });
