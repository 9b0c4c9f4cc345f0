import type { Keeper, Place, Serves, StartPath } from '../../../model/index.ts';
import { byDefault, NO_KEEPER } from '../../../model/index.ts';
import { joinPath } from '../../../read/documents/path.ts';
import { runs, type Launch, type Launcher, type StartContext, type Step } from '../../start/follow.ts';
import { within } from '../../start/layout.ts';
import { unwrapped } from '../../start/unwrap.ts';
import { packagesIn, type NodePackage } from '../packages.ts';
import { taskCallOf, type TaskCall } from '../tasks/call.ts';
import { commandsOfTask } from '../tasks/commands.ts';
import { tasksIn } from '../tasks/several.ts';
import { processesIn, type Process } from './processes.ts';
import { entersNode } from './interpreter.ts';
import { instancesOf, nodeProgramOf, type NodeRun } from './programs.ts';
import { findFile, findFolder, open, sourcesOfCopy, type Found } from './target.ts';

/** Programs that start services of Node, Bun and Deno, and the scripts of packages that lead to them. */
export const nodeLauncher: Launcher<never> = (context, step) => {
  const words = withInterpreter(context, step);
  const several = tasksIn(words);
  if (several) return { kind: 'steps', steps: several.map(each => ({ ...step, words: each })) };
  const task = taskCallOf(words);
  if (task) return launchTask(context, { ...step, words }, task);
  const run = nodeProgramOf(words[0] ?? '')?.(words.slice(1));
  return run && launchRun(context, { ...step, words }, run);
};

function withInterpreter({ image, command }: StartContext, { words }: Step): readonly string[] {
  const [first = ''] = words;
  const isFirst = command.source !== 'kubernetes' && command.commands[0]?.[0] === first;
  return image && isFirst && entersNode(image, first) ? ['node', ...words] : words;
}

/** The package in which a step stands. */
function packageAt({ repository, layout, image }: StartContext, step: Step): NodePackage | undefined {
  const packages = packagesIn(repository);
  const folders = layout
    .candidates(within(step.folder, 'package.json'))
    .flatMap(sourcesOfCopy)
    .map(place => place.replace(/\/?package\.json$/, ''));
  // Managers look in the folders above as well.
  const above = image ? undefined : packages.around(joinPath(folders[0] ?? '', 'x'));
  return folders.flatMap(folder => packages.at(folder) ?? [])[0] ?? above;
}

function launchTask(context: StartContext, step: Step, task: TaskCall): Launch<never> {
  const from = packageAt(context, step);
  const shown = step.words.join(' ');
  if (!from) return unfollowed(context, step, open(`the package.json of \`${shown}\` cannot be found`));
  const result = commandsOfTask(context.repository, from, task);
  switch (result.kind) {
    case 'program':
      return {
        kind: 'steps',
        steps: [{ ...step, words: result.words, folder: folderFor(step, from, result.folder) }],
      };
    case 'missing': {
      const usual =
        task.script === 'start' && task.manager === 'npm' ? joinPath(from.folder, 'server.js') : '';
      if (usual !== '' && context.repository.file(usual))
        return { kind: 'steps', steps: [{ ...step, words: ['node', 'server.js'] }] };
      const because = `${result.manifest} has no script \`${result.script}\``;
      return unfollowed(context, step, {
        ...open(because),
        target:
          task.workspaces.length > 0
            ? { state: 'unclear', because }
            : { state: 'broken', because, way: step.way },
      });
    }
    case 'commands':
      return {
        kind: 'steps',
        steps: result.commands.map(({ words, text, at, folder }) => ({
          ...step,
          words,
          at,
          folder: folderFor(step, from, folder),
          way: [...step.way, { at, says: runs(text) }],
        })),
      };
  }
}

/** The folder of another package as the command sees it. */
function folderFor(step: Step, from: NodePackage, folder: string): string {
  if (folder === from.folder) return step.folder;
  const inside = from.folder === '' ? folder : folder.slice(from.folder.length + 1);
  return within(step.folder, inside);
}

/** A command that certainly starts something, and cannot be followed to what it is. */
const unfollowed = (context: StartContext, step: Step, found: Found): Launch<never> => {
  const because = found.target.state === 'resolved' ? '' : found.target.because;
  return started(context, step, found, {
    serves: { with: 'unclear', because },
    workers: byDefault(1),
    reload: byDefault(false),
    debug: byDefault(false),
    binds: byDefault([]),
    keeper: NO_KEEPER,
  });
};

function launchRun(context: StartContext, step: Step, run: NodeRun): Launch<never> {
  const { target } = run;
  switch (target.kind) {
    case 'processes':
      return launchProcesses(context, step, target.path, run.keeper);
    case 'none':
      return started(context, step, open(target.because), run);
    case 'file':
      return started(context, step, findFile(context, step, target.path), run);
    case 'folder': {
      const name = run.serves.with === 'unclear' ? '' : run.serves.name;
      return started(context, step, findFolder(context, step, target.path, target.built, name), run);
    }
  }
}

/** Each app of a process manager's settings is a start of its own. */
function launchProcesses(context: StartContext, step: Step, path: string, keeper: Keeper): Launch<never> {
  const place = context.layout.inRepository(within(step.folder, path));
  const processes = place === undefined ? undefined : processesIn(context.repository, place);
  if (!processes) return unfollowed(context, step, open(`${path} is not in the repository`));
  return { kind: 'several', launches: processes.map(each => launchProcess(context, step, each, keeper)) };
}

function launchProcess(context: StartContext, step: Step, process: Process, keeper: Keeper): Launch<never> {
  const { script, args, interpreter, folder, instances, at } = process;
  const isProgram = interpreter === 'none' || !/[./]/.test(script);
  const words = isProgram ? [script, ...args] : [interpreter || 'node', script, ...args];
  const here: Step = {
    ...step,
    words: unwrapped(words).words,
    folder: folder === '' || folder.startsWith('.') ? within(step.folder, folder || '.') : step.folder,
    variables: { ...step.variables, ...process.variables },
    way: [...step.way, { at, says: `starts ${process.name || script}` }],
  };
  const launch = nodeLauncher(context, here);
  if (launch?.kind !== 'started')
    return launch ?? unfollowed(context, here, open(`\`${script}\` cannot be followed`));
  const workers = instances === '' ? undefined : instancesOf(instances);
  return {
    kind: 'started',
    followed: launch.followed.map(({ startPath }) => ({
      entries: [],
      startPath: {
        ...startPath,
        workers: workers ?? startPath.workers,
        keeper: process.writesLogs ? keeper : { ...keeper, logs: '' },
        reload: process.watches ? { state: 'stated', value: true } : startPath.reload,
      },
    })),
  };
}

type Rest = Pick<NodeRun, 'serves' | 'workers' | 'reload' | 'debug' | 'binds' | 'keeper'>;

function started(context: StartContext, step: Step, found: Found, run: Rest): Launch<never> {
  const serves = servesOf(run.serves, found, step);
  const way: readonly Place[] = [...step.way, ...found.way];
  const startPath: StartPath = {
    kind: 'startPath',
    at: step.at,
    command: context.command,
    way,
    serves,
    target: found.target,
    workers: run.workers,
    keeper: run.keeper,
    requestTimeout: byDefault(0),
    reload: run.reload,
    debug: run.debug,
    binds: run.binds,
  };
  return { kind: 'started', followed: [{ startPath, entries: [] }] };
}

/** A server that a framework wrote serves by itself; a server for the desk stands where its command does. */
function servesOf(serves: Serves, { framework }: Found, step: Step): Serves {
  if (serves.with === 'development-server') return { ...serves, at: step.at };
  return serves.with === 'program' && framework !== ''
    ? { with: 'production-server', name: `${framework} (${serves.name})` }
    : serves;
}
