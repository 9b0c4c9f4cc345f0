import type { BrokenImport } from '../../../model/index.ts';
import { missingPackages } from '../../code/missing-packages.ts';
import { wayTo } from '../../code/way.ts';
import { defineExtractor, hasPython, type ServiceView, type Unread } from '../../define.ts';
import { isOptional, triedImports } from './imported-packages.ts';
import { installedIn } from './installed.ts';
import { brokenOwn } from './own-imports.ts';

type Found = BrokenImport | Unread<'brokenImport'>;

function* extract(view: ServiceView): Generator<Found> {
  const { python, facts } = view;
  const installed = installedIn(view);
  yield* missingPackages(
    facts.all('importedPackage').filter(({ at }) => at.path.endsWith('.py')),
    installed.names.size === 0 ? 'no manifest says what is installed' : '',
  );
  const tried = triedImports(python);
  for (const module of python.modules()) {
    // What does not parse may say anything: the engine tells of it.
    if (python.reach.reachesModule(module) !== 'yes' || module.tree.damage.length > 0) continue;
    const way = wayTo(python.reach, module);
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
