import type { Location, Place } from '../location.ts';
import type { Service } from '../service.ts';
import type { Truth } from '../value.ts';
import type { Script } from './script.ts';

/** One configuration of continuous integration: a workflow of GitHub Actions, the file of GitLab CI … */
export interface Pipeline {
  readonly kind: 'pipeline';
  readonly at: Location;
  readonly platform: string;
  readonly name: string;
  /** It runs when code is pushed or proposed. */
  readonly onChange: Truth;
  /** When it runs, in words: `on pull_request and push`. */
  readonly when: string;
  readonly jobs: readonly PipelineJob[];
  /** What the token of its jobs may do, where the platform has such a setting. */
  readonly token: TokenRights;
  /** What the platform refuses or silently passes over in this file. */
  readonly faults: readonly Place[];
  /** Why a part of it could not be read: `includes a file of another project`; empty when all of it was. */
  readonly unread: string;
}

/** `default`: nothing is said, so the setting of the repository counts. */
export type TokenRights = 'limited' | 'everything' | 'default' | 'no such setting';

export interface PipelineJob {
  readonly name: string;
  readonly at: Location;
  /** A failure of the job fails the pipeline. */
  readonly heeded: Truth;
  /** It runs when code is pushed or proposed, by its own conditions. */
  readonly onChange: Truth;
  /** It is written to run: not switched off, not a template for others. */
  readonly runs: boolean;
  /** It deploys to an environment of this name; empty for none. */
  readonly environment: string;
  readonly token: TokenRights;
  readonly steps: readonly PipelineStep[];
}

export type PipelineStep = {
  readonly at: Location;
  readonly heeded: Truth;
} & (
  | { readonly does: 'run'; readonly script: Script; readonly folder: string }
  /** A ready-made step of somebody: `actions/checkout` at `v4`; inputs as written. */
  | {
      readonly does: 'use';
      readonly uses: string;
      readonly version: string;
      readonly inputs: Readonly<Record<string, string>>;
    }
);

/** A command that a pipeline runs, itself or through scripts, targets and environments of the repository. */
export interface PipelineCommand {
  readonly kind: 'pipelineCommand';
  readonly at: Location;
  /** The program first, without what only prepares it (`poetry run`, `docker compose exec web`). */
  readonly words: readonly string[];
  readonly text: string;
  readonly pipeline: string;
  readonly job: string;
  readonly onChange: Truth;
  readonly when: string;
  /** A failure fails the pipeline; if not, `because` says what keeps it from that. */
  readonly heeded: Truth;
  readonly because: string;
  /** From the pipeline to the script in which it stands. */
  readonly way: readonly Place[];
  /** It runs a script or target that is not there to be read. */
  readonly isOpaque: boolean;
  /** What it runs that is not there, in words; empty for nothing. */
  readonly missing: string;
}

/** A ready-made step that a pipeline uses. */
export interface PipelineAction {
  readonly kind: 'pipelineAction';
  readonly at: Location;
  readonly uses: string;
  readonly version: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly pipeline: string;
  readonly platform: string;
  readonly onChange: Truth;
  readonly heeded: Truth;
}

const RUNNERS = /^(pytest|py\.test|nosetests|nose2|unittest|trial|behave|robot|tavern-ci|green|ward|stestr)$/;
const NODE_RUNNERS = /^(jest|vitest|mocha|ava|jasmine|karma|playwright|cypress|tap|lab|uvu|wtr|borp|japa)$/;
/** Programs that run tests when they are told to. */
const TOLD_RUNNERS =
  /^(node|tsx|bun|deno|ng|nx|turbo|lerna|react-scripts|craco|vue-cli-service|ace|aegir|razzle)$/;

/** Whether a command runs automated tests of a service in this language, by the programs that do. */
export function runsTests({ words }: Pick<PipelineCommand, 'words'>, language: Service['language']): boolean {
  const [program = '', ...rest] = words;
  const name = program.split('/').at(-1) ?? '';
  const plain = rest.filter(word => !word.startsWith('-'));
  if (rest.some(word => /^(--version|--help|install|--collect-only|--co)$/.test(word))) return false;
  return (
    (language !== 'javascript' && runsPythonTests(name, plain)) ||
    (language !== 'python' && runsNodeTests(name, plain, rest))
  );
}

function runsPythonTests(name: string, [first = '', second = '']: readonly string[]): boolean {
  if (/^(manage\.py|django-admin|flask)$/.test(name)) return first === 'test';
  if (/^python[\d.]*$/.test(name))
    return /run_?tests?\.py$/.test(first) || (/(^|\/)(manage|setup)\.py$/.test(first) && second === 'test');
  return RUNNERS.test(name);
}

function runsNodeTests(
  name: string,
  [verb = '', script = '']: readonly string[],
  words: readonly string[],
): boolean {
  if (
    TOLD_RUNNERS.test(name) &&
    (words.includes('--test') || /^test(:\w+)?$/.test(verb === 'run' ? script : verb))
  )
    return true;
  if (!/^(npm|yarn|pnpm|bun)$/.test(name)) return NODE_RUNNERS.test(name);
  return (
    /^(t|test)$|^test[:-]/.test(verb) ||
    (/^(run|run-script)$/.test(verb) && /^(test|unit|e2e)\b/.test(script))
  );
}

/** What kept pipelines from being followed to their end: a script that is not there, an include; empty for nothing. */
export function unfollowedIn(
  pipelines: readonly Pipeline[],
  commands: readonly PipelineCommand[],
  actions: readonly PipelineAction[],
): string {
  const part = pipelines.find(({ unread }) => unread !== '');
  if (part) return `${part.at.path}: ${part.unread}`;
  const called = actions.find(({ uses }) => /\.ya?ml$/.test(uses));
  if (called) return `${called.at.path}:${called.at.startLine} calls ${called.uses}, which is elsewhere`;
  const opaque = commands.find(({ isOpaque }) => isOpaque);
  return opaque
    ? `${opaque.at.path}:${opaque.at.startLine} runs ${opaque.words.slice(0, 3).join(' ')}, which could not be followed`
    : '';
}

/** The command as a person would name it, without its options. */
export const saysOfCommand = ({ text }: PipelineCommand): string => {
  const [line = ''] = text.split('\n');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};
