import {
  literal,
  stated,
  unclear,
  unclearTerm,
  type ExposedPort,
  type Location,
  type Stated,
} from '../../model/index.ts';
import type { DockerInstruction, DockerStage } from '../../read/documents/dockerfile.ts';
import { plainText } from '../../read/documents/interpolation.ts';
import { absolutePath } from '../../read/documents/path.ts';
import { execCommand, shellFormCommand } from './command-line.ts';
import { copyOf } from './copies.ts';
import { healthcheckOf } from './healthcheck.ts';
import { runOf } from './runs.ts';
import { textIn, valueIn, workdirOf, type StageContext, type StageState } from './stage-state.ts';

/** Applies the instructions of a stage, in order. */
export function applyInstructions(state: StageState, stage: DockerStage, context: StageContext): void {
  for (const instruction of stage.instructions) apply(state, instruction, context);
}

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
