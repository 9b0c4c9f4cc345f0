import { productionWorkloads, workloadName, type Workload } from '../../model/index.ts';
import { defineControl, failOr, pass, place, unknown } from '../define.ts';

const missing = ({ resources }: Workload): string =>
  [
    ...(resources.cpuRequest ? [] : ['request of cpu']),
    ...(resources.memoryRequest ? [] : ['request of memory']),
    ...(resources.memoryLimit ? [] : ['limit of memory']),
  ].join(', no ');

export default defineControl({
  id: 'k8s/resources',
  title: 'Each container says what it needs and has a limit of memory',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for requests of processor and memory and for a limit of memory on each container.',
  why: 'Without requests too much is put on one node; without a limit one leak takes its neighbours down.',
  remedy: 'Measure the service under load, set requests to what it uses and the limit of memory above it.',
  sources: ['CATALOG k8s/resources', 'Kubernetes: Resource Management for Pods and Containers'],
  fix: 'auto',
  drill: 'none',
  needs: ['workload'],

  applies: ({ facts }) =>
    productionWorkloads(facts.all('workload')).length > 0 ||
    'no Kubernetes manifest for production runs anything',

  judge: ({ facts }) => {
    const workloads = productionWorkloads(facts.all('workload'));
    const open = workloads.find(each => missing(each) !== '' && each.templated);
    return failOr(
      workloads
        .filter(each => missing(each) !== '' && !each.templated)
        .map(each => place(each.at, `${workloadName(each)} has no ${missing(each)}`)),
      open
        ? unknown(
            `${open.at.path}:${open.at.startLine} a template, or a part that stands elsewhere, fills in the resources`,
          )
        : pass(
            workloads.map(each => place(each.at, `${workloadName(each)} has requests and a limit of memory`)),
          ),
    );
  },
});
