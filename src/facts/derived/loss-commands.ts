import type { DataLoss, Location, Script, ScriptCommand, Truth } from '../../model/index.ts';
import { folderOf } from '../../read/documents/path.ts';
import { parseShell } from '../../read/documents/shell.ts';
import type { ServiceView } from '../define.ts';
import { scriptOf } from '../documents/scripts.ts';
import { unwrapped } from '../start/unwrap.ts';
import { packageScriptsOf } from './package-scripts.ts';

/** A command of the repository that somebody is meant to run in production. */
export interface RunCommand {
  readonly at: Location;
  readonly text: string;
  readonly runs: Exclude<DataLoss['runs'], 'nobody'>;
  readonly guarded: Truth;
}

/** Scripts and Makefile targets for a deployment, by their name; those that say they reset are no surprise. */
const DEPLOYS =
  /(^|[/_.-])(deploy(ment)?|release|rollout|provision|install|update|upgrade|prod(uction)?|start|boot|entrypoint|prestart)([_.-]|$)/i;
const RESETS = /reset|clean|teardown|destroy|uninstall|drop|wipe|dev|local|test|seed|demo/i;
const PRODUCTION = /deploy|production|server|install|release|upgrade|updat|go[- ]live|operation|hosting/i;
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
    for (const { at, text, conditional } of script.commands)
      yield { at, text, runs, guarded: conditional || asks(script, at.startLine) ? 'yes' : 'no' };
  }
}

/** Commands that documents tell people to run on a server. */
function* inDocuments({ facts }: ServiceView): Generator<RunCommand> {
  for (const document of facts.all('document'))
    for (const { at, text, under } of document.commands) {
      const headings = [document.path, ...under].join(' / ');
      if (PRODUCTION.test(headings) && !ELSEWHERE.test(headings))
        yield { at, text, runs: 'by the documents', guarded: 'no' };
    }
}

/** All commands on the way into production, through the scripts of packages that they run. */
export function* commandsOf(view: ServiceView): Generator<RunCommand> {
  for (const command of toldCommands(view)) {
    yield command;
    const { at, text } = command;
    const { commands } = scriptOf(parseShell(text, at.path, at.startLine), at.path, '', at);
    yield* behind(view, command, commands, folderOf(at.path), 0);
  }
}

/** Scripts that call scripts: what is below is not looked at. */
const DEEPEST = 6;

function* behind(
  view: ServiceView,
  from: RunCommand,
  commands: readonly ScriptCommand[],
  folder: string,
  depth: number,
): Generator<RunCommand> {
  if (depth > DEEPEST) return;
  for (const command of commands) {
    const called = packageScriptsOf(view.repository, unwrapped(command.words).words, folder, command.at);
    for (const { script, folder: within } of called?.kind === 'found' ? called.scripts : []) {
      for (const { at, text } of script.commands) yield { ...from, at, text };
      yield* behind(view, from, script.commands, within, depth + 1);
    }
  }
}

function* toldCommands(view: ServiceView): Generator<RunCommand> {
  for (const { at, process, command } of view.facts.all('platformFile'))
    if (process === 'release') yield { at, text: command, runs: 'on deployment', guarded: 'no' };
  for (const { at, text, stage, source } of view.facts.all('startCommand'))
    if (
      stage !== 'development' &&
      source !== 'documents' &&
      source !== 'makefile' &&
      source !== 'package-script'
    )
      yield { at, text, runs: 'at the start', guarded: 'no' };
  yield* inScripts(view);
  yield* inDocuments(view);
}
