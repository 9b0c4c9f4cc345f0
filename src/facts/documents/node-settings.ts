import type { CodeTool, CoverageGate, Location, Repository, SourceFile } from '../../model/index.ts';
import { readConfigScript } from '../../read/documents/config-script.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { below, entriesOf, entryOf, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { defineDocumentExtractor } from '../define.ts';
import { packagesIn } from '../javascript/packages.ts';

const tool = (at: Location, what: CodeTool['what'], name: string, strict: boolean): CodeTool => ({
  kind: 'codeTool',
  at,
  what,
  name,
  language: 'javascript',
  strict,
  by: 'config',
});

const startOf = ({ path }: SourceFile): Location => ({ path, startLine: 1, endLine: 1 });

/** tsconfigs that extend each other in a circle. */
const DEEPEST = 10;

/** Whether the settings of the compiler are strict, by themselves or by what they extend. */
function isStrict(repository: Repository, file: SourceFile, depth = 0): boolean {
  const tree = contentOf(readJson(file));
  const own = textOf(below(tree, 'compilerOptions', 'strict'));
  if (own !== undefined || depth > DEEPEST) return own === 'true';
  const parts = ['noImplicitAny', 'strictNullChecks'].map(key => textOf(below(tree, 'compilerOptions', key)));
  if (parts.every(part => part === 'true')) return true;
  const bases = textsOf(below(tree, 'extends'));
  // What packages give to be extended is strict; the compiler itself is so from 6.0 on.
  if (bases.some(name => !name.startsWith('.'))) return true;
  const found = bases.flatMap(name => {
    const path = joinPath(folderOf(file.path), /\.json$/.test(name) ? name : `${name}.json`);
    return repository.file(path) ?? [];
  });
  return found.some(base => isStrict(repository, base, depth + 1)) || isStrictByDefault(repository, file);
}

function isStrictByDefault(repository: Repository, { path }: SourceFile): boolean {
  const own = packagesIn(repository).around(path);
  const version =
    textOf(below(own?.tree, 'devDependencies', 'typescript')) ??
    textOf(below(own?.tree, 'dependencies', 'typescript')) ??
    '';
  return Number(/\d+/.exec(version)?.[0] ?? 0) >= 6;
}

/** A settings file that only names others holds no settings itself. */
function compilerOf(repository: Repository, file: SourceFile): CodeTool {
  const tree = contentOf(readJson(file));
  const references = below(tree, 'compilerOptions') === undefined ? itemsOf(below(tree, 'references')) : [];
  const named = references.flatMap(reference => {
    const path = joinPath(folderOf(file.path), textOf(below(reference, 'path')) ?? '');
    return repository.file(path) ?? repository.file(`${path}/tsconfig.json`) ?? [];
  });
  const all = named.length > 0 ? named : [file];
  return tool(
    startOf(file),
    'types',
    'tsc',
    all.every(each => isStrict(repository, each)),
  );
}

const LINTERS: readonly (readonly [RegExp, string])[] = [
  [/^(\.eslintrc(\.\w+)?|eslint\.config\.[cm]?[jt]s)$/, 'eslint'],
  [/^\.?biome\.jsonc?$/, 'biome'],
  [/^\.?oxlintrc\.json$/, 'oxlint'],
  [/^\.xo-config(\.\w+)?$/, 'xo'],
  [/^tslint\.json$/, 'tslint'],
];

/** Tools that have their settings in the package.json or need none. */
const IN_PACKAGE: readonly (readonly [string, string])[] = [
  ['eslintConfig', 'eslint'],
  ['xo', 'xo'],
  ['standard', 'standard'],
  ['ts-standard', 'ts-standard'],
];

function* linterIn(file: SourceFile): Generator<CodeTool> {
  const name = LINTERS.find(([pattern]) => pattern.test(baseName(file.path)))?.[1];
  if (name !== undefined) yield tool(startOf(file), 'lint', name, true);
}

const SHARES = ['lines', 'statements', 'branches', 'functions'];

/** The highest of the shares of which one is missed when the run fails. */
function thresholdOf(tree: Tree | undefined): number {
  if (textOf(below(tree, '100')) === 'true') return 100;
  const shares = SHARES.map(key => Number(textOf(below(tree, key)) ?? 0));
  return Math.max(0, ...shares.filter(Number.isFinite));
}

const gateAt = (at: Location, threshold: number): CoverageGate => ({
  kind: 'coverageGate',
  at,
  threshold,
  says: threshold > 0 ? `fails below ${threshold} %` : 'measures coverage and fails at nothing',
});

/** The settings of a runner, wherever they stand: `coverageThreshold` of one, `test.coverage` of another. */
function* gatesIn(tree: Tree | undefined): Generator<CoverageGate> {
  const first = entryOf(tree, 'coverageThreshold');
  if (first) {
    const places = entriesOf(first.value).map(({ value }) => thresholdOf(value));
    yield gateAt(first.at, Math.max(0, ...places));
  } else if (textOf(below(tree, 'collectCoverage')) === 'true')
    yield gateAt(entryOf(tree, 'collectCoverage')?.at ?? { path: '', startLine: 1, endLine: 1 }, 0);
  const coverage = entryOf(below(tree, 'test'), 'coverage');
  if (coverage) {
    const kept = below(coverage.value, 'thresholds') ?? coverage.value;
    yield gateAt(coverage.at, Math.max(thresholdOf(kept), thresholdOf(below(kept, 'global'))));
  }
}

/** `.nycrc`, `.c8rc.json` and their section in the package.json: numbers count when they are asked for. */
function* checkedIn(tree: Tree | undefined, at: Location): Generator<CoverageGate> {
  if (tree?.kind !== 'map') return;
  const isOn =
    textOf(below(tree, 'check-coverage')) === 'true' || textOf(below(tree, 'checkCoverage')) === 'true';
  // Without numbers the tool asks for ninety per cent of the lines.
  yield gateAt(at, isOn ? thresholdOf(tree) || 90 : 0);
}

/** Numbers on the command line of a script. */
const ON_THE_LINE =
  /--(?:lines|statements|branches|functions|test-coverage-lines|coverage\.thresholds\.\w+)[= ](\d+(?:\.\d+)?)/;

function* inPackage(repository: Repository): Generator<CodeTool | CoverageGate> {
  for (const { tree, path, scripts } of packagesIn(repository).all) {
    if (/^(example|test|docs)$/.test(repository.file(path)?.role ?? '')) continue;
    for (const [key, name] of IN_PACKAGE) {
      const own = entryOf(tree, key) ?? entryOf(below(tree, 'devDependencies'), key);
      if (own) yield tool(own.keyAt, 'lint', name, true);
    }
    yield* gatesIn(below(tree, 'jest'));
    const nyc = entryOf(tree, 'nyc') ?? entryOf(tree, 'c8');
    if (nyc) yield* checkedIn(nyc.value, nyc.at);
    for (const { text, at } of scripts.values()) {
      const share = ON_THE_LINE.exec(text)?.[1];
      if (share !== undefined && /\b(c8|nyc|--test|vitest)\b/.test(text)) yield gateAt(at, Number(share));
    }
  }
}

function* inFile(repository: Repository, file: SourceFile): Generator<CodeTool | CoverageGate> {
  const name = baseName(file.path);
  if (name === 'tsconfig.json') yield compilerOf(repository, file);
  yield* linterIn(file);
  if (/^(jest|vitest|vite)\.config(\.[\w-]+)?\.([cm]?[jt]s|json)$/.test(name))
    yield* gatesIn(contentOf(name.endsWith('.json') ? readJson(file) : readConfigScript(file)));
  if (/^\.(nycrc|c8rc)(\.json)?$/.test(name)) yield* checkedIn(contentOf(readJson(file)), startOf(file));
}

/** What packages of Node set up around their tests: checkers of types and style, and shares of coverage. */
export default defineDocumentExtractor({
  id: 'documents/node-settings',
  produces: ['codeTool', 'coverageGate'],
  *extract(repository) {
    for (const file of repository.files)
      if (file.role === 'production' || file.role === 'script') yield* inFile(repository, file);
    yield* inPackage(repository);
  },
});
