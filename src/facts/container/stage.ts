import {
  byDefault,
  literal,
  stated,
  unclear,
  unclearTerm,
  type BaseImage,
  type BuildArgument,
  type ExposedPort,
  type Healthcheck,
  type ImageCommand,
  type ImageCopy,
  type ImageProgram,
  type ImageRun,
  type Location,
  type PackageInstall,
  type Stated,
  type Term,
} from '../../model/index.ts';
import type { DockerInstruction, DockerStage } from '../../read/documents/dockerfile.ts';
import { interpolate, joined, plainText } from '../../read/documents/interpolation.ts';
import { absolutePath } from '../../read/documents/path.ts';
import { knownBase } from './base-programs.ts';
import { execCommand, shellFormCommand } from './command-line.ts';
import { copyOf } from './copies.ts';
import { healthcheckOf } from './healthcheck.ts';
import { runOf } from './runs.ts';

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
  volumes: [...earlier.volumes],
  labels: new Map(earlier.labels),
});

export interface StageContext {
  readonly globals: ReadonlyMap<string, Term>;
  /** Names and numbers of the stages before this one. */
  readonly stageIndex: (name: string) => number | undefined;
}

/** Applies the instructions of a stage, in order. */
export function applyInstructions(state: StageState, stage: DockerStage, context: StageContext): void {
  for (const instruction of stage.instructions) apply(state, instruction, context);
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

const SETTINGS = new Set(['ENV', 'ARG', 'LABEL']);

function apply(state: StageState, instruction: DockerInstruction, context: StageContext): void {
  if (SETTINGS.has(instruction.keyword)) applyProperties(state, instruction, context);
  else applyOther(state, instruction, context);
}

function applyProperties(state: StageState, instruction: DockerInstruction, { globals }: StageContext): void {
  // The values of one ENV line see what was set before the line, not each other.
  const before = new Map(state.scope);
  for (const { name, value, at } of instruction.properties) {
    const term = value === undefined ? undefined : valueIn(before, value, at);
    if (instruction.keyword === 'LABEL') state.labels.set(name, term ?? literal('', at));
    else if (instruction.keyword === 'ENV') {
      state.environment.set(name, term ?? literal('', at));
      state.scope.set(name, term ?? literal('', at));
    } else {
      const preset = term ?? globals.get(name);
      state.args.push({ name, default: preset, at, isGlobal: false });
      // ENV of the same name wins over ARG, whatever the order.
      if (!state.environment.has(name))
        state.scope.set(name, preset ?? unclearTerm(`it is the build argument ${name}`, at));
    }
  }
}

function applyOther(state: StageState, instruction: DockerInstruction, context: StageContext): void {
  const { at, text } = instruction;
  switch (instruction.keyword) {
    case 'WORKDIR':
      state.workdir = { value: nextWorkdir(state, text, at), at };
      return;
    case 'USER':
      state.user = { value: userOf(state, text, at), at };
      return;
    case 'EXPOSE':
      state.ports.push(...portsOf(state, text, at));
      return;
    case 'COPY':
    case 'ADD':
      state.copies.push({ copy: copyOf(instruction, state, context), workdir: workdirOf(state) });
      return;
    case 'RUN':
      runOf(instruction, state);
      return;
    case 'VOLUME':
      for (const path of instruction.json ?? text.split(/\s+/))
        state.volumes.push({ value: stated(textIn(state.scope, path, at)), at });
      return;
    case 'STOPSIGNAL':
      state.stopSignal = { value: stated(textIn(state.scope, text, at)), at };
      return;
    case 'HEALTHCHECK':
      state.healthcheck = healthcheckOf(instruction);
      return;
    default:
      applyCommand(state, instruction);
  }
}

function applyCommand(state: StageState, { keyword, json, script, text, at }: DockerInstruction): void {
  if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT') return;
  const command = json
    ? execCommand(json, text, at)
    : { ...shellFormCommand(script, at), text, words: ['/bin/sh', '-c', text] };
  if (keyword === 'CMD') {
    state.command = command;
    return;
  }
  state.entrypoint = command;
  // An entry point takes away the command that came with the image it begins from.
  if (state.command && state.command.at.startLine < state.startLine) state.command = undefined;
}

export const workdirOf = (state: StageState): string =>
  state.workdir.value.state === 'unclear' ? '/' : state.workdir.value.value;

function nextWorkdir(state: StageState, text: string, at: Location): Stated<string>['value'] {
  const path = plainText(valueIn(state.scope, unquoted(text), at));
  return path === undefined
    ? unclear(`${text} is put together when it is built`)
    : stated(absolutePath(workdirOf(state), path).replace(/(.)\/$/, '$1'));
}

function userOf(state: StageState, text: string, at: Location): Stated<string>['value'] {
  const user = plainText(valueIn(state.scope, unquoted(text), at));
  return user === undefined || user === ''
    ? unclear(`${text} is put together when it is built`)
    : stated(user.split(':')[0] ?? user);
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

function portsOf(state: StageState, text: string, at: Location): readonly ExposedPort[] {
  return text.split(/\s+/).flatMap((word): readonly ExposedPort[] => {
    if (word === '' || word.startsWith('#')) return [];
    const plain = plainText(valueIn(state.scope, word, at))?.split('/')[0] ?? '';
    const [from = NaN, to = from] = plain.split('-').map(Number);
    if (!Number.isInteger(from)) return [{ port: unclear(`${word} is put together when it is built`), at }];
    const last = Math.min(to, from + 20);
    return Array.from({ length: last - from + 1 }, (_, index) => ({ port: stated(from + index), at }));
  });
}
