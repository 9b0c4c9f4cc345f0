import { known, truth, type ImageProgram, type Location, type PackageInstall } from '../../model/index.ts';
import type { DockerInstruction } from '../../read/documents/dockerfile.ts';
import { plainText } from '../../read/documents/interpolation.ts';
import { absolutePath, baseName } from '../../read/documents/path.ts';
import { parseShell, type ShellCommand } from '../../read/documents/shell.ts';
import { opened } from './command-line.ts';
import { effectOf } from './installs.ts';
import { textIn, workdirOf, type StageState } from './stage-state.ts';

/** What a RUN does to its stage, command by command. */
export function runOf(instruction: DockerInstruction, state: StageState): void {
  const { at } = instruction;
  const user = known(state.user.value) ?? 'unclear';
  const commands: (readonly string[])[] = [];
  // `cd` and an activated environment last to the end of the RUN.
  const here = { workdir: workdirOf(state), virtualenv: virtualenvOf(state) };
  const isCertain = !CHOOSES.test(instruction.text);
  for (const command of commandsOf(instruction)) {
    const words = command.words.map(word => textIn(state.scope, word.text, word.at));
    for (const inner of opened(words, command.at)) {
      commands.push(inner);
      const [program = ''] = inner;
      if (isCertain && isLacking(state, program)) state.lacks.push({ at, program });
      if (inner[0] === 'cd') here.workdir = absolutePath(here.workdir, inner[1] ?? '/');
      else if (inner[0] === '.' || inner[0] === 'source')
        here.virtualenv = activated(inner[1] ?? '', here.workdir) ?? here.virtualenv;
      else applyCommand(state, inner, { ...here, user, at: command.at });
    }
  }
  state.runs.push({
    at,
    text: instruction.text,
    commands,
    user,
    workdir: workdirOf(state),
    stage: state.index,
  });
}

/** What is run only under a condition, or whose failure is caught, need not be there. */
const CHOOSES = /\|\||\bif\b|\[\s|\bcase\b|\bcommand -v\b/;

/** Programs that came with an image once and do not any more. */
const MAY_BE_GONE = ['corepack', 'yarn'];

const isLacking = ({ programs, programsKnown }: StageState, program: string): boolean =>
  programsKnown && MAY_BE_GONE.includes(program) && !programs.some(({ name }) => name === program);

function activated(path: string, workdir: string): string | undefined {
  const folder = /^(.*)\/bin\/activate$/.exec(path)?.[1];
  return folder === undefined ? undefined : absolutePath(workdir, folder);
}

function commandsOf(instruction: DockerInstruction): readonly ShellCommand[] {
  const { at, json, heredocs, script, scriptLine } = instruction;
  if (json)
    return parseShell(json.map(word => `'${word.replaceAll("'", '')}'`).join(' '), at.path, at.startLine)
      .commands;
  const [heredoc] = heredocs;
  // `RUN <<EOF`: the text below is the script. With a program in front it is that program's input.
  return heredoc !== undefined && script.trimStart().startsWith('<<')
    ? parseShell(heredoc, at.path, at.startLine + 1).commands
    : parseShell(script, at.path, scriptLine).commands;
}

interface Around {
  readonly workdir: string;
  readonly virtualenv: string;
  readonly user: string;
  readonly at: Location;
}

function applyCommand(state: StageState, words: readonly string[], around: Around): void {
  const variable = (name: string): string | undefined => {
    const term = state.environment.get(name);
    return term && plainText(term);
  };
  if (/poetry$/.test(words[0] ?? '') && words.join(' ').includes('virtualenvs.create false'))
    state.scope.set('POETRY_VIRTUALENVS_CREATE', { kind: 'literal', value: 'false', at: around.at });
  const scoped = (name: string): string | undefined => {
    const term = state.scope.get(name);
    return variable(name) ?? (term && plainText(term));
  };
  const effect = effectOf(words, { ...around, variable: scoped });
  if (effect.virtualenv) state.virtualenv = effect.virtualenv;
  state.programs = state.programs.filter(
    ({ name, from }) => from === 'base' || !effect.removed.includes(name),
  );
  state.programs.push(...effect.programs);
  for (const install of effect.installs)
    state.installs.push({ ...install, present: truth(true), user: around.user, stage: state.index });
}

/** The virtual environment in force: by VIRTUAL_ENV, or by its folder in front of PATH. */
function virtualenvOf(state: StageState): string {
  const named = state.environment.get('VIRTUAL_ENV');
  const path = state.environment.get('PATH');
  const first = path?.kind === 'text' ? path.parts[0] : path;
  const head = first?.kind === 'literal' ? String(first.value).split(':') : [];
  return (
    (named && plainText(named)) ??
    (head.includes(`${state.virtualenv}/bin`) ? state.virtualenv : undefined) ??
    head.flatMap(folder => /^(\/.*venv.*)\/bin$/.exec(folder)?.[1] ?? [])[0] ??
    ''
  );
}

/** Programs that come with COPY --from of single files: `COPY --from=ghcr.io/astral-sh/uv /uv /bin/`. */
export function copiedPrograms(copies: StageState['copies']): readonly ImageProgram[] {
  return copies.flatMap(({ copy }) =>
    copy.from.kind === 'context' || copy.from.kind === 'text' || !/\/s?bin(\/|$)/.test(copy.destination)
      ? []
      : copy.sources.map(source => ({ name: baseName(source), from: 'copy' as const, at: copy.at })),
  );
}

/** The usual places of packages, for an install that names none. */
const USUAL = /^\/usr(\/local)?(\/(lib|bin)(\/|$)|$)/;
/** The package manager of the system leaves /usr/local to others. */
const USUAL_OF_SYSTEM = /^\/usr(\/(lib|bin)(\/|$)|$)/;

/** The installs of an earlier stage as seen from one that copies from it: present where their place is copied. */
export function carriedInstalls(
  copies: StageState['copies'],
  index: number,
  installs: readonly PackageInstall[],
): readonly PackageInstall[] {
  const from = copies.flatMap(({ copy }) =>
    copy.from.kind === 'stage' && copy.from.index === index
      ? copy.sources.map(source => ({ source: absolutePath('/', source).replace(/(.)\/$/, '$1'), copy }))
      : [],
  );
  return installs.flatMap(install => {
    const usual = install.tool === 'system' ? USUAL_OF_SYSTEM : USUAL;
    const carrying = from.find(({ source }) =>
      install.into === '' ? usual.test(source) || source === '/' : covers(source, install.into),
    );
    if (!carrying) return [];
    return [{ ...install, into: rebased(install.into, carrying.source, carrying.copy.destination) }];
  });
}

const covers = (source: string, place: string): boolean =>
  source === '/' || place === source || place.startsWith(`${source}/`) || source.startsWith(`${place}/`);

function rebased(place: string, source: string, destination: string): string {
  if (place === '' || source === '/') return place;
  const target = destination.replace(/(.)\/$/, '$1');
  if (place === source) return target;
  if (place.startsWith(`${source}/`)) return target + place.slice(source.length);
  // A part of the place is copied: where it would be the whole of it.
  const rest = source.slice(place.length);
  return target.endsWith(rest) ? target.slice(0, -rest.length) : target;
}
