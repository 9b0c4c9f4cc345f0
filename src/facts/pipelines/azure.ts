import type { Pipeline, PipelineJob, PipelineStep, SourceFile, Truth } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { baseName } from '../../read/documents/path.ts';
import { below, entriesOf, entryOf, isTrue, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readPlainYaml } from '../../read/documents/yaml.ts';
import { defineDocumentExtractor } from '../define.ts';
import { doubledKeys, unreadable } from './faults.ts';
import { runText } from './run-text.ts';

/** The platform calls the shell without `-e`: only the last command decides ("Bash@3", "CmdLine@2"). */
const SHELL = { stopsOnError: false, pipefail: false };

const heededOf = (step: Tree): Truth => {
  const text = textOf(below(step, 'continueOnError'));
  if (text === undefined || text === 'false') return 'yes';
  return isTrue(below(step, 'continueOnError')) ? 'no' : 'unclear';
};

function stepsOf(file: SourceFile, steps: Tree | undefined): readonly PipelineStep[] {
  return itemsOf(steps).flatMap((step): readonly PipelineStep[] => {
    const heeded = heededOf(step);
    const run = entryOf(step, 'script') ?? entryOf(step, 'bash');
    if (run) {
      const script = runText(file, run.value, SHELL);
      const folder = textOf(below(step, 'workingDirectory')) ?? '';
      return script ? [{ does: 'run', at: run.keyAt, heeded, script, folder }] : [];
    }
    const task = entryOf(step, 'task');
    if (!task) return [];
    const [uses = '', version = ''] = (textOf(task.value) ?? '').split('@');
    const inputs = Object.fromEntries(
      entriesOf(below(step, 'inputs')).map(({ key, value }) => [key, textOf(value) ?? '']),
    );
    return [{ does: 'use', at: task.keyAt, heeded, uses, version, inputs }];
  });
}

function jobsOf(file: SourceFile, tree: Tree): readonly PipelineJob[] {
  const own = (name: string, at: PipelineJob['at'], job: Tree): PipelineJob => ({
    name,
    at,
    heeded: heededOf(job),
    onChange: 'yes',
    runs: textOf(below(job, 'condition')) !== 'false',
    environment: textOf(below(job, 'environment')) ?? textOf(below(job, 'environment', 'name')) ?? '',
    token: 'no such setting',
    steps: stepsOf(file, below(job, 'steps') ?? below(job, 'strategy', 'runOnce', 'deploy', 'steps')),
  });
  const jobs = itemsOf(below(tree, 'jobs')).map(job =>
    own(textOf(below(job, 'job')) ?? textOf(below(job, 'deployment')) ?? '', job.at, job),
  );
  const stages = itemsOf(below(tree, 'stages')).flatMap(stage => jobsOf(file, stage));
  return below(tree, 'steps') ? [own('job', tree.at, tree), ...jobs, ...stages] : [...jobs, ...stages];
}

const hasTemplate = (tree: Tree): boolean =>
  (tree.kind === 'map' && tree.entries.some(({ key, value }) => key === 'template' || hasTemplate(value))) ||
  (tree.kind === 'list' && tree.items.some(hasTemplate));

function pipelineOf(file: SourceFile): Pipeline {
  const document = readPlainYaml(file);
  const tree = contentOf(document)?.documents[0];
  const at = { path: file.path, startLine: 1, endLine: 1 };
  if (tree?.kind !== 'map') return unreadable('Azure Pipelines', at, document);
  const isOff = (key: string): boolean => textOf(below(tree, key)) === 'none';
  return {
    kind: 'pipeline',
    at,
    platform: 'Azure Pipelines',
    name: textOf(below(tree, 'name')) ?? file.path,
    // Without a word it runs on each push.
    onChange: isOff('trigger') && (isOff('pr') || !below(tree, 'pr')) ? 'no' : 'yes',
    when: isOff('trigger') ? 'by hand' : 'on each push',
    jobs: jobsOf(file, tree),
    token: 'no such setting',
    faults: doubledKeys(file),
    unread: hasTemplate(tree) ? 'it takes steps from a template' : '',
  };
}

/** `azure-pipelines.yml`. */
export default defineDocumentExtractor({
  id: 'pipelines/azure',
  produces: ['pipeline'],
  *extract(repository) {
    for (const file of repository.files)
      if (/^(\.?azure-pipelines?[\w.-]*|\.vsts-ci)\.ya?ml$/.test(baseName(file.path))) yield pipelineOf(file);
  },
});
