import type { Repository } from '../../../model/index.ts';
import { isBelow, joinPath } from '../../../read/documents/path.ts';
import { packagesIn, type NodePackage } from '../packages.ts';
import { unwrapped } from '../../start/unwrap.ts';
import { commandsIn } from '../tasks/commands.ts';
import { bundlesIn } from './bundles.ts';
import { frameworkOutput, type FrameworkOutput } from './framework-output.ts';
import { compiledBy, tsconfigsOf } from './tsconfig.ts';

/** Where a file comes from that a build writes. */
export type Source =
  | { readonly kind: 'file'; readonly path: string; readonly of: NodePackage; readonly by: string }
  | ({ readonly kind: 'framework' } & FrameworkOutput);

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];

/** The source of this name, which may be a folder with an index. */
export const sourceAt = (repository: Repository, name: string): string | undefined =>
  [
    name,
    ...ENDINGS.map(ending => `${name}${ending}`),
    ...ENDINGS.map(ending => `${name}/index${ending}`),
  ].find(path => repository.file(path) !== undefined && repository.file(path)?.role !== 'generated');

/** Names that folders of builds have, where no settings say how the build is made. */
const OUTPUTS = /^(dist|build|out|output|lib|compiled|_?build|\.build|bin|target|prod|release)$/;
const SOURCES = ['src', '', 'source', 'server', 'app', 'lib'];

/** `dist/server/main.js` without its ending. */
const withoutEnding = (path: string): string => path.replace(/\.[cm]?js$/, '');

/** The source that a build makes a path of: by the settings of compilers and bundlers, else by its name. */
export function sourceOf(repository: Repository, output: string): Source | undefined {
  const packages = packagesIn(repository);
  const framework = frameworkOutput(repository, packages, output);
  if (framework) return { kind: 'framework', ...framework };
  const of = packages.around(output);
  if (!of) return undefined;
  const plain = withoutEnding(output);
  const found =
    fromBundles(repository, of, plain) ??
    fromCompilers(repository, of, plain) ??
    byName(repository, of, plain);
  return found && { kind: 'file', of, ...found };
}

interface Found {
  readonly path: string;
  readonly by: string;
}

/** A folder stands for the index in it. */
const names = (plain: string): readonly string[] => [plain, `${plain}/index`];

function fromBundles(repository: Repository, of: NodePackage, plain: string): Found | undefined {
  const commands = [...of.scripts.values()].flatMap(({ text, at }) =>
    commandsIn(text, at, of.folder, []).map(({ words }) => unwrapped(words).words),
  );
  const bundle = bundlesIn(repository, of, commands).find(
    each => names(plain).includes(each.output) && sourceAt(repository, each.source) !== undefined,
  );
  const path = bundle && sourceAt(repository, bundle.source);
  return bundle && path !== undefined ? { path, by: bundle.by } : undefined;
}

function fromCompilers(repository: Repository, of: NodePackage, plain: string): Found | undefined {
  for (const file of tsconfigsOf(repository, of.folder)) {
    const compiled = compiledBy(repository, file);
    if (!compiled || !isBelow(plain, compiled.outDir)) continue;
    const rest = plain.slice(compiled.outDir.length).replace(/^\//, '');
    for (const root of compiled.rootDirs) {
      const path = sourceAt(repository, joinPath(root, rest || 'index'));
      if (path !== undefined && !isBelow(path, compiled.outDir)) return { path, by: compiled.path };
    }
  }
  return undefined;
}

/** `dist/main` is `src/main`, when that is there. */
function byName(repository: Repository, of: NodePackage, plain: string): Found | undefined {
  const inside = of.folder === '' ? plain : plain.slice(of.folder.length + 1);
  const [first = '', ...rest] = inside.split('/');
  if (!OUTPUTS.test(first)) return undefined;
  for (const root of SOURCES) {
    const path = sourceAt(
      repository,
      joinPath(of.folder, [root, ...rest].filter(Boolean).join('/') || 'index'),
    );
    if (path !== undefined && !isBelow(path, joinPath(of.folder, first))) return { path, by: of.path };
  }
  return undefined;
}
