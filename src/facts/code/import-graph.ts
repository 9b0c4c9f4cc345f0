import type { ImportSite } from '../../read/syntax.ts';
import type { Imported, Module, Modules } from './modules.ts';

/** Which modules can come by an outside package: by importing it, or a module of the repository that can. */
export interface ImportGraph {
  modulesUsing(packageName: string): ReadonlySet<Module>;
}

export function importGraphOf(modules: Modules): ImportGraph {
  let edges: Edges | undefined;
  const known = new Map<string, ReadonlySet<Module>>();
  return {
    modulesUsing(packageName) {
      const before = known.get(packageName);
      if (before) return before;
      edges ??= edgesOf(modules);
      const found = new Set(edges.importers.get(packageName) ?? []);
      // What is added while it is gone through is gone through as well.
      for (const module of found)
        for (const importer of edges.importedBy.get(module) ?? []) found.add(importer);
      known.set(packageName, found);
      return found;
    },
  };
}

interface Edges {
  /** By the top-level name of an outside package. */
  readonly importers: ReadonlyMap<string, readonly Module[]>;
  readonly importedBy: ReadonlyMap<Module, readonly Module[]>;
}

function edgesOf(modules: Modules): Edges {
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
      for (const target of targetsOf(modules, module, site))
        if (target.kind === 'external') add(importers, target.name.split('.')[0] ?? '', module);
        else for (const member of membersOf(target)) add(importedBy, member, module);
  return { importers, importedBy };
}

/** `import a.b` brings `a` and `a.b`; `from a import b` brings `a` and, if it is a module, `a.b`. */
function targetsOf(modules: Modules, from: Module, { level, module, name }: ImportSite): readonly Imported[] {
  const parts = module.split('.');
  const outer = parts.map((_, index) => modules.resolve(from, parts.slice(0, index + 1).join('.'), level));
  if (name === '') return outer;
  const origin = outer.at(-1);
  const folder =
    origin?.kind === 'folder' ? origin.folder : origin?.kind === 'module' ? origin.module.folder : undefined;
  const child = folder === undefined ? undefined : modules.child(folder, name);
  return child ? [...outer, { kind: 'module', module: child }] : outer;
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
