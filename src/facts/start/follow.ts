import type {
  ComposeService,
  Image,
  Location,
  Place,
  Repository,
  StartCommand,
  StartPath,
  Term,
} from '../../model/index.ts';
import { parseShell, type ShellCommand } from '../../read/documents/shell.ts';
import { branchOf } from './branches.ts';
import { layoutOf, type Layout } from './layout.ts';
import { unwrapped } from './unwrap.ts';

export interface StartRequest {
  readonly repository: Repository;
  readonly commands: readonly StartCommand[];
  readonly images: readonly Image[];
  readonly composed: readonly ComposeService[];
}

/** Where a command was found on the way, and the words that it came to. */
export interface Step {
  readonly words: readonly string[];
  readonly at: Location;
  readonly way: readonly Place[];
  /** As the command sees it, from its working directory; changed by `cd`. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface StartContext {
  readonly repository: Repository;
  readonly command: StartCommand;
  readonly image: Image | undefined;
  readonly layout: Layout;
}

/** A start command that has come to its end; `entries` are where production enters the code of a language. */
export interface Followed<Entry> {
  readonly startPath: StartPath;
  readonly entries: readonly Entry[];
}

/** What a language makes of one command: what it starts in the end, or more commands to be followed. */
export type Launch<Entry> =
  | { readonly kind: 'started'; readonly followed: readonly Followed<Entry>[] }
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  | { readonly kind: 'several'; readonly launches: readonly Launch<Entry>[] };

/** Knows the programs that start services of one language; `undefined` for all others. */
export type Launcher<Entry> = (context: StartContext, step: Step) => Launch<Entry> | undefined;

/** Launchers in launchers: what is below is not followed. */
const DEEPEST = 8;

/** Every start command followed down to what it runs, and where production enters the code. */
export function startPathsOf<Entry>(
  request: StartRequest,
  launchers: readonly Launcher<Entry>[],
): { readonly startPaths: readonly StartPath[]; readonly entries: readonly Entry[] } {
  const followed = inForce(request.commands).flatMap(command => followCommand(request, command, launchers));
  const started = followed.filter(({ startPath }) => startPath.command.stage !== 'development');
  const counted = started.some(({ entries }) => entries.length > 0) ? started : followed;
  return {
    startPaths: followed.map(({ startPath }) => startPath),
    entries: counted.flatMap(({ entries }) => entries),
  };
}

/** Scripts of a package count where nothing is deployed, documents and makefiles where nothing else is left. */
function inForce(commands: readonly StartCommand[]): readonly StartCommand[] {
  for (const weight of [0, 1]) {
    const some = commands.filter(({ source }) => weightOf(source) <= weight);
    if (some.some(({ stage }) => stage !== 'development')) return some;
  }
  return commands;
}

const weightOf = (source: StartCommand['source']): number =>
  source === 'documents' || source === 'makefile' ? 2 : source === 'package-script' ? 1 : 0;

function followCommand<Entry>(
  request: StartRequest,
  command: StartCommand,
  launchers: readonly Launcher<Entry>[],
): readonly Followed<Entry>[] {
  const { repository } = request;
  const image = request.images.find(each => each.id === command.image);
  const composed = request.composed.find(
    each => command.source === 'compose' && each.at.path === command.at.path && each.name === command.name,
  );
  const context: StartContext = {
    repository,
    command,
    image,
    layout: layoutOf(repository, command, image, composed),
  };
  const way: readonly Place[] = [{ at: command.at, says: runs(command.text) }];
  const steps = command.commands.map(words => ({ words, at: command.at, way, folder: '', variables: {} }));
  return follow(context, launchers, steps, 0);
}

/** What is said of a command on the way. */
export const runs = (text: string): string =>
  `runs \`${text.length > 100 ? `${text.slice(0, 97)}…` : text}\``;

function follow<Entry>(
  context: StartContext,
  launchers: readonly Launcher<Entry>[],
  steps: readonly Step[],
  depth: number,
): readonly Followed<Entry>[] {
  if (depth > DEEPEST) return [];
  const found: Followed<Entry>[] = [];
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
      words,
      folder: step.folder || folder,
      variables: { ...step.variables, ...variables },
    };
    const launch = launchers.reduce<Launch<Entry> | undefined>(
      (one, launcher) => one ?? launcher(context, here),
      undefined,
    );
    found.push(
      ...followLaunch(
        context,
        launchers,
        launch ?? { kind: 'steps', steps: scriptSteps(context, here) },
        depth,
      ),
    );
  }
  return found;
}

function followLaunch<Entry>(
  context: StartContext,
  launchers: readonly Launcher<Entry>[],
  launch: Launch<Entry>,
  depth: number,
): readonly Followed<Entry>[] {
  switch (launch.kind) {
    case 'started':
      return launch.followed;
    case 'steps':
      return follow(context, launchers, launch.steps, depth + 1);
    case 'several':
      return launch.launches.flatMap(each => followLaunch(context, launchers, each, depth));
  }
}

const SHELLS = /^(ba|da|a|z)?sh$/;

/** `./entrypoint.sh gunicorn …`, `bash start.sh`: the commands of the script, with `"$@"` filled in. */
function scriptSteps(context: StartContext, step: Step): readonly Step[] {
  const { words } = step;
  const isShell = SHELLS.test(words[0]?.split('/').at(-1) ?? '');
  const rest = isShell ? words.slice(1).filter(word => !word.startsWith('-')) : words;
  const [name, ...args] = rest;
  if (name === undefined || name.includes('$')) return [];
  const path = context.layout.inRepository(name);
  const file = path === undefined ? undefined : context.repository.file(path);
  if (!file) return [];
  if (!isShell && !/\.sh$/.test(name) && !/^#!.*\b(ba|da|a)?sh\b/.test(file.text)) return [];
  const known = new Map(Object.entries(step.variables));
  return branchOf(parseShell(file.text, file.path, 1).commands, file.text, args[0]).flatMap(
    (command): Step[] => {
      learn(known, command);
      const texts = command.words.map(word => expanded(word.text, known));
      const filled = texts.flatMap(text => (/^"?\$(@|\*|\{@\})"?$/.test(text) ? args : [text]));
      if (filled.length === 0) return [];
      const place: Place = { at: command.at, says: runs(command.text) };
      return [{ ...step, words: filled, at: command.at, way: [...step.way, place] }];
    },
  );
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
