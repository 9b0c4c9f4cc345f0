import type { PipelineAction, PipelineCommand } from './pipeline.ts';
import type { CodeTool } from './test-file.ts';

interface Words {
  readonly program: RegExp;
  /** Programs that check while they build. */
  readonly builds: RegExp;
  readonly script: RegExp;
  readonly action: RegExp;
}

const NO_SCRIPT = /^$/;

/** How pipelines call the checkers of a language. */
const WORDS: Readonly<Record<CodeTool['language'], Readonly<Record<CodeTool['what'], Words>>>> = {
  python: {
    types: {
      program: /^(mypy|dmypy|(based)?pyright|ty|pyre|pytype)$/,
      builds: NO_SCRIPT,
      script: NO_SCRIPT,
      action: /mypy|pyright/i,
    },
    lint: {
      program: /^(ruff|flake8|pylint|pycodestyle|prospector)$/,
      builds: NO_SCRIPT,
      script: NO_SCRIPT,
      action: /ruff|flake8|pylint|super-linter/i,
    },
  },
  javascript: {
    types: {
      program: /^(tsc|vue-tsc|ttsc|tspc|svelte-check|flow)$/,
      // What compiles the types of a whole project fails where they are wrong.
      builds: /^(next|nest|ng)$/,
      script: /^(types|type-?check|tsc|check-?types|check:types|ts:check)$/,
      action: NO_SCRIPT,
    },
    lint: {
      program: /^(eslint|biome|oxlint|standard|ts-standard|xo|tslint|jshint)$/,
      builds: NO_SCRIPT,
      script: /^lint(:|$)/,
      action: /eslint|super-linter|biomejs/i,
    },
  },
};

/** `eslint: true` of an action that knows several checkers. */
const switchedOn = (inputs: PipelineAction['inputs']): readonly string[] =>
  Object.entries(inputs).flatMap(([name, value]) => (value === 'true' ? [name] : []));

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
      if (name === 'biome' && verb === 'format') return false;
      if (own.builds.test(name) && verb === 'build') return true;
      return own.program.test(name) || (hasHook && /^(pre-commit|prek)$/.test(name) && verb === 'run');
    }),
    ...actions.filter(
      ({ uses, inputs }) =>
        own.action.test(uses) ||
        (hasHook && uses === 'pre-commit/action') ||
        (/lint/i.test(uses) && switchedOn(inputs).some(name => own.program.test(name))),
    ),
  ];
}
