import type {
  Pipeline,
  PipelineJob,
  PipelineStep,
  Place,
  Repository,
  SourceFile,
  TokenRights,
  Truth,
} from '../../model/index.ts';
import { both } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { joinPath } from '../../read/documents/path.ts';
import {
  below,
  entriesOf,
  entryOf,
  isTrue,
  itemsOf,
  textOf,
  textsOf,
  type Entry,
  type Tree,
} from '../../read/documents/tree.ts';
import { readPlainYaml } from '../../read/documents/yaml.ts';
import { defineDocumentExtractor } from '../define.ts';
import { doubledKeys, unreadable } from './faults.ts';
import { runText } from './run-text.ts';

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** Events that come with a change of the code. */
const CHANGE = /^(push|pull_request|pull_request_target|merge_group)$/;

interface Events {
  readonly names: readonly string[];
  readonly onChange: boolean;
}

function eventsOf(on: Tree | undefined): Events {
  const entries = entriesOf(on);
  const names = on?.kind === 'map' ? entries.map(({ key }) => key) : textsOf(on);
  const isChange = (name: string): boolean => {
    if (!CHANGE.test(name)) return false;
    const filter = below(on, name);
    // A push of tags alone is a release.
    return !(name === 'push' && below(filter, 'tags') && !below(filter, 'branches'));
  };
  return { names, onChange: names.some(isChange) };
}

const rightsOf = (permissions: Tree | undefined): TokenRights => {
  if (!permissions) return 'default';
  return textOf(permissions) === 'write-all' ? 'everything' : 'limited';
};

/** `true` and `always()` are no condition; an expression may switch anything off. */
const ignores = (tree: Tree | undefined): Truth => {
  const text = textOf(tree);
  if (text === undefined || text === 'false') return 'yes';
  return isTrue(tree) ? 'no' : 'unclear';
};

const isOff = (tree: Tree | undefined): boolean => /^(\$\{\{\s*)?false(\s*\}\})?$/.test(textOf(tree) ?? '');

interface Reading {
  readonly repository: Repository;
  readonly file: SourceFile;
  /** Files that are being read, against circles. */
  readonly around: readonly string[];
}

/** Other shells are not read: nothing is known of what they run. */
const isPosix = (shell: string): boolean => shell === '' || /^(bash|sh)\b/.test(shell);

/** A later step that ends the job when this one failed: `if: steps.lint.outcome == 'failure'`. */
function isHeededLater(step: Tree, steps: readonly Tree[]): boolean {
  const id = textOf(below(step, 'id'));
  return steps.slice(steps.indexOf(step) + 1).some(each => {
    const [, named, how] =
      /steps\.([\w-]+)\.outcome\s*(==\s*'failure'|!=\s*'success')/.exec(textOf(below(each, 'if')) ?? '') ??
      [];
    return how !== undefined && named === id && /\bexit [1-9]/.test(textOf(below(each, 'run')) ?? '');
  });
}

function stepsOf(reading: Reading, tree: Tree | undefined, folder: string): readonly PipelineStep[] {
  const steps = itemsOf(tree);
  return steps.flatMap((step): PipelineStep[] => {
    const heeded = isHeededLater(step, steps) ? 'yes' : ignores(below(step, 'continue-on-error'));
    if (isOff(below(step, 'if'))) return [];
    const run = entryOf(step, 'run');
    const uses = entryOf(step, 'uses');
    if (run && isPosix(textOf(below(step, 'shell')) ?? '')) {
      const explicit = /^bash/.test(textOf(below(step, 'shell')) ?? '');
      const script = runText(reading.file, run.value, { stopsOnError: true, pipefail: explicit });
      const inside = textOf(below(step, 'working-directory')) ?? folder;
      return script ? [{ does: 'run', at: run.keyAt, heeded, script, folder: inside }] : [];
    }
    return uses ? usedBy(reading, uses.keyAt, textOf(uses.value) ?? '', step, heeded, folder) : [];
  });
}

/** A step of this repository is read; one of somebody else is named. */
function usedBy(
  reading: Reading,
  at: Place['at'],
  uses: string,
  step: Tree,
  heeded: Truth,
  folder: string,
): PipelineStep[] {
  const { repository, around } = reading;
  if (uses.startsWith('./') && around.length < 5) {
    const path = joinPath('', uses);
    const file = repository.file(`${path}/action.yml`) ?? repository.file(`${path}/action.yaml`);
    const tree = file && contentOf(readPlainYaml(file))?.documents[0];
    const inner = below(tree, 'runs', 'steps');
    if (file && inner && !around.includes(file.path))
      return stepsOf({ repository, file, around: [...around, file.path] }, inner, folder).map(each => ({
        ...each,
        heeded: both(each.heeded, heeded),
      }));
  }
  const [name = '', version = ''] = uses.split('@');
  const inputs = Object.fromEntries(
    entriesOf(below(step, 'with')).map(({ key, value }) => [key, textOf(value) ?? '']),
  );
  return [{ does: 'use', at, heeded, uses: name, version, inputs }];
}

function jobOf(reading: Reading, workflow: Tree, name: string, job: Tree, at: Place['at']): PipelineJob[] {
  const folder =
    textOf(below(job, 'defaults', 'run', 'working-directory')) ??
    textOf(below(workflow, 'defaults', 'run', 'working-directory')) ??
    '';
  const heeded = ignores(below(job, 'continue-on-error'));
  const environment = below(job, 'environment');
  const own: Omit<PipelineJob, 'steps'> = {
    name,
    at,
    heeded,
    onChange: 'yes',
    runs: !isOff(below(job, 'if')),
    environment: textOf(environment) ?? textOf(below(environment, 'name')) ?? '',
    token: rightsOf(below(job, 'permissions')),
  };
  const called = entryOf(job, 'uses');
  if (!called) return [{ ...own, steps: stepsOf(reading, below(job, 'steps'), folder) }];
  const uses = textOf(called.value) ?? '';
  const file = uses.startsWith('./') ? reading.repository.file(joinPath('', uses)) : undefined;
  const tree = file && contentOf(readPlainYaml(file))?.documents[0];
  if (!file || !tree || reading.around.includes(file.path) || reading.around.length > 4) {
    const [target = '', version = ''] = uses.split('@');
    return [
      { ...own, steps: [{ does: 'use', at: called.keyAt, heeded, uses: target, version, inputs: {} }] },
    ];
  }
  const inside = { ...reading, file, around: [...reading.around, file.path] };
  return jobsOf(inside, tree).map(each => ({
    ...each,
    name: `${name} / ${each.name}`,
    heeded: both(each.heeded, heeded),
    runs: each.runs && own.runs,
  }));
}

const jobsOf = (reading: Reading, workflow: Tree): readonly PipelineJob[] =>
  entriesOf(below(workflow, 'jobs')).flatMap(({ key, keyAt, value }) =>
    jobOf(reading, workflow, key, value, keyAt),
  );

/** What GitHub refuses: jobs that need one that is not there, no place to run, scripts of no file. */
function faultsIn(reading: Reading, workflow: Tree): readonly Place[] {
  const faults: Place[] = [...doubledKeys(reading.file)];
  const jobs = entryOf(workflow, 'jobs');
  if (!jobs) faults.push({ at: workflow.at, says: 'has no jobs' });
  if (!entryOf(workflow, 'on') && !entryOf(workflow, 'true'))
    faults.push({ at: workflow.at, says: 'does not say on which events it runs (on)' });
  const names = new Set(entriesOf(jobs?.value).map(({ key }) => key));
  for (const job of entriesOf(jobs?.value))
    faults.push(...faultsOfJob(reading, job, names), ...faultsOfSteps(reading, below(job.value, 'steps')));
  return faults;
}

/** Machines that GitHub no longer has: a job that asks for one never starts. */
const RETIRED_MACHINE = /^(ubuntu-(16|18|20)\.04|windows-20(16|19)|macos-(10\.15|11|12)(-large|-xlarge)?)$/;
/** Versions of its own actions that GitHub refuses to run since their services ended. */
const REFUSED_ACTION = /^actions\/(?:(?:upload|download)-artifact@v[123]|cache@v[12])(?:\.|$)/;

function faultsOfJob(
  { repository }: Reading,
  { key, keyAt, value }: Entry,
  names: ReadonlySet<string>,
): readonly Place[] {
  const faults: Place[] = [];
  const needs = below(value, 'needs');
  for (const need of textsOf(needs))
    if (!names.has(need) && !need.includes('${{'))
      faults.push({ at: needs?.at ?? keyAt, says: `job ${key} needs ${need}, which is no job of this file` });
  const uses = textOf(below(value, 'uses'));
  if (uses === undefined && !entryOf(value, 'runs-on'))
    faults.push({ at: keyAt, says: `job ${key} does not say on which machine it runs (runs-on)` });
  const machines = below(value, 'runs-on');
  const machine = textOf(machines) ?? '';
  if (RETIRED_MACHINE.test(machine))
    faults.push({
      at: machines?.at ?? keyAt,
      says: `job ${key} asks for ${machine}, which GitHub has taken away`,
    });
  if (uses === undefined && !entryOf(value, 'steps'))
    faults.push({ at: keyAt, says: `job ${key} has no steps` });
  if (uses?.startsWith('./') && !repository.file(joinPath('', uses)))
    faults.push({ at: keyAt, says: `job ${key} calls ${uses}, which is not in the repository` });
  return faults;
}

const ACTION_FILES = ['action.yml', 'action.yaml', 'Dockerfile'];

function faultsOfSteps({ repository }: Reading, steps: Tree | undefined): readonly Place[] {
  const faults: Place[] = [];
  // A step may check another repository out into the folder that a later one names.
  const checksOut = itemsOf(steps).some(each => below(each, 'with', 'path') !== undefined);
  for (const step of itemsOf(steps)) {
    const local = entryOf(step, 'uses');
    const path = textOf(local?.value) ?? '';
    const folder = joinPath('', path);
    const isLocal = path.startsWith('./') && !path.includes('${{') && !checksOut;
    if (local && isLocal && !ACTION_FILES.some(each => repository.exists(joinPath(folder, each))))
      faults.push({ at: local.keyAt, says: `uses ${path}, which is not in the repository` });
    if (local && REFUSED_ACTION.test(path))
      faults.push({ at: local.keyAt, says: `uses ${path}, which GitHub no longer runs` });
    if (local && entryOf(step, 'run')) faults.push({ at: step.at, says: 'a step has both run and uses' });
  }
  return faults;
}

function pipelineOf(repository: Repository, file: SourceFile): Pipeline {
  const document = readPlainYaml(file);
  const workflow = contentOf(document)?.documents[0];
  const at = { path: file.path, startLine: 1, endLine: 1 };
  if (!workflow || workflow.kind !== 'map') return unreadable('GitHub Actions', at, document);
  const events = eventsOf(below(workflow, 'on') ?? below(workflow, 'true'));
  const reading = { repository, file, around: [file.path] };
  return {
    kind: 'pipeline',
    at,
    platform: 'GitHub Actions',
    name: textOf(below(workflow, 'name')) ?? file.path,
    onChange: events.onChange ? 'yes' : 'no',
    when: `on ${events.names.join(', ')}`,
    jobs: jobsOf(reading, workflow),
    token: rightsOf(below(workflow, 'permissions')),
    faults: faultsIn(reading, workflow),
    unread: '',
  };
}

/** Workflows of GitHub Actions, with the steps and workflows of the repository that they call. */
export default defineDocumentExtractor({
  id: 'pipelines/github',
  produces: ['pipeline'],
  *extract(repository) {
    for (const file of repository.files) if (WORKFLOW.test(file.path)) yield pipelineOf(repository, file);
  },
});
