import type { BrokenImport, Place } from '../../../model/index.ts';
import { defineExtractor, hasPython, unread, type ServiceView } from '../../define.ts';
import type { Module } from '../modules.ts';
import type { Condition } from '../scopes.ts';
import type { StatementSite } from '../sites.ts';
import type { PythonView } from '../view.ts';
import { installedIn, isInstalled, type Installed } from './installed.ts';
import { STANDARD_MODULES } from './modules.ts';
import { brokenOwn } from './own-imports.ts';

type Found = BrokenImport | ReturnType<typeof unread<'brokenImport'>>;

/** An import in `try` or under a condition is prepared for not being there. */
const isGuarded = (conditions: readonly Condition[], inTry: boolean): boolean =>
  inTry || conditions.some(condition => condition.kind !== 'loop');

/** Statements that stand inside a `try` with a handler for the import. */
function tried(python: PythonView): ReadonlySet<string> {
  const starts = new Set<string>();
  for (const { statement, scope } of python.statements('import'))
    if (
      (statement.kind === 'try' && statement.handlers.length > 0) ||
      (statement.kind === 'with' && python.textOf(scope, statement).includes('suppress('))
    )
      for (const inner of statement.body) starts.add(`${scope.module.path}:${inner.start}`);
  return starts;
}

function rootsOf({ statement }: StatementSite): readonly string[] {
  if (statement.kind === 'import') return statement.modules.map(({ module }) => module.split('.')[0] ?? '');
  return statement.kind === 'import-from' && statement.level === 0
    ? [statement.module.split('.')[0] ?? '']
    : [];
}

/** Packages from outside that one import statement needs and that nothing installs. */
function* notInstalled(
  { python }: ServiceView,
  installed: Installed,
  site: StatementSite,
  module: Module,
  named: Set<string>,
  way: readonly Place[],
): Generator<Found> {
  for (const root of rootsOf(site)) {
    if (root === '' || STANDARD_MODULES.has(root) || named.has(root) || site.scope.kind === 'function')
      continue;
    if (python.code.modules.resolve(module, root, 0).kind !== 'external') continue;
    named.add(root);
    if (installed.names.size === 0)
      yield unread('brokenImport', module.path, `imports ${root}, and no manifest says what is installed`);
    else if (isInstalled(installed, root)) continue;
    else if (installed.open !== '')
      yield unread(
        'brokenImport',
        module.path,
        `imports ${root}: no manifest names it, and ${installed.open}`,
      );
    else
      yield {
        kind: 'brokenImport',
        at: python.at(site.scope, site.statement),
        says: `imports ${root}, which no manifest of the production install names`,
        way,
      };
  }
}

function* extract(view: ServiceView): Generator<Found> {
  const { python, facts } = view;
  const installed = installedIn(facts);
  const inTry = tried(python);
  const named = new Set<string>();
  for (const module of python.modules()) {
    // What does not parse may say anything: the engine tells of it.
    if (python.reach.reachesModule(module) !== 'yes' || module.tree.damage.length > 0) continue;
    const way = python.reach
      .wayTo(module)
      .slice(0, -1)
      .map((each): Place => ({
        at: { path: each.path, startLine: 1, endLine: 1 },
        says: 'comes by on the way from the start',
      }));
    for (const site of python.code.search.statementsOf(module, ['import'])) {
      if (site.statement.kind !== 'import' && site.statement.kind !== 'import-from') continue;
      if (isGuarded(site.conditions, inTry.has(`${module.path}:${site.statement.start}`))) continue;
      if (python.reached(site) !== 'yes') continue;
      yield* brokenOwn({ view, installed, way }, site);
      yield* notInstalled(view, installed, site, module, named, way);
    }
  }
}

/** Imports on the way from a start path that cannot work. */
export default defineExtractor({
  id: 'python/standard/imports',
  reads: ['package', 'manifest', 'image', 'startPath'],
  produces: ['brokenImport'],
  understands: hasPython,
  extract,
});
