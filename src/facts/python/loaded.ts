import type { Call } from '../../read/syntax.ts';
import type { Code } from '../code/code.ts';
import type { Module } from '../code/modules.ts';
import type { Scope } from '../code/scopes.ts';

/** Calls that load a module by its name. */
export const LOADERS: ReadonlySet<string> = new Set([
  'importlib.import_module',
  'builtins.__import__',
  'werkzeug.utils.import_string',
]);

/**
 * What `import_module(f"routes.{name}")` may load: the modules in that folder and the packages below it. What
 * `import_module("a.b")` loads. `undefined` when reading cannot tell.
 */
export function loadedBy(code: Code, call: Call, scope: Scope): readonly Module[] | undefined {
  const [first] = call.args;
  if (!first) return undefined;
  const term = code.evaluator.evaluate(first.value, scope);
  if (term.kind === 'literal') {
    const { level, dotted } = relative(String(term.value));
    const found = code.modules.resolve(scope.module, dotted, level);
    return found.kind === 'module' ? [found.module] : undefined;
  }
  const prefix = prefixOf(term, scope.module);
  const folder = prefix === undefined ? undefined : folderFor(code, scope.module, prefix);
  if (folder === undefined) return undefined;
  return [
    ...code.modules.inFolder(folder),
    ...code.modules.all.filter(module => module.isPackage && module.folder.startsWith(`${folder}/`)),
  ];
}

/** `..a.b` is `a.b` from two levels. */
export function relative(name: string): { readonly level: number; readonly dotted: string } {
  const level = /^\.*/.exec(name)?.[0].length ?? 0;
  return { level, dotted: name.slice(level) };
}

/** The part of a module name that is written: `routes` of `f"routes.{name}"`; `''` is the own package. */
function prefixOf(term: ReturnType<Code['evaluator']['evaluate']>, module: Module): string | undefined {
  if (term.kind !== 'text') return undefined;
  const [first, second] = term.parts;
  if (first?.kind === 'literal') return String(first.value).replace(/\.$/, '');
  // `f"{__name__}.{name}"` and `f"{__package__}.{name}"`
  if (second?.kind === 'literal' && String(second.value).startsWith('.'))
    return module.isPackage ? '' : undefined;
  return undefined;
}

function folderFor(code: Code, module: Module, prefix: string): string | undefined {
  if (prefix === '' || prefix === '.') return module.folder;
  const { level, dotted } = relative(prefix);
  const found = code.modules.resolve(module, dotted, level);
  if (found.kind === 'folder') return found.folder;
  return found.kind === 'module' && found.module.isPackage ? found.module.folder : undefined;
}
