import { known, productionWorkloads, workloadName, type Truth, type Workload } from '../../model/index.ts';
import { both, either, not } from '../../model/index.ts';
import { defineControl, every, place } from '../define.ts';

/** Another user than root, by rule or by number. */
const isOrdinary = ({ security: { runAsNonRoot, runAsUser } }: Workload): Truth =>
  either(runAsNonRoot, runAsUser ? numbered(runAsUser) : 'no');

const numbered = (user: NonNullable<Workload['security']['runAsUser']>): Truth => {
  const id = known(user);
  return id === undefined ? 'unclear' : id > 0 ? 'yes' : 'no';
};

const drops = ({ security, templated }: Workload): Truth =>
  security.dropsCapabilities.some(each => each.toUpperCase() === 'ALL')
    ? 'yes'
    : templated
      ? 'unclear'
      : 'no';

const PARTS: readonly (readonly [string, (workload: Workload) => Truth])[] = [
  ['may run as root', isOrdinary],
  ['is privileged', ({ security }) => not(security.privileged)],
  ['may gain privileges', ({ security }) => not(security.allowsPrivilegeEscalation)],
  ['keeps capabilities', drops],
];

const flaws = (workload: Workload): string =>
  PARTS.filter(([, holds]) => holds(workload) === 'no')
    .map(([flaw]) => flaw)
    .join(', ');

export default defineControl({
  id: 'k8s/security-context',
  title: 'Containers run without root, without gained privileges and without capabilities',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for runAsNonRoot (or a user above 0), allowPrivilegeEscalation: false and capabilities that are dropped, on the pod or the container.',
  why: 'Who breaks into a container that runs as root with capabilities is close to the node and to all that runs on it.',
  remedy:
    'Set securityContext with runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities.drop: [ALL] and, where it can, readOnlyRootFilesystem: true.',
  sources: [
    'CATALOG k8s/security-context',
    'Kubernetes: Pod Security Standards, Restricted',
    'CIS Kubernetes 5.2',
  ],
  fix: 'auto',
  drill: 'none',
  needs: ['workload'],

  applies: ({ facts }) =>
    productionWorkloads(facts.all('workload')).length > 0 ||
    'no Kubernetes manifest for production runs anything',

  judge: ({ facts }) =>
    every(
      productionWorkloads(facts.all('workload')),
      workload => both(...PARTS.map(([, holds]) => holds(workload))),
      {
        proof: each => place(each.at, `${workloadName(each)} is confined`),
        exception: each => place(each.at, `${workloadName(each)} ${flaws(each)}`),
      },
    ),
});
