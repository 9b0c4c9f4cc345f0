import { known, type StartPath } from '../../model/index.ts';
import { defineControl, failOr, lowered, pass, place } from '../define.ts';

const serves = ({ serves: { with: kind } }: StartPath): boolean =>
  kind === 'production-server' || kind === 'development-server';
const inProduction = (paths: readonly StartPath[]): readonly StartPath[] =>
  paths.filter(path => path.command.stage !== 'development' && serves(path));

const nameOf = ({ serves }: StartPath): string => (serves.with === 'unclear' ? 'the server' : serves.name);

export default defineControl({
  id: 'server/workers',
  title: 'The number of workers or replicas is configured',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether production runs more than one process: workers of the server, threads that are configured, or replicas.',
  why: 'One process is one busy processor, and one request that hangs stops all others.',
  remedy:
    'Set the number of workers on the command line or in the settings file that it loads, or run several replicas.',
  sources: ['CATALOG server/workers', '12-factor VIII'],
  fix: 'auto',
  drill: 'none',
  needs: ['startPath', 'workload', 'composeService'],

  applies: ({ facts }) =>
    inProduction(facts.all('startPath')).length > 0 || 'no production start path serves requests',

  judge: ({ facts }) => {
    const copies = [
      ...facts.all('workload').filter(each => (known(each.replicas) ?? 1) > 1),
      ...facts.all('composeService').filter(each => each.role === 'app' && (known(each.replicas) ?? 1) > 1),
    ].map(each => place(each.at, `${known(each.replicas) ?? 'several'} replicas`));
    if (copies.length > 0) return pass(copies);
    const paths = inProduction(facts.all('startPath'));
    const stated = paths.filter(path => path.workers.state !== 'default');
    const single = paths.filter(path => path.workers.state === 'default' || known(path.workers) === 1);
    const findings = single.map(path =>
      stated.length > 0 && stated.some(other => known(other.workers) !== 1)
        ? lowered(
            place(path.at, `${nameOf(path)} runs one process`),
            'another start path sets the number of workers',
          )
        : place(path.at, `${nameOf(path)} runs one process`),
    );
    return failOr(findings, pass(stated.map(path => place(path.at, `the number of workers is set`))));
  },
});
