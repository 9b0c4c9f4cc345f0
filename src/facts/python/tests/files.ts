import type { Repository, TestFile, Truth } from '../../../model/index.ts';
import type { Expression, FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import { baseName, folderOf, isBelow } from '../../../read/documents/path.ts';
import { defineExtractor, hasPython, unread, type ServiceView, type Unread } from '../../define.ts';
import type { Module } from '../../code/modules.ts';
import { lastNameOf, type DefinitionSite } from '../../code/sites.ts';
import { passedByBecause, runnerFor } from './runner.ts';

/** Files that are looked at; a repository with more tests than this has some. */
const MOST_FILES = 400;

const isTestName = (name: string): boolean => /^test(_|[A-Z0-9]|$)/.test(name);

/** `assert 1` and `assertTrue(True)` hold whatever the service does. */
const isConstant = (expression: Expression | undefined): boolean =>
  expression === undefined || expression.kind === 'constant' || expression.kind === 'string';

const ASSERTS =
  /^(assert\w+|raises|fail|expect|should|verify|check\w*|warns|deprecated_call|match_snapshot)$/i;

function assertsIn(
  statement: Statement,
  python: ServiceView['python'],
  site: DefinitionSite<FunctionDefinition>,
): boolean {
  if (statement.kind === 'assert') return !isConstant(statement.test);
  // `with pytest.raises(…)`, `self.assertEqual(…)`, a helper that asserts.
  const heads =
    statement.kind === 'with'
      ? statement.items.map(({ context }) => context)
      : statement.kind === 'expression'
        ? [statement.value]
        : statement.kind === 'assign' && statement.value
          ? [statement.value]
          : [];
  return heads.flatMap(expressionsIn).some(each => {
    if (each.kind !== 'call') return false;
    const word = lastNameOf(each.callee);
    if (ASSERTS.test(word) || word === 'raise_for_status')
      return word === 'fail' || each.args.length === 0 || each.args.some(arg => !isConstant(arg.value));
    const own = python.code.resolver.resolve(each.callee, site.scope.inner(site.definition));
    return (
      own?.kind === 'function' && [...statementsIn(own.definition.body)].some(({ kind }) => kind === 'assert')
    );
  });
}

const REQUESTS =
  /^((get|post|put|patch|delete)(_json)?|head|options|open|request|websocket_connect|simulate_\w+)$/;
const CLIENT = /client|^app$|^api$|requests|httpx|session|^http$|^self\.app$|browser/i;

function sendsRequests(definition: FunctionDefinition, text: (expression: Expression) => string): boolean {
  return [...statementsIn(definition.body)].some(statement =>
    headsOf(statement)
      .flatMap(expressionsIn)
      .some(
        each =>
          each.kind === 'call' &&
          each.callee.kind === 'attribute' &&
          REQUESTS.test(each.callee.name) &&
          each.args.length > 0 &&
          (CLIENT.test(text(each.callee.object)) || isAddress(each.args[0]?.value)),
      ),
  );
}

/** `"/orders"`, `f"/orders/{key}"`, `url_for("orders")`. */
function isAddress(value: Expression | undefined): boolean {
  if (value?.kind === 'string') return /^(\/|https?:)/.test(value.value);
  if (value?.kind === 'template') return isAddress(value.parts[0]);
  return value?.kind === 'call' && /^(url_for|reverse|url_path_for)$/.test(lastNameOf(value.callee));
}

function headsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'expression':
      return [statement.value];
    case 'assign':
      return statement.value ? [statement.value] : [];
    case 'assert':
      return [statement.test];
    case 'with':
      return statement.items.map(({ context }) => context);
    case 'return':
      return statement.value ? [statement.value] : [];
    default:
      return [];
  }
}

/** Modules with a test in them by what they define; migrations and vendored files are none. */
function candidates({ python, service, repository }: ServiceView): readonly Module[] {
  return python.code.modules.all
    .filter(({ path, file, tree }) => {
      if (file.role === 'vendored' || file.role === 'generated' || file.role === 'docs') return false;
      if (!isBelow(path, service.root) && !isSharedTest(repository, path)) return false;
      return tree.mentions.definitions.some(({ name }) => isTestName(name));
    })
    .slice(0, MOST_FILES);
}

/** Tests of several services may stand beside them. */
const isSharedTest = (repository: Repository, path: string): boolean =>
  repository.file(path)?.role === 'test' && /^tests?\//.test(path);

/** Whether a module imports code of the service: itself, its `conftest.py`, or what tests import of each other. */
function concerns({ python, service }: ServiceView, module: Module): Truth {
  const { modules } = python.code;
  const seen = new Set<Module>();
  const queue = [module, ...conftestsOf(python, module)];
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (seen.has(next) || seen.size > 50) continue;
    seen.add(next);
    for (const { module: dotted, level, name } of next.tree.mentions.imports) {
      const found = modules.resolve(next, dotted, level);
      const inner =
        found.kind === 'folder'
          ? modules.child(found.folder, name)
          : found.kind === 'module' && found.module.isPackage
            ? (modules.child(found.module.folder, name) ?? found.module)
            : found.kind === 'module'
              ? found.module
              : undefined;
      if (!inner) continue;
      if (
        isBelow(inner.path, service.root) &&
        (inner.file.role === 'production' || inner.file.role === 'script')
      )
        return 'yes';
      queue.push(inner);
    }
  }
  // Where the file does not parse, an import may have been lost.
  const otherwise: Truth = module.tree.damage.length > 0 ? 'unclear' : 'no';
  const imports = module.tree.mentions.imports.map(({ module: dotted }) => dotted.split('.')[0]);
  const overHttp =
    imports.some(name => name === 'requests' || name === 'httpx' || name === 'urllib') &&
    /localhost|127\.0\.0\.1|base_?url|api_?url|host_?url/i.test(module.file.text);
  // The test client of Django is given to its test cases.
  const byFramework = imports.includes('django') || imports.includes('rest_framework');
  return overHttp || byFramework ? 'yes' : otherwise;
}

const conftestsOf = (python: ServiceView['python'], { path }: Module): readonly Module[] => {
  const found: Module[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const module = python.code.modules.at(folder === '' ? 'conftest.py' : `${folder}/conftest.py`);
    if (module) found.push(module);
    if (folder === '') return found;
  }
};

/** unittest finds classes of `TestCase` in `test*.py`; a file may also run itself. */
function takenByUnittest(module: Module): boolean {
  const { text } = module.file;
  const hasCases = /class\s+\w+\s*\([^)]*Test(Case|Base)?\w*[^)]*\)\s*:/.test(text);
  return (
    (hasCases && /^test.*\.py$/.test(baseName(module.path))) ||
    (/unittest\.main\(|pytest\.main\(/.test(text) && hasCases)
  );
}

function factOf(view: ServiceView, module: Module): TestFile | undefined {
  const { python, repository } = view;
  const sites = python.code.search
    .functionsOf(module)
    .filter(({ definition, scope }) => isTestName(definition.name) && scope.kind !== 'function');
  const [first] = sites;
  if (!first) return undefined;
  const asserting = sites.filter(site =>
    [...statementsIn(site.definition.body)].some(statement => assertsIn(statement, python, site)),
  );
  const because = takenByUnittest(module)
    ? ''
    : passedByBecause(runnerFor(repository, module.path), module.path);
  const drives = (asserting.length > 0 ? asserting : sites).some(({ definition, scope }) =>
    sendsRequests(definition, expression => python.textOf(scope, expression)),
  );
  // A command or task may be called `test` too.
  if (asserting.length === 0 && because !== '' && module.file.role !== 'test') return undefined;
  const shown = asserting[0] ?? first;
  return {
    kind: 'testFile',
    at: python.at(shown.scope, shown.definition.head),
    path: module.path,
    tests: sites.length,
    asserting: asserting.length,
    collected: because === '' ? 'yes' : 'no',
    because,
    concerns: concerns(view, module),
    drivesRoutes: drives ? 'yes' : 'no',
  };
}

/** Tests of the service, told by what stands in them and by what the runner is told. */
export default defineExtractor({
  id: 'python/tests/files',
  reads: [],
  produces: ['testFile'],
  understands: hasPython,
  *extract(view): Generator<TestFile | Unread<'testFile'>> {
    for (const module of candidates(view)) {
      const [line] = module.tree.damage;
      if (line !== undefined) yield unread('testFile', module.path, `does not parse at line ${line}`);
      const fact = factOf(view, module);
      // What does not parse may hold the assertions.
      if (fact && (line === undefined || fact.asserting > 0)) yield fact;
    }
  },
});
