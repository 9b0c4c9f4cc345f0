import type {
  ComposeService,
  Image,
  Location,
  Place,
  Repository,
  StartCommand,
  StartPath,
  Term,
} from '../../../model/index.ts';

import { parseShell, type ShellCommand } from '../../../read/documents/shell.ts';
import { branchOf } from './branches.ts';
import type { Code } from '../../code/code.ts';
import type { Entry } from '../../code/reach.ts';
import { layoutOf, type Layout } from './layout.ts';
import { programOf, type Run } from './programs.ts';
import { servesInside } from './scripts.ts';
import { withSettings } from './settings.ts';
import { findTarget } from './target.ts';
import { unwrapped } from './unwrap.ts';

export interface StartRequest {
  readonly repository: Repository;
  readonly code: Code;
  readonly commands: readonly StartCommand[];
  readonly images: readonly Image[];
  readonly composed: readonly ComposeService[];
}

/** Where a command was found on the way, and the words that it came to. */
interface Step {
  readonly words: readonly string[];
  readonly at: Location;
  readonly way: readonly Place[];
  /** Changed by `cd`. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

interface Context extends StartRequest {
  readonly command: StartCommand;
  readonly layout: Layout;
}

/** Launchers in launchers: what is below is not followed. */
const DEEPEST = 5;

/** Every start command followed down to what it runs, and the modules where production enters the code. */
export function startPathsOf(request: StartRequest): {
  readonly startPaths: readonly StartPath[];
  readonly entries: readonly Entry[];
} {
  const followed = inForce(request.commands).flatMap(command => followCommand(request, command));
  const started = followed.filter(({ startPath }) => startPath.command.stage !== 'development');
  const counted = started.some(({ entries }) => entries.length > 0) ? started : followed;
  return {
    startPaths: followed.map(({ startPath }) => startPath),
    entries: counted.flatMap(({ entries }) => entries),
  };
}

/** Documents and makefiles count only where nothing else says what production starts. */
function inForce(commands: readonly StartCommand[]): readonly StartCommand[] {
  const isTold = ({ source }: StartCommand) => source === 'documents' || source === 'makefile';
  const real = commands.filter(command => !isTold(command));
  return real.some(command => command.stage !== 'development') ? real : commands;
}

interface Followed {
  readonly startPath: StartPath;
  readonly entries: readonly Entry[];
}

function followCommand(request: StartRequest, command: StartCommand): readonly Followed[] {
  const image = request.images.find(each => each.id === command.image);
  const composed = request.composed.find(
    each => command.source === 'compose' && each.at.path === command.at.path && each.name === command.name,
  );
  const layout = layoutOf(request.repository, request.code.modules, command, image, composed);
  const context: Context = { ...request, command, layout };
  const way: readonly Place[] = [{ at: command.at, says: `runs \`${shortened(command.text)}\`` }];
  return follow(context, stepsOf(command.commands, command.at, way), 0);
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 97)}…` : text);

const stepsOf = (
  commands: readonly (readonly string[])[],
  at: Location,
  way: readonly Place[],
): readonly Step[] => commands.map(words => ({ words, at, way, folder: '', variables: {} }));

function follow(context: Context, steps: readonly Step[], depth: number): readonly Followed[] {
  const found: Followed[] = [];
  let folder = '';
  for (const step of steps) {
    const { words, variables } = unwrapped(step.words);
    const [first = '', second = ''] = words;
    if (first === 'cd') {
      folder = second;
      continue;
    }
    const here: Step = {
      ...step,
      folder: step.folder || folder,
      variables: { ...step.variables, ...variables },
    };
    const run = programOf(first)?.(words.slice(1), step.at);
    if (run) found.push(...resolveRun(context, here, run));
    else if (depth < DEEPEST) found.push(...followScript(context, here, words, depth));
  }
  return found;
}

const SHELLS = /^(ba|da|a|z)?sh$/;

/** `./entrypoint.sh gunicorn …`, `bash start.sh`: the commands of the script, with `"$@"` filled in. */
function followScript(
  context: Context,
  step: Step,
  words: readonly string[],
  depth: number,
): readonly Followed[] {
  const isShell = SHELLS.test(words[0]?.split('/').at(-1) ?? '');
  const rest = isShell ? words.slice(1).filter(word => !word.startsWith('-')) : words;
  const [name, ...args] = rest;
  if (name === undefined || name.includes('$')) return [];
  const path = context.layout.inRepository(name);
  const file = path === undefined ? undefined : context.repository.file(path);
  if (!file) return [];
  if (!isShell && !/\.sh$/.test(name) && !/^#!.*\b(ba|da|a)?sh\b/.test(file.text)) return [];
  const known = new Map(Object.entries(step.variables));
  const steps = branchOf(parseShell(file.text, file.path, 1).commands, file.text, args[0]).flatMap(
    (command): Step[] => {
      learn(known, command);
      const texts = command.words.map(word => expanded(word.text, known));
      const filled = texts.flatMap(text => (/^"?\$(@|\*|\{@\})"?$/.test(text) ? args : [text]));
      if (filled.length === 0) return [];
      const says = `runs \`${shortened(command.text)}\``;
      return [{ ...step, words: filled, at: command.at, way: [...step.way, { at: command.at, says }] }];
    },
  );
  return follow(context, steps, depth + 1);
}

/** Remembers what the script sets: `A=b`, `export A=${A:-b}`. */
function learn(known: Map<string, string>, command: ShellCommand): void {
  for (const { name, value } of command.assignments) {
    const text = textOf(value);
    if (text !== undefined) known.set(name, expanded(text, known));
  }
  const exported = command.words[0]?.text === 'export' ? command.words.slice(1) : [];
  for (const { text } of exported) {
    const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
    if (name !== undefined) known.set(name, expanded(defaultIn(value).replace(/^["']|["']$/g, ''), known));
  }
}

/** The text that a value has when nothing from outside replaces it. */
function textOf(term: Term): string | undefined {
  const value = term.kind === 'env' ? term.fallback : term;
  return value?.kind === 'literal' && value.value !== null ? String(value.value) : undefined;
}

/** `${APP_MODULE:-app.main:app}` is `app.main:app` when nobody sets it. */
const defaultIn = (text: string): string => /^\$\{\w+:?-([^}]*)\}$/.exec(text)?.[1] ?? text;

/** Puts in the variables that the script itself has set. */
const expanded = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (all, braced?: string, bare?: string) => known.get(braced ?? bare ?? '') ?? all,
  );

function resolveRun(context: Context, step: Step, bare: Run): readonly Followed[] {
  const run = withSettings(context, step.folder, bare);
  const found = findTarget(context, step, run);
  const entries: Entry[] = found.module
    ? [{ module: found.module, isScript: found.isScript, object: found.object }]
    : [];
  const inside =
    run.serves.with === 'program' && found.module
      ? servesInside(context.code, found.module, found.isScript)
      : undefined;
  const serves = inside?.serves ?? run.serves;
  const startPath: StartPath = {
    kind: 'startPath',
    at: step.at,
    command: context.command,
    way: [...step.way, ...found.way, ...(inside?.way ?? [])],
    serves:
      serves.with === 'development-server' && serves.at.path === '' ? { ...serves, at: step.at } : serves,
    target: found.target,
    workers: inside?.workers ?? run.workers,
    requestTimeout: inside?.requestTimeout ?? run.requestTimeout,
    reload: inside?.reload ?? run.reload,
    debug: inside?.debug ?? run.debug,
    binds: inside?.binds ?? run.binds,
  };
  return [{ startPath, entries: [...entries, ...(inside?.entries ?? [])] }];
}
