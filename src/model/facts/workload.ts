import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import type { Truth, Value } from '../value.ts';
import type { ImageReference } from './compose-service.ts';
import type { ImageCommand } from './image.ts';

/** One container of a Kubernetes Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod. */
export interface Workload {
  readonly kind: 'workload';
  /** The container. */
  readonly at: Location;
  readonly object: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'Pod' | 'ReplicaSet';
  /** The name of the object. */
  readonly name: string;
  readonly namespace: string;
  readonly objectAt: Location;
  readonly container: string;
  readonly isInit: boolean;
  /** It stands in a template (Helm): what is not plain is unclear. */
  readonly templated: boolean;
  readonly stage: 'production' | 'development' | 'unclear';
  readonly image: ImageReference;
  /** The id of the image fact that it runs, by the image's name; empty when none fits. */
  readonly builtBy: string;
  readonly command: ImageCommand | undefined;
  readonly args: ImageCommand | undefined;
  readonly workdir: string;
  readonly environment: readonly WorkloadVariable[];
  /** Some variables come from a ConfigMap or Secret that is not in the tree, or from a template. */
  readonly environmentOpen: boolean;
  readonly ports: readonly WorkloadPort[];
  readonly liveness: WorkloadProbe | undefined;
  readonly readiness: WorkloadProbe | undefined;
  readonly startup: WorkloadProbe | undefined;
  readonly lifecyclePreStop: boolean;
  readonly resources: WorkloadResources;
  readonly security: WorkloadSecurity;
  readonly replicas: Value<number>;
  readonly labels: Readonly<Record<string, string>>;
  readonly volumes: readonly WorkloadMount[];
  /** For a CronJob its schedule; else empty. */
  readonly schedule: string;
  /** Seconds; 30 by default. */
  readonly terminationGracePeriod: Value<number>;
}

export interface WorkloadVariable {
  readonly name: string;
  readonly value: Term;
  readonly at: Location;
  readonly from:
    | { readonly kind: 'literal' }
    | {
        readonly kind: 'config-map' | 'secret';
        readonly name: string;
        readonly key: string;
        readonly optional: boolean;
      }
    | { readonly kind: 'field'; readonly path: string };
}

export interface WorkloadPort {
  readonly name: string;
  readonly port: Value<number>;
  readonly at: Location;
}

export interface WorkloadProbe {
  readonly at: Location;
  readonly asks:
    | { readonly kind: 'http'; readonly path: Value<string>; readonly port: Value<string> }
    | { readonly kind: 'tcp' | 'grpc'; readonly port: Value<string> }
    | { readonly kind: 'command'; readonly words: readonly string[] }
    | { readonly kind: 'unclear'; readonly because: string };
  /** Seconds. */
  readonly period: Value<number>;
  readonly timeout: Value<number>;
  readonly initialDelay: Value<number>;
  readonly failureThreshold: Value<number>;
}

export interface WorkloadResources {
  /** As written: `256Mi`; `undefined` when not stated. */
  readonly memoryRequest: Value<string> | undefined;
  readonly memoryLimit: Value<string> | undefined;
  readonly cpuRequest: Value<string> | undefined;
  readonly cpuLimit: Value<string> | undefined;
}

/** Of the container, and where it says nothing, of the pod. */
export interface WorkloadSecurity {
  readonly runAsNonRoot: Truth;
  readonly runAsUser: Value<number> | undefined;
  /** `yes` by default, as Kubernetes has it. */
  readonly allowsPrivilegeEscalation: Truth;
  readonly readOnlyRoot: Truth;
  readonly privileged: Truth;
  readonly dropsCapabilities: readonly string[];
}

export interface WorkloadMount {
  readonly at: Location;
  readonly name: string;
  readonly path: string;
  readonly source: 'config-map' | 'secret' | 'claim' | 'empty-dir' | 'host-path' | 'other';
  /** The name of the ConfigMap, Secret or claim, or the path on the host. */
  readonly of: string;
  readonly readOnly: boolean;
}

/** What Kubernetes runs in production, without containers that only prepare others. */
export const productionWorkloads = (all: readonly Workload[]): readonly Workload[] =>
  all.filter(({ stage, isInit }) => stage !== 'development' && !isInit);

/** It runs on and on; jobs end by themselves. */
export const runsOn = ({ object }: Workload): boolean => object !== 'Job' && object !== 'CronJob';

/** Whether requests or connections come to it: it names a port or is probed. */
export const isAsked = ({ ports, liveness, readiness }: Workload): boolean =>
  ports.length > 0 || liveness !== undefined || readiness !== undefined;

/** How people call it: `Deployment shop`, `Deployment shop (container proxy)`; a template may leave the name open. */
export function workloadName({ object, name, container }: Workload): string {
  if (name === '') return `container ${container} of a ${object}`;
  return container === '' || container === name
    ? `${object} ${name}`
    : `${object} ${name} (container ${container})`;
}
