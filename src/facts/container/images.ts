import {
  byDefault,
  sourcesAt,
  stated,
  type Image,
  type ImageContent,
  type ImageStage,
  type Location,
  type PackageInstall,
  type Repository,
  type SourceFile,
  type Term,
  type Value,
} from '../../model/index.ts';
import { readDockerfile, type DockerfileContent, type DockerStage } from '../../read/documents/dockerfile.ts';
import { absolutePath, baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { buildUses, dockerfilesIn } from './builds.ts';
import { contentsOf } from './copies.ts';
import { referenceOf } from './reference.ts';
import { carriedInstalls, copiedPrograms } from './runs.ts';
import { applyInstructions } from './stage.ts';
import { fromImage, fromStage, textIn, valueIn, type StageState } from './stage-state.ts';

const known = new WeakMap<Repository, readonly Image[]>();

/** The images that the tree defines: the final stage of each Dockerfile, and the stages that something names. */
export function imagesIn(repository: Repository): readonly Image[] {
  const before = known.get(repository);
  if (before) return before;
  const images = dockerfilesIn(repository).flatMap(file => imagesOf(repository, file));
  known.set(repository, images);
  return images;
}

function imagesOf(repository: Repository, file: SourceFile): readonly Image[] {
  const document = readDockerfile(file);
  if (document.state === 'problem') return [];
  const { stages } = document.content;
  const built = statesOf(document.content);
  const uses = buildUses(repository).filter(use => use.dockerfile === file.path);
  const final = stages.length - 1;
  const targets = new Set([final]);
  for (const { target } of uses) {
    const index = target === '' ? final : stageIndexIn(stages, target);
    if (index !== undefined) targets.add(index);
  }
  return [...targets]
    .sort((a, b) => b - a)
    .flatMap(index => {
      const stage = stages[index];
      return stage ? [imageOf({ repository, file, content: document.content, built, uses }, stage)] : [];
    });
}

const stageIndexIn = (stages: readonly DockerStage[], name: string): number | undefined =>
  stages.find(stage => stage.name === name.toLowerCase() && stage.name !== '')?.index ??
  (/^\d+$/.test(name) && Number(name) < stages.length ? Number(name) : undefined);

function statesOf(content: DockerfileContent): readonly StageState[] {
  const globals = new Map<string, Term>();
  for (const { properties } of content.globals)
    for (const { name, value, at } of properties)
      if (value !== undefined) globals.set(name, valueIn(globals, value, at));
  const states: StageState[] = [];
  for (const stage of content.stages) {
    const before = content.stages.slice(0, stage.index);
    const base = textIn(globals, stage.base, stage.from.at);
    const parent = before.findLast(each => each.name !== '' && each.name === base.toLowerCase());
    const earlier = parent && states[parent.index];
    const state = earlier
      ? fromStage(stage, earlier)
      : fromImage(stage, referenceOf(stage.base, valueIn(globals, stage.base, stage.from.at), stage.from.at));
    applyInstructions(state, stage, { globals, stageIndex: name => stageIndexIn(before, name) });
    states.push(state);
  }
  return states;
}

interface Build {
  readonly repository: Repository;
  readonly file: SourceFile;
  readonly content: DockerfileContent;
  readonly built: readonly StageState[];
  readonly uses: readonly { readonly context: string; readonly target: string }[];
}

function imageOf(build: Build, stage: DockerStage): Image {
  const { repository, file, content, built } = build;
  const state =
    built[stage.index] ??
    fromImage(stage, referenceOf(stage.base, valueIn(new Map(), stage.base, stage.at), stage.at));
  const isFinal = stage.index === content.stages.length - 1;
  const context = contextOf(build);
  const contextFolder = context.state === 'unclear' ? '' : context.value;
  const contents = contentsIn(build, contextFolder);
  return {
    kind: 'image',
    at: stage.at,
    id: isFinal ? file.path : `${file.path}#${stage.name || String(stage.index)}`,
    path: file.path,
    stage: stage.name,
    isFinal,
    stages: content.stages.map(each => stageFact(each, built[each.index])),
    base: state.base,
    context,
    ignoreFile: ignoreFileOf(repository, file.path, context),
    workdir: state.workdir,
    user: state.user,
    environment: Object.fromEntries(state.environment),
    args: [...globalsOf(content), ...state.args],
    ports: state.ports,
    copies: state.copies.map(({ copy }) => copy),
    contents: contents(stage.index),
    programs: [...state.programs, ...copiedPrograms(state.copies)],
    programsKnown: state.programsKnown,
    installs: allInstalls(built, stage.index).map(install =>
      located(install, contents(install.stage), repository, contextFolder),
    ),
    runs: state.runs,
    builds: buildsFor(built, state),
    entrypoint: state.entrypoint,
    command: state.command,
    healthcheck: state.healthcheck,
    volumes: state.volumes,
    labels: Object.fromEntries(state.labels),
    stopSignal: state.stopSignal,
  };
}

function stageFact(stage: DockerStage, state: StageState | undefined): ImageStage {
  const parent = state?.chain.at(-2);
  const at: Location = stage.at;
  return {
    index: stage.index,
    name: stage.name,
    at,
    base: state?.base ?? referenceOf(stage.base, valueIn(new Map(), stage.base, at), at),
    from: parent,
    copies: (state?.copies ?? []).map(({ copy }) => copy),
    lacks: state?.lacks ?? [],
  };
}

const globalsOf = (content: DockerfileContent): Image['args'] =>
  content.globals.flatMap(({ properties }) =>
    properties.map(({ name, value, at }) => ({
      name,
      default: value === undefined ? undefined : valueIn(new Map(), value, at),
      at,
      isGlobal: true,
    })),
  );

/** The contents of each stage, worked out once, as a stage may be copied from many times. */
function contentsIn(
  { repository, built }: Build,
  context: string,
): (index: number) => readonly ImageContent[] {
  const found = new Map<number, readonly ImageContent[]>();
  const of = (index: number): readonly ImageContent[] => {
    const before = found.get(index);
    if (before) return before;
    const state = built[index];
    const contents = state ? contentsOf(state.copies, context, repository, of).slice(-MAX_CONTENTS) : [];
    found.set(index, contents);
    return contents;
  };
  return of;
}

/** Its manifests and projects as paths of the repository, by what was copied to where they are looked for. */
function located(
  install: PackageInstall,
  contents: readonly ImageContent[],
  repository: Repository,
  context: string,
): PackageInstall {
  const copied = (path: string) => sourcesAt({ contents }, path).find(each => repository.exists(each));
  // A bind mount of the build shows the context itself.
  const mounted = (path: string) => joinPath(context, path.split('/').slice(-1)[0] ?? '');
  const place = (path: string): string =>
    copied(path) ?? (repository.file(mounted(path)) ? mounted(path) : path);
  /** Often the manifest alone is copied before the install. */
  const project = (path: string): string => {
    const manifest = MANIFESTS.flatMap(name => copied(absolutePath(path, name)) ?? [])[0];
    return copied(path) ?? (manifest === undefined ? place(path) : folderOf(manifest));
  };
  return {
    ...install,
    what: install.what.map(thing =>
      thing.kind === 'package'
        ? thing
        : { ...thing, path: thing.kind === 'project' ? project(thing.path) : place(thing.path) },
    ),
  };
}

/** Files that make a folder a project. */
const MANIFESTS = ['package.json', 'pyproject.toml', 'Pipfile', 'setup.py'];

/** Stages that copy each other twice double what they hold each time. */
const MAX_INSTALLS = 1_000;
const MAX_CONTENTS = 5_000;

/** The installs of a stage, those it gets by COPY from earlier ones, and those of the file that stay behind. */
function allInstalls(built: readonly StageState[], index: number): readonly PackageInstall[] {
  const found = new Map<number, readonly PackageInstall[]>();
  const presentIn = (at: number): readonly PackageInstall[] => {
    const state = built[at];
    const before = found.get(at);
    if (before || !state) return before ?? [];
    const carried = built
      .slice(0, at)
      .filter(earlier => !state.chain.includes(earlier.index))
      .flatMap(earlier => carriedInstalls(state.copies, earlier.index, presentIn(earlier.index)));
    const present = [...carried, ...state.installs].slice(-MAX_INSTALLS);
    found.set(at, present);
    return present;
  };
  const present = presentIn(index);
  const lines = new Set(present.map(({ at }) => at.startLine));
  const behind = built
    .slice(0, index)
    .flatMap(({ installs }) => installs)
    .filter(({ at }) => !lines.has(at.startLine) && lines.add(at.startLine));
  return [...present, ...behind.map(install => ({ ...install, present: 'no' as const }))];
}

/** The commands of the stages that it copies from, and of those that these copy from. */
function buildsFor(built: readonly StageState[], final: StageState): Image['builds'] {
  const seen = new Set(final.chain);
  const open = [final];
  const found = new Set<Image['builds'][number]>();
  for (let state = open.pop(); state; state = open.pop())
    for (const { copy } of state.copies) {
      const earlier = copy.from.kind === 'stage' ? built[copy.from.index] : undefined;
      if (!earlier || seen.has(earlier.index)) continue;
      seen.add(earlier.index);
      open.push(earlier);
      for (const run of earlier.runs) found.add(run);
    }
  return [...found].filter(run => !final.runs.includes(run));
}

/** As compose or a build command says; else the nearest folder that has most of what is copied. */
function contextOf({ repository, file, built, uses }: Build): Value<string> {
  const [use] = uses.filter(({ context }) => !context.startsWith('..'));
  if (use) return stated(use.context);
  const sources = built
    .flatMap(({ copies }) => copies)
    .flatMap(({ copy }) => (copy.from.kind === 'context' ? copy.sources : []))
    .filter(source => source !== '.' && source !== './');
  let best = folderOf(file.path);
  let most = isMadeAbove(folderOf(file.path), built) ? 0 : -1;
  if (most === 0) best = '';
  for (
    let folder: string | undefined = best;
    folder !== undefined;
    folder = folder === '' ? undefined : folderOf(folder)
  ) {
    const here = folder;
    const count = sources.filter(
      source => !/[*?]/.test(source) && repository.exists(joinPath(here, source.replace(/^\/+/, ''))),
    ).length;
    if (count > most) {
      best = here;
      most = count;
    }
  }
  return byDefault(best);
}

/** Copies of earlier stages name the folder of the Dockerfile: what is built there is the tree around it. */
const isMadeAbove = (folder: string, built: readonly StageState[]): boolean =>
  folder !== '' &&
  built.some(({ copies }) =>
    copies.some(
      ({ copy }) =>
        copy.from.kind === 'stage' && copy.sources.some(source => `${source}/`.includes(`/${folder}/`)),
    ),
  );

function ignoreFileOf(repository: Repository, path: string, context: Value<string>): string {
  const root = context.state === 'unclear' ? '' : context.value;
  const own = `${joinPath(folderOf(path), baseName(path))}.dockerignore`;
  return (
    [own, joinPath(root, '.dockerignore'), joinPath(root, '.containerignore')].find(each =>
      repository.file(each),
    ) ?? ''
  );
}
