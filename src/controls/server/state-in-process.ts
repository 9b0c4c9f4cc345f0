import { known, type Facts, type Finding, type ModuleState, type Place } from '../../model/index.ts';
import {
  defineControl,
  failOr,
  followed,
  lowered,
  onProductionPath,
  passEvery,
  absence,
  place,
} from '../define.ts';

type Kinds =
  | 'moduleState'
  | 'socketServer'
  | 'startPath'
  | 'workload'
  | 'composeService'
  | 'kubernetesObject'
  | 'platformFile';

/** Where it says that there is more than one process, and how many. */
function copies(facts: Facts<Kinds>): readonly Place[] {
  const isProduction = ({ stage }: { readonly stage: string }) => stage !== 'development';
  return [
    ...facts
      .all('workload')
      .filter(each => isProduction(each) && (known(each.replicas) ?? 1) > 1)
      .map(({ at, replicas }) => ({ at, says: `${known(replicas) ?? 'several'} replicas` })),
    ...facts
      .all('composeService')
      .filter(each => each.role === 'app' && isProduction(each) && (known(each.replicas) ?? 1) > 1)
      .map(({ at, replicas }) => ({ at, says: `${known(replicas) ?? 'several'} replicas` })),
    ...facts
      .all('kubernetesObject')
      .flatMap(({ about, at }) =>
        about.kind === 'autoscaler' && (known(about.max) ?? 1) > 1
          ? [{ at, says: `up to ${known(about.max) ?? 'several'} replicas` }]
          : [],
      ),
    ...facts
      .all('platformFile')
      .filter(({ instances }) => (known(instances) ?? 1) > 1)
      .map(({ at, instances }) => ({ at, says: `${known(instances) ?? 'several'} instances` })),
    ...facts
      .all('startPath')
      .filter(
        ({ command, serves, workers }) =>
          isProduction(command) && serves.with === 'production-server' && (known(workers) ?? 1) > 1,
      )
      .map(({ at, workers }) => ({ at, says: `${known(workers) ?? 'several'} workers` })),
  ];
}

/** The balancer sends a client to the process that it had before. */
const isSticky = (facts: Facts<Kinds>): boolean =>
  facts
    .all('kubernetesObject')
    .some(
      ({ about, annotations }) =>
        (about.kind === 'service' && about.sticky) ||
        Object.keys(annotations).some(name => /affinity|sticky/i.test(name)),
    );

function ofState({ at, name, changes, perUser }: ModuleState, several: readonly Place[]): Finding {
  const [first] = changes;
  const functions = [...new Set(changes.map(change => change.in))];
  const by = `${functions.slice(0, 3).join(', ')}${functions.length > 3 ? ' and others' : ''}`;
  const owner = perUser === 'yes' ? ' and belongs to users or clients' : '';
  const finding = followed(
    place(at, `${name} lives in the memory of one process${owner}; requests change it in ${by}`),
    [...(first ? [{ at: first.at, says: `${first.in} changes it` }] : []), ...several.slice(0, 2)],
  );
  return several.length > 0 ? finding : lowered(finding, 'only one process is configured');
}

export default defineControl({
  id: 'server/state-in-process',
  title: 'No request depends on what one process remembers',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks for module globals and singletons that requests change, and for web-socket servers without a shared queue, where several workers or replicas run or the state belongs to users.',
  why: 'Each worker and replica has its own copy: what one request wrote, the next one does not find, and a restart forgets all of it.',
  remedy:
    'Keep the state in the database or in Redis, and give web-socket servers a message queue or sticky sessions.',
  sources: ['CATALOG server/state-in-process', '12-factor VI'],
  fix: 'advice',
  drill: 'none',
  needs: [
    'moduleState',
    'socketServer',
    'startPath',
    'workload',
    'composeService',
    'kubernetesObject',
    'platformFile',
  ],

  applies: ({ facts }) =>
    copies(facts).length > 0 ||
    onProductionPath(facts.all('moduleState')).some(({ perUser }) => perUser === 'yes') ||
    'one process serves all requests, and it keeps no state of users',

  judge: ({ facts }) => {
    const several = copies(facts);
    const states = onProductionPath(facts.all('moduleState')).filter(
      ({ perUser }) => several.length > 0 || perUser === 'yes',
    );
    const sockets = onProductionPath(facts.all('socketServer')).filter(
      ({ hasQueue }) => hasQueue === 'no' && several.length > 0 && !isSticky(facts),
    );
    return failOr(
      [
        ...states.map(state => ofState(state, several)),
        ...sockets.map(({ at, name }) =>
          followed(
            place(
              at,
              `${name} has neither a message queue nor sticky sessions, and clients reach another process than the one they are connected to`,
            ),
            several.slice(0, 2),
          ),
        ),
      ],
      passEvery([absence('module global or singleton that requests change', facts.searched('moduleState'))]),
    );
  },
});
