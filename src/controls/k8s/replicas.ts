import {
  isAsked,
  known,
  productionWorkloads,
  workloadName,
  type KubernetesObject,
  type Workload,
} from '../../model/index.ts';
import { defineControl, failOr, lowered, pass, place, unknown } from '../define.ts';

/** What can be doubled: a StatefulSet has reasons of its own. One pod counts once, however many containers. */
function serving(all: readonly Workload[]): readonly Workload[] {
  const pods = productionWorkloads(all).filter(
    each => (each.object === 'Deployment' || each.object === 'ReplicaSet') && isAsked(each),
  );
  return [
    ...new Map(pods.toReversed().map(each => [`${each.namespace}/${each.name}`, each])).values(),
  ].reverse();
}

/** Copies that are there at the least: `undefined` where it cannot be told. */
function leastOf({ name, replicas }: Workload, objects: readonly KubernetesObject[]): number | undefined {
  const scaler = objects.find(({ about }) => about.kind === 'autoscaler' && about.target === name);
  return known(scaler?.about.kind === 'autoscaler' ? scaler.about.min : replicas);
}

const hasBudget = ({ labels }: Workload, objects: readonly KubernetesObject[]): boolean =>
  objects.some(
    ({ about }) =>
      about.kind === 'disruption-budget' &&
      Object.entries(about.selector).every(([key, value]) => labels[key] === value),
  );

export default defineControl({
  id: 'k8s/replicas',
  title: 'What serves runs at least twice, with a disruption budget',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for two replicas or an autoscaler that keeps two, and for a PodDisruptionBudget over them.',
  why: 'With one replica each deploy, each drained node and each crash is an outage.',
  remedy: 'Set replicas: 2 or more (or minReplicas of the autoscaler), and add a PodDisruptionBudget.',
  sources: ['CATALOG k8s/replicas', 'Kubernetes: Specifying a Disruption Budget'],
  fix: 'auto',
  drill: 'none',
  needs: ['workload', 'kubernetesObject'],

  applies: ({ facts }) =>
    serving(facts.all('workload')).length > 0 || 'no Deployment for production runs something that serves',

  judge: ({ facts }) => {
    const workloads = serving(facts.all('workload'));
    const objects = facts.all('kubernetesObject');
    const least = (each: Workload) => leastOf(each, objects);
    const findings = workloads.flatMap(each => {
      const copies = least(each);
      if (copies !== undefined && copies < 2)
        return [
          place(each.objectAt, `${workloadName(each)} runs ${copies === 1 ? 'once' : `${copies} times`}`),
        ];
      return copies === undefined || hasBudget(each, objects)
        ? []
        : [
            lowered(
              place(each.objectAt, `${workloadName(each)} has no PodDisruptionBudget`),
              `it runs ${copies} times`,
            ),
          ];
    });
    const open = workloads.find(each => least(each) === undefined);
    return failOr(
      findings,
      open
        ? unknown(
            `${open.objectAt.path}:${open.objectAt.startLine} a template, or a part that stands elsewhere, fills in the number of replicas`,
          )
        : pass(
            workloads.map(each => place(each.objectAt, `${workloadName(each)} runs ${least(each)} times`)),
          ),
    );
  },
});
