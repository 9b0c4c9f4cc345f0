import type { BrokenImport, Package, Place } from '../../../model/index.ts';
import { defineExtractor, hasPython, unread, type ServiceView } from '../../define.ts';
import type { Condition } from '../scopes.ts';
import type { StatementSite } from '../sites.ts';
import type { PythonView } from '../view.ts';
import { BROUGHT_BY, DISTRIBUTION_OF } from './distributions.ts';
import { STANDARD_MODULES } from './modules.ts';

/** An import in `try` or under a condition is prepared for not being there. */
const isGuarded = (conditions: readonly Condition[], inTry: boolean): boolean =>
  inTry || conditions.some(condition => condition.kind !== 'loop');

const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** Names under which a declared package can be imported, with what it brings along. */
function importable(packages: readonly Package[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name } of packages) {
    names.add(normal(name));
    for (const brought of BROUGHT_BY[normal(name)] ?? []) names.add(normal(brought));
  }
  return names;
}

const isDeclared = (declared: ReadonlySet<string>, root: string): boolean => {
  const own = normal(root);
  if (declared.has(own)) return true;
  if ((DISTRIBUTION_OF[root] ?? []).some(name => declared.has(name))) return true;
  // Namespaces such as `google.cloud.x`, and packages that put a word in front or behind.
  return [...declared].some(
    name => name === `py${own}` || name.startsWith(`${own}-`) || (own.length > 3 && name.includes(own)),
  );
};

/** Statements that stand inside a `try` with a handler for the import. */
function tried(python: PythonView): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const { statement } of python.statements('except'))
    if (statement.kind === 'try' && statement.handlers.length > 0)
      for (const inner of statement.body) starts.add(inner.start);
  return starts;
}

function* brokenOwn(python: PythonView, site: StatementSite, way: readonly Place[]): Generator<BrokenImport> {
  const { statement, scope } = site;
  if (statement.kind !== 'import-from') return;
  const { modules, resolver } = python.code;
  const origin = modules.resolve(scope.module, statement.module, statement.level);
  const at = python.at(scope, statement);
  if (origin.kind === 'external') {
    if (statement.level > 0 && statement.module !== '')
      yield {
        kind: 'brokenImport',
        at,
        says: `imports ${'.'.repeat(statement.level)}${statement.module}, which does not exist`,
        way,
      };
    return;
  }
  if (origin.kind !== 'module' || origin.module === scope.module) return;
  const target = resolver.scopeOf(origin.module);
  if (
    target.stars().length > 0 ||
    /__getattr__|globals\(\)|setattr\(sys\.modules/.test(origin.module.file.text) ||
    origin.module.tree.damage.length > 0
  )
    return;
  for (const { name } of statement.names) {
    if (name === '*' || name.startsWith('__') || target.bindings().has(name)) continue;
    if (
      origin.module.isPackage &&
      (modules.child(origin.module.folder, name) || modules.hasFolder(`${origin.module.folder}/${name}`))
    )
      continue;
    yield {
      kind: 'brokenImport',
      at,
      says: `imports ${name} from ${origin.module.path}, which does not define it`,
      way,
    };
  }
}

function rootsOf({ statement }: StatementSite): readonly string[] {
  if (statement.kind === 'import') return statement.modules.map(({ module }) => module.split('.')[0] ?? '');
  return statement.kind === 'import-from' && statement.level === 0
    ? [statement.module.split('.')[0] ?? '']
    : [];
}

function* extract(view: ServiceView): Generator<BrokenImport | ReturnType<typeof unread<'brokenImport'>>> {
  const { python, facts } = view;
  const packages = facts
    .all('package')
    .filter(each => each.ecosystem !== 'node' && each.group !== 'development');
  const declared = importable(packages);
  const inTry = tried(python);
  const named = new Set<string>();
  for (const module of python.modules()) {
    if (python.reach.reachesModule(module) !== 'yes') continue;
    const way = python.reach
      .wayTo(module)
      .slice(0, -1)
      .map((each): Place => ({
        at: { path: each.path, startLine: 1, endLine: 1 },
        says: 'comes by on the way from the start',
      }));
    for (const site of python.code.sitesOf(module).statements) {
      if (site.statement.kind !== 'import' && site.statement.kind !== 'import-from') continue;
      if (isGuarded(site.conditions, inTry.has(site.statement.start))) continue;
      if (python.reached(site) !== 'yes') continue;
      yield* brokenOwn(python, site, way);
      for (const root of rootsOf(site)) {
        if (root === '' || STANDARD_MODULES.has(root) || named.has(root) || site.scope.kind === 'function')
          continue;
        const origin = python.code.modules.resolve(module, root, 0);
        if (origin.kind !== 'external') continue;
        named.add(root);
        if (packages.length === 0)
          yield unread(
            'brokenImport',
            module.path,
            `imports ${root}, and no manifest says what is installed`,
          );
        else if (!isDeclared(declared, root))
          yield {
            kind: 'brokenImport',
            at: python.at(site.scope, site.statement),
            says: `imports ${root}, which no manifest of the production install names`,
            way,
          };
      }
    }
  }
}

/** Imports on the way from a start path that cannot work. */
export default defineExtractor({
  id: 'python/standard/imports',
  reads: ['package', 'manifest'],
  produces: ['brokenImport'],
  understands: hasPython,
  extract,
});
