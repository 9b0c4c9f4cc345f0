import type { Facts, Location, Value } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineControl, failOr, followed, pass, place, unknown } from '../define.ts';

type Read = Facts<'startPath' | 'workload' | 'composeService' | 'kubernetesObject'>;

interface Reason {
  readonly at: Location;
  readonly says: string;
}

const more = (count: Value<number>, at: Location, says: (count: number) => string): readonly Reason[] => {
  const number = known(count);
  return number !== undefined && number > 1 ? [{ at, says: says(number) }] : [];
};

/** What says that there are several processes: each would count for itself. */
const several = (facts: Read): Reason | undefined =>
  [
    ...facts
      .all('startPath')
      .filter(({ command }) => command.stage !== 'development')
      .flatMap(({ at, workers }) => more(workers, at, count => `starts ${count} workers`)),
    ...facts
      .all('workload')
      .filter(({ object }) => object === 'Deployment' || object === 'StatefulSet')
      .flatMap(({ objectAt, replicas }) => more(replicas, objectAt, count => `runs ${count} replicas`)),
    ...facts
      .all('composeService')
      .filter(({ build }) => build !== undefined)
      .flatMap(({ at, replicas }) => more(replicas, at, count => `runs ${count} replicas`)),
    ...facts
      .all('kubernetesObject')
      .flatMap(({ at, about }) =>
        about.kind === 'autoscaler' ? more(about.max, at, count => `is scaled to ${count} replicas`) : [],
      ),
  ][0];

export default defineControl({
  id: 'web/rate-limit-store',
  title: 'All processes count requests together',
  severity: 'medium',
  stage: 'trial',
  asks: 'Asks where the limiter keeps its counts when there are several workers or replicas: only a store outside of the process counts once for all.',
  why: 'With counts in each process the limit is as many times as high as there are processes, and restarts forget it.',
  remedy: 'Give the limiter a shared store such as Redis or Memcached.',
  sources: ['CATALOG web/rate-limit-store', '12-factor VI'],
  fix: 'auto',
  drill: 'none',
  needs: ['rateLimit', 'startPath', 'workload', 'composeService', 'kubernetesObject'],

  applies: ({ facts }) => {
    if (!facts.all('rateLimit').some(({ wired, covers }) => wired !== 'no' && covers !== 'none'))
      return 'no limiter is in force';
    return several(facts) !== undefined || 'nothing says that more than one process serves it';
  },

  judge: ({ facts }) => {
    const limits = facts.all('rateLimit').filter(({ wired, covers }) => wired !== 'no' && covers !== 'none');
    const reason = several(facts);
    const findings = limits
      .filter(({ store }) => store === 'process')
      .map(({ at, storeSays }) =>
        followed(place(at, `each process counts for itself: ${storeSays}`), reason ? [reason] : []),
      );
    const open = limits.find(({ store }) => store === 'unclear');
    if (findings.length === 0 && open)
      return unknown(`${open.at.path}:${open.at.startLine} ${open.storeSays}`);
    return failOr(findings, pass(limits.map(({ at, storeSays }) => place(at, storeSays))));
  },
});
