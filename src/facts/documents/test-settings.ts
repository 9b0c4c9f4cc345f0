import type {
  CodeTool,
  CoverageGate,
  LoadTest,
  Location,
  Repository,
  SourceFile,
} from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readIni } from '../../read/documents/ini.ts';
import { readJson } from '../../read/documents/json.ts';
import { baseName } from '../../read/documents/path.ts';
import { below, entriesOf, entryOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readToml } from '../../read/documents/toml.ts';
import { readPlainYaml } from '../../read/documents/yaml.ts';
import { holds } from '../../read/text-filter.ts';
import { defineDocumentExtractor } from '../define.ts';

type Found = CodeTool | CoverageGate | LoadTest;

/** A setting by its section and key, however the file is written. */
interface Setting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly at: Location;
}

function settingsIn(file: SourceFile): readonly Setting[] {
  const name = baseName(file.path);
  if (/\.toml$/.test(name)) return fromTree(contentOf(readToml(file)), []);
  return (contentOf(readIni(file)) ?? []).flatMap(({ name: section, at, entries }) => [
    { section, key: '', value: '', at },
    ...entries.map(({ key, value, at: line }) => ({ section, key: key.trim(), value, at: line })),
  ]);
}

const DEEPEST = 5;

const fromTree = (tree: Tree | undefined, path: readonly string[]): readonly Setting[] =>
  entriesOf(tree).flatMap(({ key, keyAt, value }) => [
    value.kind === 'map'
      ? { section: [...path, key].join('.'), key: '', value: '', at: keyAt }
      : {
          section: path.join('.'),
          key,
          value:
            textOf(value) ??
            itemsOf(value)
              .map(item => textOf(item) ?? '')
              .join(' '),
          at: keyAt,
        },
    ...(value.kind === 'map' && path.length < DEEPEST ? fromTree(value, [...path, key]) : []),
  ]);

const isOn = (value: string): boolean => /^(true|yes|on|1|strict)$/i.test(value.trim());

const THRESHOLD = /--cov-fail-under[= ](\d+(?:\.\d+)?)/;

/** coverage.py: `[report]` of its own file, `coverage:report` and `tool.coverage.report` of shared ones. */
function coverageIn(file: SourceFile, settings: readonly Setting[]): CoverageGate | undefined {
  const gate = settings.find(({ section, key }) => key === 'fail_under' && /(^|[:.])report$/.test(section));
  const line = settings.find(({ key, value }) => key === 'addopts' && /--cov\b/.test(value));
  const threshold = Number(gate?.value ?? THRESHOLD.exec(line?.value ?? '')?.[1] ?? 0);
  const own = settings.find(({ section }) =>
    baseName(file.path) === '.coveragerc' ? true : /(^|\.)coverage(:|\.|$)/.test(section),
  );
  const at = gate?.at ?? line?.at ?? own?.at;
  if (!at) return undefined;
  const says = threshold > 0 ? `fails below ${threshold} %` : 'measures coverage and fails at nothing';
  return { kind: 'coverageGate', at, says, threshold: Number.isFinite(threshold) ? threshold : 0 };
}

interface Tool {
  readonly name: string;
  readonly what: CodeTool['what'];
  /** Files of its own. */
  readonly files: RegExp;
  /** Sections of shared files. */
  readonly sections: RegExp;
  readonly strict: (settings: readonly Setting[]) => boolean;
}

const always = (): boolean => true;
const strictMypy = (settings: readonly Setting[]): boolean =>
  !settings.some(({ key, value }) => key === 'ignore_errors' && isOn(value)) &&
  settings.some(
    ({ key, value }) =>
      /^(strict|disallow_untyped_defs|disallow_incomplete_defs|check_untyped_defs|disallow_untyped_calls)$/.test(
        key,
      ) && isOn(value),
  );

const TOOLS: readonly Tool[] = [
  { name: 'mypy', what: 'types', files: /^\.?mypy\.ini$/, sections: /^(tool\.)?mypy$/, strict: strictMypy },
  {
    name: 'pyright',
    what: 'types',
    files: /^pyrightconfig\.json$/,
    sections: /^tool\.(based)?pyright$/,
    strict: settings =>
      settings.some(
        ({ key, value }) => key === 'typeCheckingMode' && /strict|standard|all|recommended/.test(value),
      ),
  },
  { name: 'ty', what: 'types', files: /^ty\.toml$/, sections: /^tool\.ty(\.|$)/, strict: always },
  { name: 'ruff', what: 'lint', files: /^\.?ruff\.toml$/, sections: /^tool\.ruff(\.lint)?$/, strict: always },
  { name: 'flake8', what: 'lint', files: /^\.flake8$/, sections: /^flake8$/, strict: always },
  {
    name: 'pylint',
    what: 'lint',
    files: /^\.?pylintrc(\.toml)?$/,
    sections: /^(tool\.pylint(\.|$)|pylint$|MASTER$|MAIN$)/i,
    strict: always,
  },
];

/** Hooks before commits, by the names that the tools give them. */
const HOOKS: readonly (readonly [RegExp, string, CodeTool['what']])[] = [
  [/mypy/, 'mypy', 'types'],
  [/pyright/, 'pyright', 'types'],
  [/^(local-)?ty(-check)?$/, 'ty', 'types'],
  [/^(?!.*format).*ruff/, 'ruff', 'lint'],
  [/flake8/, 'flake8', 'lint'],
  [/pylint/, 'pylint', 'lint'],
  [/eslint/, 'eslint', 'lint'],
  [/^biome(-check|-lint)?$/, 'biome', 'lint'],
];

/** What a hook of the repository's own runs. */
const ENTRIES: typeof HOOKS = [
  [/\beslint\b|\b(npm|pnpm|yarn|bun) (run )?lint(:\w+)?\b/, 'eslint', 'lint'],
  [/\btsc\b|\b(npm|pnpm|yarn|bun) (run )?(type-?check|check-types|types)\b/, 'tsc', 'types'],
];

function* hooksIn(file: SourceFile): Generator<CodeTool> {
  const tree = contentOf(readPlainYaml(file))?.documents[0];
  for (const repo of itemsOf(below(tree, 'repos')))
    for (const hook of itemsOf(below(repo, 'hooks'))) {
      const id = textOf(below(hook, 'id')) ?? '';
      const entry = textOf(below(hook, 'entry')) ?? '';
      const found =
        HOOKS.find(([pattern]) => pattern.test(id)) ?? ENTRIES.find(([pattern]) => pattern.test(entry));
      if (found)
        yield {
          kind: 'codeTool',
          at: hook.at,
          what: found[2],
          name: found[1],
          language: /eslint|biome|tsc/.test(found[1]) ? 'javascript' : 'python',
          strict:
            /strict/.test(
              textOf(below(hook, 'args')) ??
                itemsOf(below(hook, 'args'))
                  .map(item => textOf(item) ?? '')
                  .join(' '),
            ) || found[2] === 'lint',
          by: 'hook',
        };
    }
}

function* toolsIn(file: SourceFile, settings: readonly Setting[]): Generator<CodeTool> {
  const name = baseName(file.path);
  for (const tool of TOOLS) {
    const own = settings.filter(({ section }) => tool.sections.test(section));
    const isOwnFile = tool.files.test(name);
    if (!isOwnFile && own.length === 0) continue;
    yield {
      kind: 'codeTool',
      at: own[0]?.at ?? { path: file.path, startLine: 1, endLine: 1 },
      what: tool.what,
      name: tool.name,
      language: 'python',
      strict: tool.strict(isOwnFile ? settings : own),
      by: 'config',
    };
  }
}

/** Codecov holds a proposal up below a share that is written down. */
function codecov(file: SourceFile): CoverageGate | undefined {
  const status = below(contentOf(readPlainYaml(file))?.documents[0], 'coverage', 'status', 'project');
  const targets = [
    entryOf(status, 'target'),
    ...entriesOf(status).map(({ value }) => entryOf(value, 'target')),
  ];
  const target = targets.find(each => /^\d/.test(textOf(each?.value) ?? ''));
  const threshold = Number.parseFloat(textOf(target?.value) ?? '0');
  return target
    ? { kind: 'coverageGate', at: target.keyAt, says: `fails below ${threshold} %`, threshold }
    : undefined;
}

interface LoadTool {
  readonly tool: string;
  readonly path: RegExp;
  /** Stands in every file of the tool: looked for first, as that is fast. */
  readonly mark: string;
  readonly text: RegExp;
}

const LOAD: readonly LoadTool[] = [
  { tool: 'Locust', path: /\.py$/, mark: 'locust', text: /^\s*(from locust\b|import locust\b)/m },
  { tool: 'k6', path: /\.[cm]?[jt]s$/, mark: 'k6', text: /from\s+['"]k6(\/http)?['"]|require\(['"]k6/ },
  {
    tool: 'Artillery',
    path: /\.ya?ml$/,
    mark: 'config:',
    text: /^config:\s*\n(?:\s.*\n)*?\s+(phases|target):/m,
  },
  { tool: 'JMeter', path: /\.jmx$/, mark: 'jmeterTestPlan', text: /<jmeterTestPlan/ },
  { tool: 'Gatling', path: /\.(scala|java|kt)$/, mark: 'io.gatling', text: /io\.gatling\./ },
  {
    tool: 'autocannon',
    path: /\.[cm]?[jt]s$/,
    mark: 'autocannon',
    text: /(from\s+|require\()['"]autocannon['"]/,
  },
  {
    tool: 'wrk, hey, ab or vegeta',
    path: /\.(sh|bash)$|(^|\/)Makefile$/,
    mark: '',
    text: /^\s*(@|\$ )?(wrk|hey|ab|vegeta|oha|bombardier|k6|locust|siege)\s+[^=\n]*(https?:|-c|-n|run|attack)/m,
  },
];

function loadTestIn(file: SourceFile): LoadTest | undefined {
  for (const { tool, path, mark, text } of LOAD) {
    if (!path.test(file.path) || !holds(file, mark)) continue;
    const index = file.text.search(text);
    if (index === -1) continue;
    const line = file.text.slice(0, index).split('\n').length + (file.text[index] === '\n' ? 1 : 0);
    return { kind: 'loadTest', at: { path: file.path, startLine: line, endLine: line }, tool };
  }
  return undefined;
}

function* settingsOf(repository: Repository): Generator<Found> {
  for (const file of repository.files) {
    if (file.role === 'vendored' || file.role === 'generated' || file.role === 'docs') continue;
    const name = baseName(file.path);
    if (
      /^(pyproject\.toml|setup\.cfg|tox\.ini|pytest\.ini|\.coveragerc|\.?mypy\.ini|\.flake8|\.?pylintrc|\.?ruff\.toml|ty\.toml)$/.test(
        name,
      )
    ) {
      const settings = settingsIn(file);
      const gate = coverageIn(file, settings);
      if (gate) yield gate;
      yield* toolsIn(file, settings);
    } else if (name === 'pyrightconfig.json') {
      const settings = fromTree(contentOf(readJson(file)), []);
      yield* toolsIn(file, settings);
    } else if (/^\.?codecov\.ya?ml$/.test(name)) {
      const gate = codecov(file);
      if (gate) yield gate;
    } else if (name === '.pre-commit-config.yaml') yield* hooksIn(file);
    const load = loadTestIn(file);
    if (load) yield load;
  }
}

/** What the repository sets up around its tests: coverage, checkers of types and style, load tests. */
export default defineDocumentExtractor({
  id: 'documents/test-settings',
  produces: ['coverageGate', 'codeTool', 'loadTest'],
  extract: settingsOf,
});
