import type { ImportedPackage, Truth } from '../../../model/index.ts';
import { statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import type { Module } from '../../code/modules.ts';
import type { StatementSite } from '../../code/sites.ts';
import { wayTo } from '../../code/way.ts';
import type { PythonView } from '../view.ts';
import { distributionsOf, doubtOf, installedIn, provides, type Installed } from './installed.ts';
import { isStandard } from './modules.ts';

/** What stands at the start of its line stands in no `try`. */
const hasIndentedImport = ({ file, tree }: Module): boolean =>
  tree.mentions.imports.some(({ start }) => start > 0 && file.text[start - 1] !== '\n');

/** Imports that stand inside a `try` with a handler, or a `suppress`: the code is prepared. */
export function triedImports(python: PythonView): ReadonlySet<string> {
  const starts = new Set<string>();
  const candidates = python
    .modules()
    .filter(hasIndentedImport)
    .flatMap(module => python.code.search.statementsOf(module, ['import']));
  for (const { statement, scope } of candidates)
    if (
      (statement.kind === 'try' && statement.handlers.length > 0) ||
      (statement.kind === 'with' && python.textOf(scope, statement).includes('suppress('))
    )
      for (const inner of statementsIn(statement.body)) starts.add(placeOf(scope.module, inner.start));
  return starts;
}

export const placeOf = (module: Module, start: number): string => `${module.path}:${start}`;

/** An import in `try` or under a condition is prepared for not being there. */
export const isOptional = (
  { statement, scope, conditions }: StatementSite,
  tried: ReadonlySet<string>,
): boolean =>
  conditions.some(({ kind }) => kind !== 'loop') || tried.has(placeOf(scope.module, statement.start));

function rootsOf({ statement }: StatementSite): readonly string[] {
  if (statement.kind === 'import') return statement.modules.map(({ module }) => module.split('.')[0] ?? '');
  return statement.kind === 'import-from' && statement.level === 0
    ? [statement.module.split('.')[0] ?? '']
    : [];
}

interface Context {
  readonly view: ServiceView;
  readonly installed: Installed;
  readonly tried: ReadonlySet<string>;
  /** The Python that runs: `3.12`; empty when nothing says it. */
  readonly version: string;
}

function reasonOf({ installed, version }: Context, name: string, declared: Truth): string {
  if (declared === 'unclear') return `no manifest names it, and ${doubtOf(installed)}`;
  return declared === 'no' && isStandard(name, '') ? `Python ${version} has no such module` : '';
}

/** What people run at their desk: a function that imports it is a command for them. */
const DESK_TOOLS = /^(pytest|nose|nose2|coverage|flake8|isort|black|pylint|mypy|ruff)$/;

function factOf(context: Context, site: StatementSite, name: string): ImportedPackage {
  const { view, installed, tried } = context;
  const { python } = view;
  const declared = provides(installed, name);
  const inFunction = site.scope.kind === 'function';
  return {
    kind: 'importedPackage',
    at: python.at(site.scope, site.statement),
    name,
    distributions: distributionsOf(name),
    declared,
    because: reasonOf(context, name, declared),
    optional: isOptional(site, tried) || (inFunction && DESK_TOOLS.test(name)),
    when: inFunction ? 'call' : 'start',
    way: wayTo(python.reach, site.scope.module),
  };
}

/** One that runs at the start says more than one that is prepared for the absence. */
const weightOf = ({ optional, when }: ImportedPackage): number => (optional ? 0 : when === 'call' ? 1 : 2);

function* extract(view: ServiceView): Generator<ImportedPackage> {
  const { python, facts } = view;
  const version =
    facts.all('runtime').find(({ product, from }) => product === 'python' && from !== 'build')?.version ?? '';
  const context: Context = { view, installed: installedIn(view), tried: triedImports(python), version };
  const best = new Map<string, ImportedPackage>();
  /** Most modules import what Python brings, what is their own, and what was said before: they are not read. */
  const bringsMore = (module: Module): boolean =>
    module.tree.mentions.imports.some(({ level, module: dotted }) => {
      const name = dotted.split('.')[0] ?? '';
      if (level !== 0 || name === '' || isStandard(name, version)) return false;
      const before = best.get(name);
      return (
        (!before || weightOf(before) < 2) && python.code.modules.resolve(module, name, 0).kind === 'external'
      );
    });
  for (const module of python.modules()) {
    // What does not parse may say anything: the engine tells of it.
    if (python.reach.reachesModule(module) !== 'yes' || module.tree.damage.length > 0) continue;
    if (!bringsMore(module)) continue;
    for (const site of python.code.search.importsOf(module))
      for (const name of rootsOf(site)) {
        if (name === '' || isStandard(name, version)) continue;
        if (python.code.modules.resolve(module, name, 0).kind !== 'external') continue;
        if (python.reached(site) !== 'yes') continue;
        const before = best.get(name);
        if (before && weightOf(before) === 2) continue;
        const fact = factOf(context, site, name);
        if (!before || weightOf(before) < weightOf(fact)) best.set(name, fact);
      }
  }
  yield* best.values();
}

/** Packages from outside that production imports. */
export default defineExtractor({
  id: 'python/standard/imported-packages',
  reads: ['productionPackage', 'startPath', 'runtime'],
  produces: ['importedPackage'],
  understands: hasPython,
  extract,
});
