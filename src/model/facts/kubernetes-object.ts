import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import type { Value } from '../value.ts';

/** A Kubernetes object around the workloads. */
export interface KubernetesObject {
  readonly kind: 'kubernetesObject';
  readonly at: Location;
  /** As Kubernetes writes it: `Ingress`, `HorizontalPodAutoscaler`. */
  readonly type: string;
  readonly name: string;
  readonly namespace: string;
  readonly templated: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly about: KubernetesDetail;
}

export type KubernetesDetail =
  | {
      readonly kind: 'service';
      readonly type: Value<string>;
      readonly selector: Readonly<Record<string, string>>;
      readonly ports: readonly ServicePort[];
      readonly sticky: boolean;
    }
  | {
      readonly kind: 'ingress';
      /** The hosts of its TLS section; empty without one. */
      readonly tlsHosts: readonly string[];
      readonly hasTls: boolean;
      readonly rules: readonly IngressRule[];
    }
  | {
      readonly kind: 'autoscaler';
      readonly target: string;
      readonly min: Value<number>;
      readonly max: Value<number>;
    }
  | { readonly kind: 'disruption-budget'; readonly selector: Readonly<Record<string, string>> }
  /** A ConfigMap or Secret. Values of a Secret are decoded where they are plain base64. */
  | { readonly kind: 'values'; readonly secret: boolean; readonly entries: readonly KeyedValue[] }
  /** Objects that name other kinds (ServiceMonitor, ExternalSecret, NetworkPolicy, ClusterIssuer …). */
  | { readonly kind: 'other' };

export interface ServicePort {
  readonly at: Location;
  readonly port: Value<number>;
  /** A number or the name of a container port. */
  readonly target: Value<string>;
}

export interface IngressRule {
  readonly at: Location;
  readonly host: string;
  readonly path: string;
  readonly service: string;
  readonly port: Value<string>;
}

export interface KeyedValue {
  readonly key: string;
  readonly value: Term;
  readonly at: Location;
}
