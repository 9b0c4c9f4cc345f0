import type { Imported, Module, Modules } from '../code/modules.ts';
import type { StatementSite } from '../code/sites.ts';
import type { PythonView } from './view.ts';

/** An import statement that names a module of the repository, and the module in which it stands. */
export interface Importer {
  readonly module: Module;
  readonly site: StatementSite;
}

const known = new WeakMap<Modules, ReadonlyMap<Module, readonly Importer[]>>();

/** The import statements of the whole repository, tests left out, that name this very module. */
export function importersOf({ code }: PythonView, module: Module): readonly Importer[] {
  let found = known.get(code.modules);
  if (!found) known.set(code.modules, (found = allImporters(code)));
  return found.get(module) ?? [];
}

function allImporters({ modules, search }: PythonView['code']): ReadonlyMap<Module, readonly Importer[]> {
  const found = new Map<Module, Importer[]>();
  for (const module of modules.all) {
    if (module.file.role !== 'production' && module.file.role !== 'script') continue;
    for (const site of search.importsOf(module))
      for (const target of targetsOf(modules, module, site)) {
        const list = found.get(target);
        if (list) list.push({ module, site });
        else found.set(target, [{ module, site }]);
      }
  }
  return found;
}

function targetsOf(modules: Modules, from: Module, { statement }: StatementSite): ReadonlySet<Module> {
  const found = new Set<Module>();
  if (statement.kind === 'import')
    for (const each of statement.modules) {
      const target = modules.resolve(from, each.module, 0);
      if (target.kind === 'module') found.add(target.module);
    }
  if (statement.kind === 'import-from') {
    const origin = modules.resolve(from, statement.module, statement.level);
    if (origin.kind === 'module') found.add(origin.module);
    const folder = packageFolder(origin);
    // `from shop.security import login` names a module of the package.
    if (folder !== undefined)
      for (const { name } of statement.names) {
        const child = modules.child(folder, name);
        if (child) found.add(child);
      }
  }
  return found;
}

function packageFolder(origin: Imported): string | undefined {
  if (origin.kind === 'folder') return origin.folder;
  return origin.kind === 'module' && origin.module.isPackage ? origin.module.folder : undefined;
}

const isProgram = ({ file: { text } }: Module): boolean => /^if __name__ ==/m.test(text);

/** Whether no start path comes by a module, and no program of the repository either, directly or through others. */
export function isDead(python: PythonView, module: Module, seen: ReadonlySet<Module> = new Set()): boolean {
  if (python.reach.reachesModule(module) !== 'no' || isProgram(module)) return false;
  const around = new Set([...seen, module]);
  return importersOf(python, module).every(
    importer => around.has(importer.module) || isDead(python, importer.module, around),
  );
}
