import type { Pipeline, PipelineJob, PipelineStep, Place, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { below, entriesOf, entryOf, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { readPlainYaml } from '../../read/documents/yaml.ts';
import { defineDocumentExtractor } from '../define.ts';
import { doubledKeys, unreadable } from './faults.ts';
import { runText } from './run-text.ts';

const SHELL = { stopsOnError: true, pipefail: true };

/** Steps of the platform itself, which run nothing of the repository. */
const OWN =
  /^(checkout|setup_remote_docker|save_cache|restore_cache|store_artifacts|store_test_results|persist_to_workspace|attach_workspace|add_ssh_keys|when|unless)$/;

function stepsOf(
  file: SourceFile,
  config: Tree,
  steps: Tree | undefined,
  depth = 0,
): readonly PipelineStep[] {
  return itemsOf(steps).flatMap((step): readonly PipelineStep[] => {
    const name = textOf(step) ?? entriesOf(step)[0]?.key ?? '';
    const value = entryOf(step, name)?.value;
    if (name === 'run' && value) {
      const script = runText(file, below(value, 'command') ?? value, SHELL);
      const folder = textOf(below(value, 'working_directory')) ?? '';
      return script ? [{ does: 'run', at: script.at, heeded: 'yes', script, folder }] : [];
    }
    if (name === 'when' || name === 'unless') return stepsOf(file, config, below(value, 'steps'), depth + 1);
    const command = below(config, 'commands', name, 'steps');
    if (command && depth < 5) return stepsOf(file, config, command, depth + 1);
    if (OWN.test(name) || name === '') return [];
    const orb = textOf(below(config, 'orbs', name.split('/')[0] ?? '')) ?? '';
    const [uses = name, version = ''] = orb.split('@');
    return [
      {
        does: 'use',
        at: step.at,
        heeded: 'yes',
        uses: `${uses}/${name.split('/')[1] ?? ''}`,
        version,
        inputs: {},
      },
    ];
  });
}

/** The jobs that workflows start, and whether a change of the code starts them. */
function startedIn(config: Tree): ReadonlyMap<string, boolean> {
  const started = new Map<string, boolean>();
  for (const { key, value } of entriesOf(below(config, 'workflows'))) {
    if (key === 'version') continue;
    const isScheduled = itemsOf(below(value, 'triggers')).some(each => below(each, 'schedule') !== undefined);
    for (const item of itemsOf(below(value, 'jobs'))) {
      const name = textOf(item) ?? entriesOf(item)[0]?.key ?? '';
      const filters = below(entryOf(item, name)?.value, 'filters');
      const isForTags = textOf(below(filters, 'branches', 'ignore')) === '/.*/';
      started.set(name, (started.get(name) ?? false) || (!isScheduled && !isForTags));
    }
  }
  return started;
}

function faultsIn(file: SourceFile, config: Tree): readonly Place[] {
  const jobs = new Set(entriesOf(below(config, 'jobs')).map(({ key }) => key));
  const faults = [...doubledKeys(file)];
  for (const { key, value } of entriesOf(below(config, 'workflows')))
    for (const item of itemsOf(below(value, 'jobs'))) {
      const name = textOf(item) ?? entriesOf(item)[0]?.key ?? '';
      const own = entryOf(item, name)?.value;
      const isApproval = textOf(below(own, 'type')) === 'approval';
      if (!jobs.has(name) && !name.includes('/') && !isApproval)
        faults.push({ at: item.at, says: `workflow ${key} runs ${name}, which is no job` });
      const names = itemsOf(below(value, 'jobs')).map(
        each => textOf(below(entriesOf(each)[0]?.value, 'name')) ?? textOf(each) ?? entriesOf(each)[0]?.key,
      );
      for (const need of textsOf(below(own, 'requires')))
        if (!names.includes(need) && !need.includes('<<'))
          faults.push({ at: item.at, says: `job ${name} requires ${need}, which the workflow does not run` });
    }
  return faults;
}

function pipelineOf(file: SourceFile): Pipeline {
  const document = readPlainYaml(file);
  const config = contentOf(document)?.documents[0];
  const at = { path: file.path, startLine: 1, endLine: 1 };
  if (config?.kind !== 'map') return unreadable('CircleCI', at, document);
  const started = startedIn(config);
  const jobs = entriesOf(below(config, 'jobs')).map(({ key, keyAt, value }): PipelineJob => ({
    name: key,
    at: keyAt,
    heeded: 'yes',
    // Without workflows, a job of the name `build` runs on each push.
    onChange: (started.get(key) ?? (started.size === 0 && key === 'build')) ? 'yes' : 'no',
    runs: started.size === 0 ? key === 'build' : started.has(key),
    environment: '',
    token: 'no such setting',
    steps: stepsOf(file, config, below(value, 'steps')),
  }));
  return {
    kind: 'pipeline',
    at,
    platform: 'CircleCI',
    name: file.path,
    onChange: jobs.some(({ onChange }) => onChange === 'yes') ? 'yes' : 'unclear',
    when: 'on each push',
    jobs,
    token: 'no such setting',
    faults: faultsIn(file, config),
    unread: below(config, 'setup') ? 'it is made while it runs (setup workflow)' : '',
  };
}

/** `.circleci/config.yml`. */
export default defineDocumentExtractor({
  id: 'pipelines/circleci',
  produces: ['pipeline'],
  *extract(repository) {
    const file = repository.file('.circleci/config.yml') ?? repository.file('.circleci/config.yaml');
    if (file) yield pipelineOf(file);
  },
});
