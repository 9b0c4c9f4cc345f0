import type { Names } from './language.ts';
import type { Imported, Module, Modules } from './modules.ts';

/** Which modules can come by an outside package: by importing it, or a module of the repository that can. */
export interface ImportGraph {
  modulesUsing(packageName: string): ReadonlySet<Module>;
  /** A module and all that can come by it: what it defines has no name anywhere else. */
  comingBy(module: Module): ReadonlySet<Module>;
}

export function importGraphOf(modules: Modules, names: Names): ImportGraph {
  let edges: Edges | undefined;
  const known = new Map<string, ReadonlySet<Module>>();
  const around = new Map<Module, ReadonlySet<Module>>();
  return {
    modulesUsing(packageName) {
      const before = known.get(packageName);
      if (before) return before;
      edges ??= edgesOf(modules, names);
      const found = withImporters(edges.importers.get(packageName) ?? [], edges);
      known.set(packageName, found);
      return found;
    },
    comingBy(module) {
      const before = around.get(module);
      if (before) return before;
      edges ??= edgesOf(modules, names);
      const found = withImporters([module], edges);
      around.set(module, found);
      return found;
    },
  };
}

function withImporters(modules: readonly Module[], { importedBy }: Edges): ReadonlySet<Module> {
  const found = new Set(modules);
  // What is added while it is gone through is gone through as well.
  for (const module of found) for (const importer of importedBy.get(module) ?? []) found.add(importer);
  return found;
}

interface Edges {
  /** By the top-level name of an outside package. */
  readonly importers: ReadonlyMap<string, readonly Module[]>;
  readonly importedBy: ReadonlyMap<Module, readonly Module[]>;
}

function edgesOf(modules: Modules, names: Names): Edges {
  const importers = new Map<string, Module[]>();
  const importedBy = new Map<Module, Module[]>();
  const membersOf = membersIn(modules);
  const add = <K>(map: Map<K, Module[]>, key: K, module: Module): void => {
    const list = map.get(key);
    if (!list) map.set(key, [module]);
    else if (list.at(-1) !== module) list.push(module);
  };
  for (const module of modules.all)
    for (const site of module.tree.mentions.imports)
      for (const target of modules.broughtBy(module, site))
        if (target.kind === 'external') add(importers, names.packageOf(names.canonical(target.name)), module);
        else for (const member of membersOf(target)) add(importedBy, member, module);
  return { importers, importedBy };
}

/** A package stands for all that lies directly in it: its modules are its members. */
function membersIn(modules: Modules): (target: Imported) => readonly Module[] {
  const folders = new Map<string, readonly Module[]>();
  const inside = (folder: string): readonly Module[] => {
    const before = folders.get(folder);
    if (before) return before;
    const found = modules.all.filter(
      module => module.folder === folder || (module.isPackage && parentOf(module.folder) === folder),
    );
    folders.set(folder, found);
    return found;
  };
  return target => {
    if (target.kind === 'folder') return inside(target.folder);
    if (target.kind === 'external') return [];
    return target.module.isPackage ? [target.module, ...inside(target.module.folder)] : [target.module];
  };
}

const parentOf = (folder: string): string => folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
