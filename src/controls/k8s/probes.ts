import { isAsked, productionWorkloads, runsOn, workloadName, type Workload } from '../../model/index.ts';
import { defineControl, failOr, pass, place, unknown } from '../define.ts';

const serving = (all: readonly Workload[]): readonly Workload[] =>
  productionWorkloads(all).filter(each => runsOn(each) && isAsked(each));

const missing = ({ readiness, liveness }: Workload): string =>
  [...(readiness ? [] : ['readiness']), ...(liveness ? [] : ['liveness'])].join(' and no ');

export default defineControl({
  id: 'k8s/probes',
  title: 'Each container that serves has probes that can work',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for a readiness and a liveness probe on each container that serves, and for paths and ports that it really answers.',
  why: 'Without them requests go to a container that is not up yet, and one that hangs is never started again.',
  remedy:
    'Give readinessProbe and livenessProbe the health routes of the service, with times that fit its start.',
  sources: ['CATALOG k8s/probes', 'Kubernetes: Configure Liveness, Readiness and Startup Probes'],
  fix: 'auto',
  drill: 'none',
  needs: ['workload', 'healthProbe'],

  applies: ({ facts }) =>
    serving(facts.all('workload')).length > 0 ||
    'no Kubernetes manifest for production runs something that serves',

  judge: ({ facts }) => {
    const workloads = serving(facts.all('workload'));
    // What a template adds may be a probe.
    const without = workloads.filter(each => missing(each) !== '' && !each.templated);
    const own = new Set(
      workloads.flatMap(({ liveness, readiness, startup }) =>
        [liveness, readiness, startup].flatMap(probe =>
          probe ? [`${probe.at.path}:${probe.at.startLine}`] : [],
        ),
      ),
    );
    const broken = facts
      .all('healthProbe')
      .filter(({ works, at }) => works === 'no' && own.has(`${at.path}:${at.startLine}`));
    const open = workloads.find(each => missing(each) !== '' && each.templated);
    return failOr(
      [
        ...without.map(each => place(each.at, `${workloadName(each)} has no ${missing(each)} probe`)),
        ...broken.map(({ at, flaws }) => place(at, flaws.join('; '))),
      ],
      open
        ? unknown(
            `${open.at.path}:${open.at.startLine} a template, or a part that stands elsewhere, fills in the probes`,
          )
        : pass(workloads.map(each => place(each.at, `${workloadName(each)} is probed`))),
    );
  },
});
