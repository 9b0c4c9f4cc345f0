import {
  byDefault,
  unclear,
  type BaseImage,
  type BuildArgument,
  type ExposedPort,
  type Healthcheck,
  type ImageCommand,
  type ImageCopy,
  type ImageProgram,
  type ImageRun,
  type LackingProgram,
  type Location,
  type PackageInstall,
  type Stated,
  type Term,
} from '../../model/index.ts';
import type { DockerStage } from '../../read/documents/dockerfile.ts';
import { interpolate, joined, plainText } from '../../read/documents/interpolation.ts';
import { knownBase } from './base-programs.ts';

/** What a stage has become after its last instruction; a later stage that begins from it goes on with a copy. */
export interface StageState {
  readonly index: number;
  /** Of its FROM. */
  readonly startLine: number;
  readonly base: BaseImage;
  /** The stages it is made from, this one last. */
  readonly chain: readonly number[];
  /** What variables come to: ARG and ENV. */
  readonly scope: Map<string, Term>;
  readonly environment: Map<string, Term>;
  readonly args: BuildArgument[];
  workdir: Stated<string>;
  user: Stated<string>;
  readonly ports: ExposedPort[];
  readonly copies: { readonly copy: ImageCopy; readonly workdir: string }[];
  programs: ImageProgram[];
  readonly programsKnown: boolean;
  readonly installs: PackageInstall[];
  readonly runs: ImageRun[];
  /** Programs that its own commands run and that it does not have at that point. */
  readonly lacks: LackingProgram[];
  entrypoint: ImageCommand | undefined;
  command: ImageCommand | undefined;
  healthcheck: Healthcheck | undefined;
  readonly volumes: Stated<string>[];
  readonly labels: Map<string, Term>;
  stopSignal: Stated<string> | undefined;
  virtualenv: string;
}

/** A stage that begins from an image outside the file. */
export function fromImage(stage: DockerStage, base: BaseImage): StageState {
  const at = stage.from.at;
  const known =
    base.name.state === 'unclear' || base.tag.state === 'unclear'
      ? undefined
      : knownBase(base.name.value, base.tag.value);
  const because = `the image ${base.text} may set it`;
  return {
    index: stage.index,
    startLine: at.startLine,
    base,
    chain: [stage.index],
    scope: new Map(),
    environment: new Map(),
    args: [],
    workdir: { value: byDefault('/'), at },
    user: { value: known ? byDefault(known.user) : unclear(because), at },
    ports: [],
    copies: [],
    programs: (known?.programs ?? []).map(name => ({ name, from: 'base', at })),
    programsKnown: known !== undefined,
    installs: [],
    runs: [],
    lacks: [],
    entrypoint: undefined,
    command: undefined,
    healthcheck: undefined,
    volumes: [],
    labels: new Map(),
    stopSignal: undefined,
    virtualenv: '',
  };
}

/** A stage that begins from an earlier one: everything but its build arguments goes on. */
export const fromStage = (stage: DockerStage, earlier: StageState): StageState => ({
  ...earlier,
  index: stage.index,
  startLine: stage.from.at.startLine,
  chain: [...earlier.chain, stage.index],
  scope: new Map(earlier.environment),
  environment: new Map(earlier.environment),
  args: [],
  ports: [...earlier.ports],
  copies: [...earlier.copies],
  programs: [...earlier.programs],
  installs: [...earlier.installs],
  runs: [...earlier.runs],
  lacks: [],
  volumes: [...earlier.volumes],
  labels: new Map(earlier.labels),
});

export interface StageContext {
  readonly globals: ReadonlyMap<string, Term>;
  /** Names and numbers of the stages before this one. */
  readonly stageIndex: (name: string) => number | undefined;
}

/** The text with its variables, as far as the stage knows them. */
export const valueIn = (scope: ReadonlyMap<string, Term>, text: string, at: Location): Term =>
  substituted(interpolate(text, at, 'docker'), scope, 0);

function substituted(term: Term, scope: ReadonlyMap<string, Term>, depth: number): Term {
  if (depth > 20) return term;
  switch (term.kind) {
    case 'env': {
      const known = scope.get(term.name);
      if (known) return known;
      return term.fallback ? substituted(term.fallback, scope, depth + 1) : term;
    }
    case 'text':
      return joined(
        term.parts.map(part => substituted(part, scope, depth + 1)),
        term.at,
      );
    default:
      return term;
  }
}

/** The text, with variables put in where they are known and as written where they are not. */
export const textIn = (scope: ReadonlyMap<string, Term>, text: string, at: Location): string =>
  plainText(valueIn(scope, text, at)) ?? text;

export const workdirOf = (state: StageState): string =>
  state.workdir.value.state === 'unclear' ? '/' : state.workdir.value.value;
