import type { BrokenImport } from '../../../model/index.ts';
import { defineExtractor, hasPython, unread, type ServiceView } from '../../define.ts';
import { isOptional, triedImports, wayTo } from './imported-packages.ts';
import { installedIn, type Installed } from './installed.ts';
import { brokenOwn } from './own-imports.ts';

type Found = BrokenImport | ReturnType<typeof unread<'brokenImport'>>;

/** Packages from outside that the start needs and that nothing installs. */
function* notInstalled({ facts }: ServiceView, installed: Installed): Generator<Found> {
  for (const { at, name, declared, because, optional, when, way } of facts.all('importedPackage')) {
    if (optional || when === 'call' || declared === 'yes') continue;
    if (installed.names.size === 0)
      yield unread('brokenImport', at.path, `imports ${name}, and no manifest says what is installed`);
    else if (declared === 'unclear') yield unread('brokenImport', at.path, `imports ${name}: ${because}`);
    else
      yield {
        kind: 'brokenImport',
        at,
        says: `imports ${name}, which no manifest of the production install names`,
        way,
      };
  }
}

function* extract(view: ServiceView): Generator<Found> {
  const { python } = view;
  const installed = installedIn(view);
  yield* notInstalled(view, installed);
  const tried = triedImports(python);
  for (const module of python.modules()) {
    // What does not parse may say anything: the engine tells of it.
    if (python.reach.reachesModule(module) !== 'yes' || module.tree.damage.length > 0) continue;
    const way = wayTo(python, module);
    for (const site of python.code.search.importsOf(module)) {
      if (site.statement.kind !== 'import' && site.statement.kind !== 'import-from') continue;
      if (isOptional(site, tried) || python.reached(site) !== 'yes') continue;
      yield* brokenOwn({ view, installed, way }, site);
    }
  }
}

/** Imports on the way from a start path that cannot work. */
export default defineExtractor({
  id: 'python/standard/imports',
  reads: ['importedPackage', 'productionPackage', 'startPath'],
  produces: ['brokenImport'],
  understands: hasPython,
  extract,
});
