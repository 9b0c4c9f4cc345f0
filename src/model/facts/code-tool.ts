import type { PipelineAction, PipelineCommand } from './pipeline.ts';
import type { CodeTool } from './test-file.ts';

interface Words {
  readonly program: RegExp;
  readonly script: RegExp;
  readonly action: RegExp;
}

const NO_SCRIPT = /^$/;

/** How pipelines call the checkers of a language. */
const WORDS: Readonly<Record<CodeTool['language'], Readonly<Record<CodeTool['what'], Words>>>> = {
  python: {
    types: {
      program: /^(mypy|dmypy|(based)?pyright|ty|pyre|pytype)$/,
      script: NO_SCRIPT,
      action: /mypy|pyright/i,
    },
    lint: {
      program: /^(ruff|flake8|pylint|pycodestyle|prospector)$/,
      script: NO_SCRIPT,
      action: /ruff|flake8|pylint|super-linter/i,
    },
  },
  javascript: {
    types: { program: /^(tsc|vue-tsc)$/, script: /^(types|type-?check|tsc|check-types)$/, action: NO_SCRIPT },
    lint: { program: /^(eslint|biome|oxlint)$/, script: /^lint(:|$)/, action: /eslint|super-linter/i },
  },
};

/** Where a pipeline runs checkers of this kind: by themselves, by a script, or by the hooks that are set up. */
export function runsOfTool(
  what: CodeTool['what'],
  language: CodeTool['language'],
  tools: readonly CodeTool[],
  commands: readonly PipelineCommand[],
  actions: readonly PipelineAction[],
): readonly (PipelineCommand | PipelineAction)[] {
  const hasHook = tools.some(({ by }) => by === 'hook');
  const own = WORDS[language][what];
  return [
    ...commands.filter(({ words: [program = '', verb = '', script = ''] }) => {
      const name = program.split('/').at(-1) ?? '';
      if (name === 'ruff' && verb === 'format') return false;
      if (/^(npm|yarn|pnpm|bun)$/.test(name)) return own.script.test(verb === 'run' ? script : verb);
      return own.program.test(name) || (hasHook && /^(pre-commit|prek)$/.test(name) && verb === 'run');
    }),
    ...actions.filter(({ uses }) => own.action.test(uses) || (hasHook && uses === 'pre-commit/action')),
  ];
}
