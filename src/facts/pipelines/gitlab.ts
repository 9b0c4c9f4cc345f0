import type {
  Location,
  Pipeline,
  PipelineJob,
  PipelineStep,
  Place,
  Repository,
  SourceFile,
  Truth,
} from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { plainPath } from '../../read/documents/path.ts';
import {
  below,
  entriesOf,
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
import { runList } from './run-text.ts';

/** Keys at the top that are no jobs, by GitLab's "CI/CD YAML syntax reference". */
const GLOBAL = new Set(['stages', 'variables', 'default', 'include', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script', 'spec', 'types']); // prettier-ignore
const DEFAULT_STAGES = ['.pre', 'build', 'test', 'deploy', '.post'];
const SHELL = { stopsOnError: true, pipefail: true };
const DEEPEST = 8;

/** The file and what it includes of this repository; templates of GitLab by name. */
interface Whole {
  readonly files: readonly { readonly file: SourceFile; readonly tree: Tree }[];
  readonly templates: readonly { readonly name: string; readonly at: Location }[];
  readonly unread: string;
  readonly faults: readonly Place[];
}

function wholeOf(repository: Repository, file: SourceFile, tree: Tree, around: readonly string[]): Whole {
  const files = [{ file, tree }];
  const templates: Whole['templates'][number][] = [];
  const faults: Place[] = [];
  let unread = '';
  const include = below(tree, 'include');
  for (const each of include?.kind === 'list' ? include.items : include ? [include] : []) {
    const local = textOf(below(each, 'local')) ?? textOf(each);
    const template = textOf(below(each, 'template'));
    if (template !== undefined) templates.push({ name: template, at: each.at });
    else if (local === undefined || /^https?:|[*$]/.test(local))
      unread = 'includes a file that is not in the repository';
    else {
      const other = repository.file(plainPath(local.replace(/^\//, '')));
      const content = other && contentOf(readPlainYaml(other))?.documents[0];
      if (!other) faults.push({ at: each.at, says: `includes ${local}, which is not in the repository` });
      if (!other || !content || around.includes(other.path) || around.length > DEEPEST) continue;
      const inner = wholeOf(repository, other, content, [...around, other.path]);
      files.push(...inner.files);
      templates.push(...inner.templates);
      faults.push(...inner.faults);
      unread ||= inner.unread;
    }
  }
  return { files, templates, unread, faults };
}

interface Job extends Entry {
  readonly file: SourceFile;
}

const jobsIn = ({ files }: Whole): readonly Job[] =>
  files.flatMap(({ file, tree }) =>
    entriesOf(tree)
      .filter(({ key, value }) => !GLOBAL.has(key) && value.kind === 'map')
      .map(entry => ({ ...entry, file })),
  );

/** A key of a job, its own or one that `extends` brings; the file in which it stands. */
function keyOf(
  job: Job,
  key: string,
  all: ReadonlyMap<string, Job>,
  depth = 0,
): { value: Tree; file: SourceFile } | undefined {
  const own = below(job.value, key);
  if (own) return { value: own, file: job.file };
  if (depth > DEEPEST) return undefined;
  for (const name of textsOf(below(job.value, 'extends')).toReversed()) {
    const base = all.get(name);
    const found = base && keyOf(base, key, all, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Only by hand, on a schedule or for a tag: not when code changes. */
function onChangeOf(key: (name: string) => Tree | undefined): Truth {
  const only = key('only');
  const refs = textsOf(below(only, 'refs') ?? only);
  if (refs.length > 0 && refs.every(ref => /^(tags|schedules|web|api|triggers)$/.test(ref))) return 'no';
  const rules = itemsOf(key('rules'));
  const isLate = (rule: Tree): boolean =>
    /CI_COMMIT_TAG\b|"schedule"|"web"/.test(textOf(below(rule, 'if')) ?? '') ||
    /^(manual|never|delayed)$/.test(textOf(below(rule, 'when')) ?? '');
  if (rules.length > 0 && rules.every(isLate)) return 'no';
  return textOf(key('when')) === 'manual' ? 'no' : 'yes';
}

function heededOf(key: (name: string) => Tree | undefined): Truth {
  const allowed = key('allow_failure');
  if (allowed?.kind === 'map') return 'unclear';
  if (allowed) return isTrue(allowed) ? 'no' : 'yes';
  return textOf(key('when')) === 'manual' && !key('rules') ? 'no' : 'yes';
}

function jobOf(whole: Whole, job: Job, all: ReadonlyMap<string, Job>): PipelineJob {
  const value = (name: string) => keyOf(job, name, all)?.value;
  const before =
    keyOf(job, 'before_script', all) ??
    whole.files
      .flatMap(({ file, tree }) => {
        const found = below(tree, 'default', 'before_script') ?? below(tree, 'before_script');
        return found ? [{ value: found, file }] : [];
      })
      .at(0);
  const steps = [before, keyOf(job, 'script', all)].flatMap(found =>
    found
      ? runList(found.file, found.value, SHELL).map((script): PipelineStep => ({
          does: 'run',
          at: script.at,
          heeded: 'yes',
          script,
          folder: '',
        }))
      : [],
  );
  const environment = value('environment');
  return {
    name: job.key,
    at: job.keyAt,
    heeded: heededOf(value),
    onChange: onChangeOf(value),
    runs: textOf(value('when')) !== 'never',
    environment: textOf(environment) ?? textOf(below(environment, 'name')) ?? '',
    token: 'no such setting',
    steps,
  };
}

function faultsIn(whole: Whole, jobs: readonly Job[], all: ReadonlyMap<string, Job>): readonly Place[] {
  const faults = [...whole.faults, ...whole.files.flatMap(({ file }) => doubledKeys(file))];
  // What an unread file brings may be what seems to be missing here.
  if (whole.unread !== '' || whole.templates.length > 0) return faults;
  const written = whole.files.flatMap(({ tree }) => textsOf(below(tree, 'stages')));
  const stages = new Set(written.length > 0 ? ['.pre', ...written, '.post'] : DEFAULT_STAGES);
  for (const job of jobs) {
    for (const name of textsOf(below(job.value, 'extends')))
      if (!all.has(name))
        faults.push({ at: job.keyAt, says: `job ${job.key} extends ${name}, which is not there` });
    if (job.key.startsWith('.')) continue;
    const value = (name: string) => keyOf(job, name, all)?.value;
    const stage = textOf(value('stage'));
    if (stage !== undefined && !stages.has(stage) && !stage.includes('$'))
      faults.push({
        at: value('stage')?.at ?? job.keyAt,
        says: `job ${job.key} is in stage ${stage}, which is not in stages`,
      });
    const needs = value('needs');
    for (const item of itemsOf(needs)) {
      const need = textOf(item) ?? textOf(below(item, 'job'));
      const isElsewhere = below(item, 'project') ?? below(item, 'pipeline') ?? below(item, 'optional');
      if (need !== undefined && !isElsewhere && !all.has(need.replace(/:.*/, '')) && !need.includes('$'))
        faults.push({ at: item.at, says: `job ${job.key} needs ${need}, which is no job` });
    }
    if (!value('script') && !value('trigger') && !value('run'))
      faults.push({ at: job.keyAt, says: `job ${job.key} has no script` });
  }
  return faults;
}

function pipelineOf(repository: Repository, file: SourceFile): Pipeline {
  const document = readPlainYaml(file);
  const tree = contentOf(document)?.documents.at(-1);
  const at = { path: file.path, startLine: 1, endLine: 1 };
  if (tree?.kind !== 'map') return unreadable('GitLab CI', at, document);
  const whole = wholeOf(repository, file, tree, [file.path]);
  const jobs = jobsIn(whole);
  const all = new Map(jobs.map(job => [job.key, job]));
  const own = jobs.filter(({ key }) => !key.startsWith('.')).map(job => jobOf(whole, job, all));
  const used = whole.templates.map(({ name, at: place }): PipelineJob => ({
    name,
    at: place,
    heeded: 'yes',
    onChange: 'yes',
    runs: true,
    environment: '',
    token: 'no such setting',
    steps: [{ does: 'use', at: place, heeded: 'yes', uses: name, version: '', inputs: {} }],
  }));
  const rules = below(tree, 'workflow', 'rules');
  return {
    kind: 'pipeline',
    at,
    platform: 'GitLab CI',
    name: file.path,
    onChange: onChangeOf(name => (name === 'rules' ? rules : undefined)) === 'no' ? 'unclear' : 'yes',
    when: 'on each push',
    jobs: [...own, ...used],
    token: 'no such setting',
    faults: faultsIn(whole, jobs, all),
    unread: whole.unread,
  };
}

/** `.gitlab-ci.yml` with what it includes of the repository. */
export default defineDocumentExtractor({
  id: 'pipelines/gitlab',
  produces: ['pipeline'],
  *extract(repository) {
    const file = repository.file('.gitlab-ci.yml') ?? repository.file('.gitlab-ci.yaml');
    if (file) yield pipelineOf(repository, file);
  },
});
