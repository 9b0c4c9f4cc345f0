import type {
  Location,
  Pipeline,
  PipelineAction,
  PipelineCommand,
  PipelineJob,
  PipelineStep,
  Place,
  Repository,
  Script,
  ScriptCommand,
  Truth,
} from '../../model/index.ts';
import { both } from '../../model/index.ts';
import { joinPath } from '../../read/documents/path.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { defineExtractor } from '../define.ts';
import { packageScriptsOf, type PackageScript } from './package-scripts.ts';
import { programIn } from './programs.ts';

/** How deep scripts that call scripts are followed. */
const DEEPEST = 6;
const MOST_COMMANDS = 2_000;

interface Run {
  readonly repository: Repository;
  readonly pipeline: Pipeline;
  readonly job: PipelineJob;
  readonly folder: string;
  readonly heeded: Truth;
  readonly because: string;
  readonly way: readonly Place[];
}

const makefileIn = (folder: string, scripts: readonly Script[]): string | undefined =>
  ['GNUmakefile', 'makefile', 'Makefile']
    .map(name => joinPath(folder, name))
    .find(path => scripts.some(script => script.path === path));

/** Words of `make` that name targets: no options, no variables. */
const targetsOf = (words: readonly string[]): readonly string[] =>
  words.slice(1).filter((word, index, all) => !/^-|=/.test(word) && !/^-[Cfj]$/.test(all[index - 1] ?? ''));

const valueAfter = (words: readonly string[], ...options: readonly string[]): string | undefined => {
  const index = words.findIndex(word => options.includes(word));
  return index === -1 ? undefined : words[index + 1];
};

/** A target with those that run before it, each once. */
function withPrerequisites(path: string, name: string, scripts: readonly Script[]): readonly Script[] {
  const found: Script[] = [];
  const add = (target: string): void => {
    const script = scripts.find(each => each.path === path && each.name === target);
    if (!script || found.includes(script)) return;
    found.push(script);
    script.before.forEach(add);
  };
  add(name);
  return found;
}

/** The scripts that a command runs; `undefined` for a command that runs none. */
function scriptsOf(
  words: readonly string[],
  folder: string,
  scripts: readonly Script[],
): readonly Script[] | 'not there' | undefined {
  const [program = ''] = words;
  const found = (list: readonly Script[]) => (list.length > 0 ? list : 'not there');
  if (program === 'make' || program === 'gmake') {
    const path = makefileIn(joinPath(folder, valueAfter(words, '-C') ?? ''), scripts);
    const all = scripts.filter(script => script.path === path);
    const targets = targetsOf(words);
    if (path === undefined) return 'not there';
    return targets.length > 0
      ? found(targets.flatMap(target => withPrerequisites(path, target, scripts)))
      : found(withPrerequisites(path, all[0]?.name ?? '', scripts));
  }
  if (program === 'tox') {
    const environments = (valueAfter(words, '-e', '--env', 'run') ?? '').split(',');
    const named = scripts.filter(
      ({ path, name }) =>
        /(^|\/)tox\.ini$/.test(path) && environments.some(each => name === `testenv:${each}`),
    );
    return found(
      named.length > 0
        ? named
        : scripts.filter(({ path, name }) => /(^|\/)tox\.ini$/.test(path) && name === 'testenv'),
    );
  }
  if (!/\.(sh|bash)$|^\.{1,2}\/|^(scripts?|bin|ci|tools)\//.test(program)) return undefined;
  const places = [joinPath(folder, program), joinPath('', program.replace(/^\/\w+\//, ''))];
  const direct = scripts.filter(({ path, name }) => name === '' && places.includes(path));
  if (direct.length > 0) return direct;
  // In a container the folder is that of the image: one file of that path anywhere is meant.
  const suffix = `/${joinPath('', program)}`;
  const elsewhere = scripts.filter(({ path, name }) => name === '' && `/${path}`.endsWith(suffix));
  return found(elsewhere.length === 1 ? elsewhere : []);
}

/** Runners of tasks whose files are not read. */
const TASK_RUNNERS =
  /^(nox|just|task|invoke|inv|doit|earthly|dagger|bazel|pants|hatch|act|pre-commit|mage|rake)$/;

/** `jest || true`: whatever failed before, the script ends without an error. */
const endsWell = (commands: readonly ScriptCommand[]): boolean =>
  commands.at(-2)?.heeded === 'no' && commands.at(-1)?.conditional === true;

/** `echo "Error: no test specified" && exit 1`: what tools write where there is nothing to run yet. */
const doesNothing = ({ commands }: Script): boolean =>
  commands.every(({ words }) => /^(echo|printf|exit|true|false|:)$/.test(words[0] ?? ''));

interface Called {
  readonly scripts: readonly PackageScript[];
  readonly isOpaque: boolean;
  readonly missing: string;
  /** The one among them that never fails. */
  readonly silent: Script | undefined;
  /** It runs scripts of a package, and nothing in them does anything. */
  readonly isIdle: boolean;
}

const CALLS_NOTHING: Called = {
  scripts: [],
  isOpaque: false,
  missing: '',
  silent: undefined,
  isIdle: false,
};

/** What one command runs of the repository: scripts of a package, targets, files. */
function calledBy(words: readonly string[], at: Location, run: Run, scripts: readonly Script[]): Called {
  const ofPackage = packageScriptsOf(run.repository, words, run.folder, at);
  switch (ofPackage?.kind) {
    case 'missing':
      return { ...CALLS_NOTHING, missing: ofPackage.says };
    case 'unclear':
      return { ...CALLS_NOTHING, isOpaque: true };
    case 'found': {
      const own = ofPackage.scripts.map(({ script }) => script);
      const silent = own.find(({ commands }) => endsWell(commands));
      return { ...CALLS_NOTHING, scripts: ofPackage.scripts, silent, isIdle: own.every(doesNothing) };
    }
    case undefined:
  }
  const target = scriptsOf(words, run.folder, scripts);
  const found = target === 'not there' ? [] : (target ?? []);
  return {
    ...CALLS_NOTHING,
    scripts: found.map(script => ({ script, folder: run.folder })),
    isOpaque: target === 'not there' || TASK_RUNNERS.test(words[0] ?? ''),
  };
}

function* commandsOf(
  commands: readonly ScriptCommand[],
  run: Run,
  scripts: readonly Script[],
  depth: number,
): Generator<PipelineCommand> {
  for (const command of commands) {
    const words = programIn(command.words);
    if (words.length === 0) continue;
    const heeded = both(run.heeded, command.heeded);
    const because =
      run.because || (command.heeded === 'no' ? `${placed(command.at)} passes over its failure` : '');
    // `bash -c "…"`
    const inner =
      /^(ba|z|da)?sh$/.test(words[0] ?? '') && /^-\w*c$/.test(words[1] ?? '') ? words[2] : undefined;
    const nested = inner === undefined ? undefined : insideOf(inner, command.at);
    if (nested && depth < DEEPEST) {
      yield* commandsOf(nested, { ...run, heeded, because }, scripts, depth + 1);
      continue;
    }
    const called = calledBy(words, command.at, run, scripts);
    if (called.isIdle) continue;
    yield {
      kind: 'pipelineCommand',
      at: command.at,
      words,
      text: command.text,
      pipeline: run.pipeline.at.path,
      job: run.job.name,
      onChange: both(run.pipeline.onChange, run.job.onChange),
      when: run.pipeline.when,
      heeded: called.silent ? 'no' : heeded,
      because: because || (called.silent ? `${placed(called.silent.at)} passes over its failure` : ''),
      way: run.way,
      isOpaque: called.isOpaque,
      missing: called.missing,
    };
    for (const { script, folder } of depth < DEEPEST ? called.scripts : [])
      yield* commandsOf(
        script.commands,
        {
          ...run,
          folder,
          heeded,
          because,
          way: [...run.way, { at: command.at, says: `runs ${command.words.join(' ').slice(0, 60)}` }],
        },
        scripts,
        depth + 1,
      );
  }
}

const placed = (at: Location): string => `${at.path}:${at.startLine}`;

/** A command line inside of a command. */
const insideOf = (text: string, at: Location): readonly ScriptCommand[] =>
  parseShell(text, at.path, at.startLine).commands.flatMap(
    ({ words, text: written, after, within }, index, all) =>
      words.length === 0
        ? []
        : [
            {
              at,
              words: words.map(word => word.text),
              text: written,
              conditional: after === 'or' || within.length > 0,
              heeded: all[index + 1]?.after === 'or' ? ('no' as const) : ('yes' as const),
              background: false,
              input: '',
              isDiverted: false,
            },
          ],
  );

const saysOf = (pipeline: Pipeline, job: PipelineJob, step: PipelineStep): string => {
  if (job.heeded === 'no') return `a failure of job ${job.name} is passed over (${placed(job.at)})`;
  return step.heeded === 'no' ? `a failure of the step is passed over (${placed(step.at)})` : '';
};

function* ran(
  repository: Repository,
  pipelines: readonly Pipeline[],
  scripts: readonly Script[],
): Generator<PipelineCommand | PipelineAction> {
  for (const pipeline of pipelines)
    for (const job of pipeline.jobs)
      for (const step of job.runs ? job.steps : []) {
        const heeded = both(job.heeded, step.heeded);
        if (step.does === 'use')
          yield {
            kind: 'pipelineAction',
            at: step.at,
            uses: step.uses,
            version: step.version,
            inputs: step.inputs,
            pipeline: pipeline.at.path,
            platform: pipeline.platform,
            onChange: both(pipeline.onChange, job.onChange),
            heeded,
          };
        else
          yield* commandsOf(
            step.script.commands,
            {
              repository,
              pipeline,
              job,
              folder: step.folder,
              heeded,
              because: saysOf(pipeline, job, step),
              way: [],
            },
            scripts,
            0,
          );
      }
}

/** What the pipelines run: commands, followed into the scripts of the repository, and ready-made steps. */
export default defineExtractor({
  id: 'derived/pipeline-commands',
  reads: ['pipeline', 'script'],
  produces: ['pipelineCommand', 'pipelineAction'],
  understands: () => true,
  *extract({ repository, facts }): Generator<PipelineCommand | PipelineAction> {
    let left = MOST_COMMANDS;
    for (const fact of ran(repository, facts.all('pipeline'), facts.all('script'))) {
      if (left-- === 0) return;
      yield fact;
    }
  },
});
