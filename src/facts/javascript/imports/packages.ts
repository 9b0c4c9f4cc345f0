import type { ImportedPackage } from '../../../model/index.ts';
import type { ImportSite } from '../../../read/syntax.ts';
import { defineExtractor, hasNode, unread, type ServiceView, type Unread } from '../../define.ts';
import type { Module } from '../../code/modules.ts';
import { wayTo } from '../../code/way.ts';
import { packagesIn } from '../packages.ts';
import { declaredPackages, type DeclaredPackages } from './declared.ts';
import { foundImport, isUsedAsValue } from './sites.ts';
import { specifierOf } from './specifiers.ts';

/** One that runs at the start says more than one that is prepared for the absence. */
const weightOf = ({ optional, when }: ImportedPackage): number => (optional ? 0 : when === 'call' ? 1 : 2);

/** The package that an import names; empty for a module of the repository, of Node, or of a bundler. */
function packageNamed({ node, repository }: ServiceView, module: Module, each: ImportSite): string {
  const specifier = specifierOf(each.module);
  if (specifier.kind !== 'package') return '';
  if (node.code.modules.resolve(module, each.module, 0).kind === 'module') return '';
  // A package of the repository, whose entry a build makes.
  return packagesIn(repository).named(specifier.name) ? '' : specifier.name;
}

function factOf(
  { node }: ServiceView,
  module: Module,
  each: ImportSite,
  name: string,
  installed: DeclaredPackages,
): ImportedPackage | undefined {
  const found = foundImport(node, module, each);
  if (!found || node.reached(found.site) !== 'yes') return undefined;
  const { declared, because } = installed.of(name, module.path);
  if (declared !== 'yes' && !isUsedAsValue(node, module, each)) return undefined;
  return {
    kind: 'importedPackage',
    at: module.tree.locate({ start: each.start, end: each.start }),
    name,
    distributions: [name],
    declared,
    because,
    optional: found.isOptional,
    when: found.isLate ? 'call' : 'start',
    way: wayTo(node.reach, module),
  };
}

/** Settings of tools that build or check: nothing of them is there when the program runs. */
const SETS_TOOLS =
  /(^|\/)(vite|vitest|tsup|tsdown|rollup|webpack|rspack|postcss|tailwind|eslint|svelte|astro|nuxt|esbuild|babel|jest|drizzle|playwright)(\.[\w-]+)*\.config\.[cm]?[jt]s$/;

function* extract(view: ServiceView): Generator<ImportedPackage | Unread<'importedPackage'>> {
  const { node } = view;
  const modules = node
    .modules()
    // What does not parse may say anything: the engine tells of it.
    .filter(
      module =>
        node.reach.reachesModule(module) === 'yes' &&
        module.tree.damage.length === 0 &&
        !SETS_TOOLS.test(module.path),
    );
  const [first = ''] = node.paths();
  if (modules.length === 0) yield unread('importedPackage', first, 'nothing says where it starts');
  const installed = declaredPackages(view);
  const best = new Map<string, ImportedPackage>();
  for (const module of modules)
    for (const each of module.tree.mentions.imports) {
      const name = each.isType ? '' : packageNamed(view, module, each);
      const before = best.get(name);
      if (name === '' || (before && weightOf(before) === 2)) continue;
      const fact = factOf(view, module, each, name, installed);
      if (fact && (!before || weightOf(before) < weightOf(fact))) best.set(name, fact);
    }
  yield* best.values();
}

/** Packages from outside that production imports. */
export default defineExtractor({
  id: 'javascript/imports/packages',
  reads: ['productionPackage', 'startPath', 'image'],
  produces: ['importedPackage'],
  understands: hasNode,
  extract,
});
