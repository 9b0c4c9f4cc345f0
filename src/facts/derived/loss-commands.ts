import type { DataLoss, Location, Place, Script, Truth } from '../../model/index.ts';
import { folderOf } from '../../read/documents/path.ts';
import { parseShell } from '../../read/documents/shell.ts';
import type { ServiceView } from '../define.ts';
import { unwrapped } from '../start/unwrap.ts';
import { packageScriptsOf } from './package-scripts.ts';
import { programIn } from './programs.ts';

/** A command of the repository that somebody is meant to run in production. */
export interface RunCommand {
  readonly at: Location;
  readonly text: string;
  /** Its simple commands, split as the shell would. */
  readonly commands: readonly (readonly string[])[];
  /** Where its relative paths begin. */
  readonly folder: string;
  /** The commands that lead to it, the first one first. */
  readonly way: readonly Place[];
  readonly runs: Exclude<DataLoss['runs'], 'nobody'>;
  readonly guarded: Truth;
}

const wordsIn = (text: string): readonly (readonly string[])[] =>
  parseShell(text, '', 1).commands.map(({ words }) => words.map(word => word.text));

/** The words of a command inside of containers and wrappers: `npm run seed` of `docker compose exec api npm run seed`. */
export const plainWords = (words: readonly string[]): readonly string[] => unwrapped(programIn(words)).words;

/** Scripts and Makefile targets for a deployment, by their name; those that say they reset are no surprise. */
const DEPLOYS =
  /(^|[/_.-])(deploy(ment)?|release|rollout|provision|install|update|upgrade|prod(uction)?|start|boot|entrypoint|prestart)([_.-]|$)/i;
const RESETS = /reset|clean|teardown|destroy|uninstall|drop|wipe|dev|local|test|seed|demo/i;
const PRODUCTION =
  /deploy|production|server|install|release|upgrade|updat|go[- ]live|(?<!database )operation|hosting/i;
const ELSEWHERE =
  /develop|local|test|reset|clean|troubleshoot|uninstall|contribut|machine|wipe|tear|recover|restore|rollback|from scratch|danger/i;

/** A question to the person who runs it, before the command. */
const asks = ({ commands }: Script, line: number): boolean =>
  commands.some(({ words, at }) => words[0] === 'read' && at.startLine <= line);

function* inScripts({ facts, repository }: ServiceView): Generator<RunCommand> {
  const started = new Set(
    facts
      .all('startPath')
      .filter(({ command }) => command.stage !== 'development')
      .flatMap(({ way }) => way.map(({ at }) => at.path)),
  );
  for (const script of facts.all('script')) {
    const role = repository.file(script.path)?.role;
    if (role === 'test' || role === 'example' || role === 'docs') continue;
    const name = script.name === '' ? (script.path.split('/').at(-1) ?? '') : script.name;
    const runs =
      started.has(script.path) && script.name === ''
        ? 'at the start'
        : DEPLOYS.test(name) && !RESETS.test(name)
          ? 'on deployment'
          : undefined;
    if (!runs) continue;
    for (const { at, text, words, conditional } of script.commands)
      yield {
        at,
        text,
        commands: [words],
        folder: folderOf(script.path),
        way: [],
        runs,
        guarded: conditional || asks(script, at.startLine) ? 'yes' : 'no',
      };
  }
}

/** `npm run db:drop`: whoever types it knows what it does. */
const SAYS_SO =
  /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:[\w-]*[:_-])?(?:drop|reset|wipe|destroy)(?:[:_-][\w-]*)?\b/;

/** Commands that documents tell people to run on a server. */
function* inDocuments({ facts }: ServiceView): Generator<RunCommand> {
  for (const document of facts.all('document'))
    for (const { at, text, words, under } of document.commands) {
      const headings = [document.path, ...under].join(' / ');
      if (PRODUCTION.test(headings) && !ELSEWHERE.test(headings) && !SAYS_SO.test(text))
        yield {
          at,
          text,
          commands: [words],
          folder: folderOf(document.path),
          way: [],
          runs: 'by the documents',
          guarded: 'no',
        };
    }
}

/** The command in words that a finding can show. */
export const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** Scripts of packages that call scripts: what is below is not looked at. */
const DEEPEST = 6;

/** A command, and what it runs through scripts of packages: `npm run seed` is `node src/seed.js`. */
function* withTasks(view: ServiceView, command: RunCommand): Generator<RunCommand> {
  yield command;
  if (command.way.length >= DEEPEST) return;
  const way = [...command.way, { at: command.at, says: shown(command.text) }];
  for (const words of command.commands.map(plainWords)) {
    const found = [...new Set([command.folder, view.service.root])]
      .map(folder => packageScriptsOf(view.repository, words, folder, command.at))
      .find(each => each?.kind === 'found');
    for (const { script, folder } of found?.kind === 'found' ? found.scripts : [])
      for (const { at, text, words: inner } of script.commands)
        yield* withTasks(view, { ...command, at, text, commands: [inner], folder, way });
  }
}

/** All commands on the way into production, those behind scripts of packages too. */
export function* commandsOf(view: ServiceView): Generator<RunCommand> {
  for (const command of named(view)) yield* withTasks(view, command);
}

function* named(view: ServiceView): Generator<RunCommand> {
  for (const { at, process, command } of view.facts.all('platformFile'))
    if (process === 'release')
      yield {
        at,
        text: command,
        commands: wordsIn(command),
        folder: folderOf(at.path),
        way: [],
        runs: 'on deployment',
        guarded: 'no',
      };
  for (const { at, text, commands, folder, stage, source } of view.facts.all('startCommand'))
    if (
      stage !== 'development' &&
      source !== 'documents' &&
      source !== 'makefile' &&
      source !== 'package-script'
    )
      yield { at, text, commands, folder, way: [], runs: 'at the start', guarded: 'no' };
  yield* inScripts(view);
  yield* inDocuments(view);
}
