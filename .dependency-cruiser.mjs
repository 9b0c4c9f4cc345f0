/** The architecture: what each folder of `src/` may import. Read it from top to bottom. */
const MAY_IMPORT = {
  model: [],
  read: ['model'],
  facts: ['model', 'read'],
  controls: ['model'],
  claims: ['model', 'read'],
  frameworks: ['model'],
  score: ['model'],
  plan: ['model'],
  compare: ['model'],
  report: ['model'],
};

/** The only places that touch files, processes and the network. */
const TOUCHES_THE_WORLD = '^src/(read|cli)/';

/** Tests may also use the helpers in `test/`. */
const NOT_A_TEST = '[.]test[.]ts$';

const layers = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-may-import-only-${allowed.join('-and-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: NOT_A_TEST },
  to: { path: '^(src|test|scripts)/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

export default {
  forbidden: [
    ...layers,
    {
      name: 'only-read-and-cli-touch-the-world',
      severity: 'error',
      from: { path: '^src/', pathNot: [TOUCHES_THE_WORLD, NOT_A_TEST] },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|child_process|net|http|https|dns|os)(/|$)' },
    },
    {
      name: 'only-read-knows-the-parsers',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/read/' },
      to: { path: 'node_modules/(@lezer|yaml|smol-toml|dockerfile-ast)' },
    },
    {
      comment: 'What joins them stands in facts/derived or in the engine files of facts/.',
      name: 'languages-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/facts/(python|javascript)/' },
      to: { path: '^src/facts/(python|javascript)/', pathNot: '^src/facts/$1/' },
    },
    {
      name: 'controls-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/controls/[^/]+/', pathNot: NOT_A_TEST },
      to: { path: '^src/controls/[^/]+/' },
    },
    {
      comment: 'What it shows comes as data; types and functions come from the package, as for anybody else.',
      name: 'web-knows-the-public-api-only',
      severity: 'error',
      from: { path: '^web/', pathNot: NOT_A_TEST },
      to: { path: '^(src|test|scripts|bench|dist)/', pathNot: '^dist/index[.](d[.]ts|js)$' },
    },
    {
      comment: 'The page is built beside the command line, which reads it as text.',
      name: 'nobody-imports-the-components',
      severity: 'error',
      from: { path: '^(src|scripts|bench)/' },
      to: { path: '^(web/|node_modules/(preact|vite)/)' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['^src/index[.]ts$', '[.]d[.]ts$', '^src/read/code/worker[.]ts$'] },
      to: {},
    },
    {
      name: 'production-needs-no-dev-dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: NOT_A_TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
