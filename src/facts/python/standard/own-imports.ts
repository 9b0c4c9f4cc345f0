import type { BrokenImport, Location, Place, Repository } from '../../../model/index.ts';
import type { Statement } from '../../../read/syntax.ts';
import type { ServiceView } from '../../define.ts';
import { joinPath, type Imported, type Module } from '../../code/modules.ts';
import type { StatementSite } from '../../code/sites.ts';
import { provides, type Installed } from './installed.ts';
import { STANDARD_MODULES } from './modules.ts';

type ImportFrom = Extract<Statement, { kind: 'import-from' }>;

interface Context {
  readonly view: ServiceView;
  readonly installed: Installed;
  readonly way: readonly Place[];
}

/** Files that a build writes: they need not be in the tree. */
const GENERATED = /(_pb2(_grpc)?|_version|version|_build|_generated|parsetab|lextab)$/;

/** A module that hands out names nobody can see. */
const isOpen = ({ file, tree }: Module): boolean =>
  tree.damage.length > 0 ||
  /__getattr__|globals\(\)|sys\.modules|__path__|lazy_loader|\bexec\(/.test(file.text);

/** Whether the tree holds or may come to hold something under this name: a module, or what compiles to one. */
function mayBe(repository: Repository, folder: string, name: string): boolean {
  const path = joinPath(folder, name);
  if (GENERATED.test(name) || repository.exists(path)) return true;
  if (['py', 'pyx', 'pyi', 'so', 'pyd', 'c'].some(end => repository.exists(`${path}.${end}`))) return true;
  return repository.isIgnored(`${path}.py`) || repository.isIgnored(`${path}/__init__.py`);
}

const folderOfPackage = (imported: Imported): string | undefined => {
  if (imported.kind === 'folder') return imported.folder;
  return imported.kind === 'module' && imported.module.isPackage ? imported.module.folder : undefined;
};

/** The first part of `a.b.c` that an own package does not hold; `undefined` when all is there or not its own. */
function missingPart(
  { view, installed }: Context,
  from: Module,
  dotted: string,
): { readonly name: string; readonly folder: string } | undefined {
  const { modules } = view.python.code;
  const [root = ''] = dotted.split('.');
  if (STANDARD_MODULES.has(root) || provides(installed, root) === 'yes') return undefined;
  const parts = dotted.split('.');
  for (let length = 1; length < parts.length; length++) {
    const parent = modules.resolve(from, parts.slice(0, length).join('.'), 0);
    const folder = folderOfPackage(parent);
    if (folder === undefined || (parent.kind === 'module' && isOpen(parent.module))) return undefined;
    const name = parts.slice(0, length + 1).join('.');
    if (modules.resolve(from, name, 0).kind !== 'external') continue;
    return mayBe(view.repository, folder, parts[length] ?? '') ? undefined : { name, folder };
  }
  return undefined;
}

/** Whether a name that is taken from a module is there: bound in it, or a module below it. */
function offers({ view }: Context, site: StatementSite, module: Module, name: string): boolean {
  const { modules, resolver } = view.python.code;
  const target = resolver.scopeOf(module);
  if (name === '*' || name.startsWith('__') || target.stars().length > 0 || isOpen(module)) return true;
  const { start, end } = site.statement;
  const bound = (target.bindings().get(name) ?? []).some(
    binding => module !== site.scope.module || binding.start < start || binding.start > end,
  );
  if (bound || new RegExp(`\\bglobal\\b[^\\n]*\\b${name}\\b`).test(module.file.text)) return true;
  if (!module.isPackage) return false;
  return (
    modules.child(module.folder, name) !== undefined ||
    modules.hasFolder(`${module.folder}/${name}`) ||
    mayBe(view.repository, module.folder, name)
  );
}

function* fromOwn(context: Context, site: StatementSite, statement: ImportFrom): Generator<BrokenImport> {
  const { python } = context.view;
  const { scope } = site;
  const at = python.at(scope, statement);
  const { way } = context;
  const origin = python.code.modules.resolve(scope.module, statement.module, statement.level);
  if (origin.kind === 'external') {
    const last = statement.module.split('.').at(-1) ?? '';
    if (statement.level > 0 && statement.module !== '' && !mayBeBelow(context, site, statement, last))
      yield broken(
        at,
        `imports ${'.'.repeat(statement.level)}${statement.module}, which does not exist`,
        way,
      );
    return;
  }
  if (origin.kind !== 'module' || (origin.module === scope.module && !origin.module.isPackage)) return;
  for (const { name } of statement.names)
    if (!offers(context, site, origin.module, name))
      yield broken(at, `imports ${name} from ${origin.module.path}, which does not define it`, way);
}

/** Whether a build may put there what `from .x.y import z` names. */
function mayBeBelow(
  { view }: Context,
  { scope }: StatementSite,
  statement: ImportFrom,
  last: string,
): boolean {
  let base = scope.module.folder;
  for (let level = 1; level < statement.level; level++)
    base = base.slice(0, Math.max(0, base.lastIndexOf('/')));
  const folder = statement.module.split('.').slice(0, -1).reduce(joinPath, base);
  return mayBe(view.repository, folder, last);
}

const broken = (at: Location, says: string, way: readonly Place[]): BrokenImport => ({
  kind: 'brokenImport',
  at,
  says,
  way,
});

/** Imports of modules and names that the repository itself would have to hold. */
export function* brokenOwn(context: Context, site: StatementSite): Generator<BrokenImport> {
  const { statement, scope } = site;
  const at = context.view.python.at(scope, statement);
  const names =
    statement.kind === 'import'
      ? statement.modules.map(({ module }) => module)
      : statement.kind === 'import-from' && statement.level === 0
        ? [statement.module]
        : [];
  for (const name of names) {
    const missing = missingPart(context, scope.module, name);
    if (missing)
      yield broken(at, `imports ${name}, and there is no ${missing.name} in the repository`, context.way);
  }
  if (statement.kind === 'import-from') yield* fromOwn(context, site, statement);
}
