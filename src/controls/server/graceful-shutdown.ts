import type { Finding, Script, StartPath } from '../../model/index.ts';
import { defineControl, failOr, followed, lowered, pass, place } from '../define.ts';

const serves = ({ serves: { with: kind } }: StartPath): boolean =>
  kind === 'production-server' || kind === 'development-server';
const inProduction = (paths: readonly StartPath[]): readonly StartPath[] =>
  paths.filter(path => path.command.stage !== 'development' && serves(path));

/** A line of a launcher that starts the next program as its child, while the launcher stays the first process. */
function forks({ command, way }: StartPath, scripts: readonly Script[]): boolean {
  if (/\bdumb-init\b|\btini\s+(\S+\s+)*-\w*g/.test(command.text)) return false; // these signal the whole group
  return way.some(({ at }) => {
    const script = at.path === command.at.path ? undefined : scripts.find(({ path }) => path === at.path);
    const line = script?.commands.find(each => each.at.startLine === at.startLine);
    return (
      line !== undefined &&
      !/^(exec|source|\.)$/.test(line.words[0] ?? '') &&
      script?.commands.some(({ words }) => words[0] === 'trap') === false
    );
  });
}

/** In an image the first process gets the signal; elsewhere the platform signals the whole group. */
function flawOf(path: StartPath, isHandled: boolean, scripts: readonly Script[]): string | undefined {
  const { command, serves, keeper } = path;
  if (
    keeper.stopSignal !== 'SIGTERM' &&
    serves.with === 'production-server' &&
    serves.leavesSignals &&
    !isHandled
  )
    return `${keeper.name} stops the server by ${keeper.stopSignal}, which the program does not handle, so that it is killed in the middle`;
  const inImage = command.image !== '';
  const words = command.commands.at(-1) ?? [];
  if (inImage && command.form === 'shell' && words[0] !== 'exec' && !/\bexec\b/.test(command.text))
    return 'a shell stands between the platform and the server and does not hand the stop signal on';
  if (inImage && forks(path, scripts))
    return 'the launcher starts the server without exec, stays the first process and does not hand the stop signal on';
  if (inImage && serves.with === 'development-server' && !isHandled)
    return 'the program is the first process and does not handle the stop signal, so that it is killed in the middle';
  // The signal ends such a program at once wherever it runs.
  if (serves.with === 'production-server' && serves.leavesSignals && !isHandled)
    return `${serves.name} leaves the stop signal to the program, which does not handle it, so that it is killed in the middle`;
  return undefined;
}

export default defineControl({
  id: 'server/graceful-shutdown',
  title: 'A stop signal reaches the server, and it finishes what it has begun',
  severity: 'medium',
  stage: 'stable',
  asks: 'Follows the stop signal from the platform to the server: a shell between them swallows it, and a program that is the first process ignores it unless its server or its code handles it.',
  why: 'Without it each deployment cuts requests in the middle and then waits for the kill.',
  remedy:
    'Use the exec form or exec in the launcher, and a server that drains, or handle SIGTERM in the code.',
  sources: [
    'CATALOG server/graceful-shutdown',
    'Docker documentation: CMD, exec and shell form',
    '12-factor IX',
  ],
  fix: 'auto',
  drill: 'drain',
  needs: ['startPath', 'signalHandler', 'script'],

  applies: ({ facts }) =>
    inProduction(facts.all('startPath')).length > 0 || 'no production start path serves requests',

  judge: ({ facts }) => {
    const handled = facts.all('signalHandler').filter(handler => handler.reached === 'yes');
    const paths = inProduction(facts.all('startPath'));
    const isHandled = ({ keeper }: StartPath) => handled.some(({ signal }) => signal === keeper.stopSignal);
    const flaw = (path: StartPath) => flawOf(path, isHandled(path), facts.all('script'));
    const flawed = paths.filter(path => flaw(path));
    const findings = flawed.map((path): Finding => {
      const finding = followed(place(path.at, flaw(path) ?? ''), path.way);
      return flawed.length < paths.length
        ? lowered(finding, 'another start path hands the signal on')
        : finding;
    });
    const proofs = paths.map(path => place(path.at, 'the server gets the signal and drains'));
    return failOr(
      findings,
      pass([
        ...handled
          .filter(({ signal }) => paths.some(({ keeper }) => keeper.stopSignal === signal))
          .map(handler => place(handler.at, `handles ${handler.signal}`)),
        ...proofs,
      ]),
    );
  },
});
