import type { Pipeline, PipelineJob, PipelineStep, Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { below, type Tree } from '../../read/documents/tree.ts';
import { readPlainYaml } from '../../read/documents/yaml.ts';
import { defineDocumentExtractor } from '../define.ts';
import { scriptOf } from '../documents/scripts.ts';
import { doubledKeys, unreadable } from './faults.ts';
import { runList } from './run-text.ts';

const stepOf = (script: ReturnType<typeof scriptOf>): PipelineStep => ({
  does: 'run',
  at: script.at,
  heeded: 'yes',
  script,
  folder: '',
});

const jobOf = (name: string, at: PipelineJob['at'], steps: readonly PipelineStep[]): PipelineJob => ({
  name,
  at,
  heeded: 'yes',
  onChange: 'yes',
  runs: true,
  environment: '',
  token: 'no such setting',
  steps,
});

/** The phases of Travis in their order; each command runs by itself and a failure is kept to the end. */
const PHASES = ['before_install', 'install', 'before_script', 'script'];
const BY_ITSELF = { stopsOnError: true, pipefail: false };

function travis(file: SourceFile): Pipeline {
  const document = readPlainYaml(file);
  const tree = contentOf(document)?.documents[0];
  const at = { path: file.path, startLine: 1, endLine: 1 };
  if (tree?.kind !== 'map') return unreadable('Travis CI', at, document);
  const list = (phase: string): Tree | undefined => below(tree, phase);
  const steps = PHASES.flatMap(phase => runList(file, list(phase), BY_ITSELF)).map(stepOf);
  return {
    ...base('Travis CI', file),
    onChange: 'yes',
    when: 'on each push',
    jobs: [jobOf('job', at, steps)],
    faults: doubledKeys(file),
    unread: (below(tree, 'jobs') ?? below(tree, 'import')) ? 'jobs of its own are not read' : '',
  };
}

const base = (platform: string, file: SourceFile): Pipeline => ({
  kind: 'pipeline',
  at: { path: file.path, startLine: 1, endLine: 1 },
  platform,
  name: file.path,
  onChange: 'unclear',
  when: 'as its server says',
  jobs: [],
  token: 'no such setting',
  faults: [],
  unread: 'this platform is not read yet',
});

/** `sh 'make test'`, with one or three quotes of either kind; nothing else of the language is read. */
const SH = /\bsh\s*\(?\s*(?:script:\s*)?("""|'''|"|')([\s\S]*?)\1/g;

function jenkins(file: SourceFile): Pipeline {
  const text = file.text.replace(/^\s*\/\/.*$/gm, '');
  const steps = Array.from(text.matchAll(SH), match => {
    const line = text.slice(0, match.index).split('\n').length;
    const shell = parseShell(match[2] ?? '', file.path, line);
    return stepOf(
      // Jenkins calls `sh -xe`.
      scriptOf({ ...shell, stopsOnError: true }, file.path, '', {
        path: file.path,
        startLine: line,
        endLine: line,
      }),
    );
  });
  const at = { path: file.path, startLine: 1, endLine: 1 };
  const isTold = /pollSCM|githubPush|gitlab\s*\(/.test(text);
  return {
    ...base('Jenkins', file),
    onChange: isTold ? 'yes' : 'unclear',
    when: isTold ? 'on each push' : 'as its server says',
    jobs: [jobOf('pipeline', at, steps)],
    unread: /@Library|\bload\b/.test(text) ? 'it loads a library that is not here' : '',
  };
}

const UNREAD: Readonly<Record<string, string>> = {
  'bitbucket-pipelines.yml': 'Bitbucket Pipelines',
  '.drone.yml': 'Drone',
  '.woodpecker.yml': 'Woodpecker',
  '.cirrus.yml': 'Cirrus CI',
  'appveyor.yml': 'AppVeyor',
  'buildspec.yml': 'AWS CodeBuild',
  '.buildkite/pipeline.yml': 'Buildkite',
  '.semaphore/semaphore.yml': 'Semaphore',
};

/** Its triggers name any file: by custom it is called so, or lies in a folder that is. */
const isCloudBuild = ({ path, text }: SourceFile): boolean =>
  /(^|\/)cloudbuild([\w.-]*|\/[^/]+)\.ya?ml$/.test(path) && /^steps:/m.test(text);

function* othersIn(repository: Repository): Generator<Pipeline> {
  const found = repository.file('.travis.yml');
  if (found) yield travis(found);
  const groovy = repository.file('Jenkinsfile');
  if (groovy) yield jenkins(groovy);
  for (const [path, platform] of Object.entries(UNREAD)) {
    const file = repository.file(path);
    if (file) yield base(platform, file);
  }
  for (const file of repository.files.filter(isCloudBuild)) yield base('Google Cloud Build', file);
}

/** Travis and Jenkins as far as their commands stand there plainly; other platforms by name. */
export default defineDocumentExtractor({
  id: 'pipelines/others',
  produces: ['pipeline'],
  extract: othersIn,
});
