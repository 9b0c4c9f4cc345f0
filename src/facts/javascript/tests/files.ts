import { truth, type Repository, type SourceFile, type TestFile, type Truth } from '../../../model/index.ts';
import { folderOf, isBelow, joinPath } from '../../../read/documents/path.ts';
import { defineExtractor, type ServiceView } from '../../define.ts';
import { sourceAt } from '../builds/sources.ts';
import { hasDependency, packagesIn, type NodePackage } from '../packages.ts';
import { commandsBehind } from '../tasks/commands.ts';
import { casesIn } from './cases.ts';

/** Files that are looked at; a repository with more tests than this has some. */
const MOST_FILES = 400;
/** Helpers of tests that import helpers. */
const MOST_HELPERS = 50;

const NAME = /[.-](test|spec|cy)\.[cm]?[jt]sx?$/;
const FOLDER = /(^|\/)(tests?|__tests__|specs?|e2e|integration|cypress)\//;

const isTest = ({ path, role }: SourceFile): boolean =>
  /\.[cm]?[jt]sx?$/.test(path) &&
  !path.endsWith('.d.ts') &&
  role !== 'vendored' &&
  role !== 'generated' &&
  role !== 'example' &&
  (NAME.test(path) || FOLDER.test(path));

const RUNNERS = ['jest', 'vitest', 'mocha', 'ava', 'jasmine', 'tap', '@playwright/test', 'cypress', '@japa/runner', 'uvu', 'lab', '@hapi/lab', 'borp', 'karma', 'react-scripts', '@nx/jest', 'c8']; // prettier-ignore
const OWN_RUNNER =
  /^(node|tsx|bun|deno|jest|vitest|mocha|ava|tap|borp|c8|nyc|playwright|cypress|ng|nx|react-scripts)$/;

/** Why no runner comes by; empty where one does. */
function lackOfRunner(repository: Repository, own: NodePackage | undefined): string {
  if (!own) return 'no package.json says how it is run';
  const packages = packagesIn(repository);
  const around = [own, packages.at('')].filter(each => each !== undefined);
  const isTold = around.some(
    each =>
      hasDependency(each, ...RUNNERS) ||
      [...each.scripts.keys()]
        .filter(name => /test|spec|e2e/.test(name))
        .flatMap(name => commandsBehind(repository, ['npm', 'run', name], [each]))
        .some(([program = '']) => OWN_RUNNER.test(program.split('/').at(-1) ?? '')),
  );
  return isTold ? '' : `${own.path} has no runner of tests`;
}

const IMPORT = /(?:\bfrom\s*|\brequire\s*\(\s*|\bimport\s*\(?\s*|\bmock\s*\(\s*)['"]([^'"\n]+)['"]/g;

/** The file of the repository that an import means: by its path, by an alias for the sources, by a workspace. */
function imported(
  repository: Repository,
  from: SourceFile,
  name: string,
  own: NodePackage | undefined,
): string | undefined {
  if (name.startsWith('.')) return withoutEnding(repository, joinPath(folderOf(from.path), name));
  const folder = own?.folder ?? '';
  const packages = packagesIn(repository);
  const workspace = packages.named(
    name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? ''),
  );
  if (workspace) return workspace.path;
  const inside = name.replace(/^(@|~|#|\$lib)\/?/, '');
  return [
    joinPath(folder, name),
    joinPath(folder, `src/${inside}`),
    joinPath(folder, inside),
    joinPath(folder, `app/${inside}`),
  ].flatMap(path => withoutEnding(repository, path) ?? [])[0];
}

/** In code of TypeScript `./app.js` means `./app.ts`. */
const withoutEnding = (repository: Repository, path: string): string | undefined =>
  sourceAt(repository, path) ?? sourceAt(repository, path.replace(/\.[cm]?js$/, ''));

/** Whether a test imports code of the service, by itself or through its helpers. */
function concerns(
  { repository, service }: ServiceView,
  file: SourceFile,
  overHttp: boolean,
  parts: ReadonlySet<string>,
): Truth {
  const packages = packagesIn(repository);
  const seen = new Set<SourceFile>();
  const queue = [file];
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (seen.has(next) || seen.size > MOST_HELPERS) continue;
    seen.add(next);
    const own = packages.around(next.path);
    for (const [, name = ''] of next.text.matchAll(IMPORT)) {
      const path = imported(repository, next, name, own);
      const found = path === undefined ? undefined : repository.file(path);
      if (!found || seen.has(found)) continue;
      if (
        (isBelow(found.path, service.root) || parts.has(found.path)) &&
        (found.role === 'production' || found.role === 'script') &&
        !isTest(found)
      )
        return 'yes';
      queue.push(found);
    }
  }
  return truth(overHttp);
}

function* extract(view: ServiceView): Generator<TestFile> {
  const { repository, service } = view;
  const packages = packagesIn(repository);
  // The tests of a package of the workspace are those of each service that it is a part of.
  const parts = new Set(view.node.paths().map(path => packages.around(path)));
  const files = repository.files.filter(
    file =>
      isTest(file) &&
      (isBelow(file.path, service.root) ||
        /^(tests?|e2e)\//.test(file.path) ||
        parts.has(packages.around(file.path))),
  );
  const own = new Set(view.node.paths());
  for (const file of files.slice(0, MOST_FILES)) {
    const found = casesIn(file.text);
    if (found.tests === 0) continue;
    const because = lackOfRunner(repository, packages.around(file.path));
    yield {
      kind: 'testFile',
      at: { path: file.path, startLine: found.line, endLine: found.line },
      path: file.path,
      tests: found.tests,
      asserting: found.asserting,
      collected: truth(because === ''),
      because,
      concerns: concerns(view, file, found.overHttp, own),
      drivesRoutes: truth(found.drivesRoutes),
    };
  }
}

/** Files with tests of Node, by the names and calls that all its runners have in common. */
export default defineExtractor({
  id: 'javascript/tests/files',
  reads: [],
  produces: ['testFile'],
  understands: ({ service }) => service.language === 'javascript',
  extract,
});
