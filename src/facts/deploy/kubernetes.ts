import {
  byDefault,
  unclear,
  type KubernetesDetail,
  type KubernetesObject,
  type Value,
} from '../../model/index.ts';
import { below, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { imagesIn } from '../container/images.ts';
import { defineDocumentExtractor } from '../define.ts';
import { keyedValues, valuesOf } from './kubernetes-environment.ts';
import { kubernetesObjects, resolved, textMap, type Manifested } from './kubernetes-files.ts';
import { numberValue, textValue } from './kubernetes-parts.ts';
import { builderIn } from './kubernetes-images.ts';
import { isWorkload, runsOf, startOf, workloadsOf } from './kubernetes-workloads.ts';

type Detail<K extends KubernetesDetail['kind']> = Extract<KubernetesDetail, { kind: K }>;

function serviceOf({ tree, values }: Manifested): Detail<'service'> {
  const spec = below(tree, 'spec');
  return {
    kind: 'service',
    type: textValue(below(spec, 'type'), values) ?? byDefault('ClusterIP'),
    selector: textMap(below(spec, 'selector'), values),
    ports: itemsOf(below(spec, 'ports')).map(port => ({
      at: port.at,
      port: numberValue(below(port, 'port'), values, 0),
      target:
        textValue(below(port, 'targetPort'), values) ??
        textValue(below(port, 'port'), values) ??
        unclear('no port is named'),
    })),
    sticky: textOf(below(spec, 'sessionAffinity')) === 'ClientIP',
  };
}

function ingressOf({ tree, values }: Manifested): Detail<'ingress'> {
  const spec = below(tree, 'spec');
  const tls = below(spec, 'tls');
  return {
    kind: 'ingress',
    hasTls: tls !== undefined && (itemsOf(tls).length > 0 || tls.kind !== 'list'),
    tlsHosts: itemsOf(tls).flatMap(item => textsOf(below(item, 'hosts'))),
    rules: itemsOf(below(spec, 'rules')).flatMap(rule => {
      const host = resolved(below(rule, 'host'), values) ?? '';
      return itemsOf(below(rule, 'http', 'paths')).map(path => ({
        at: path.at,
        host,
        path: resolved(below(path, 'path'), values) ?? '/',
        service:
          resolved(below(path, 'backend', 'service', 'name'), values) ??
          resolved(below(path, 'backend', 'serviceName'), values) ??
          '',
        port: backendPort(below(path, 'backend'), values),
      }));
    }),
  };
}

const backendPort = (backend: Tree | undefined, values: Tree | undefined): Value<string> =>
  textValue(below(backend, 'service', 'port', 'number'), values) ??
  textValue(below(backend, 'service', 'port', 'name'), values) ??
  textValue(below(backend, 'servicePort'), values) ??
  unclear('no port is named');

function detailOf(object: Manifested): KubernetesDetail {
  const { tree, values } = object;
  switch (object.type) {
    case 'Service':
      return serviceOf(object);
    case 'Ingress':
      return ingressOf(object);
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject':
      return {
        kind: 'autoscaler',
        target: resolved(below(tree, 'spec', 'scaleTargetRef', 'name'), values) ?? '',
        min: numberValue(
          below(tree, 'spec', 'minReplicas') ?? below(tree, 'spec', 'minReplicaCount'),
          values,
          1,
        ),
        max: numberValue(
          below(tree, 'spec', 'maxReplicas') ?? below(tree, 'spec', 'maxReplicaCount'),
          values,
          1,
        ),
      };
    case 'PodDisruptionBudget':
      return {
        kind: 'disruption-budget',
        selector: textMap(below(tree, 'spec', 'selector', 'matchLabels'), values),
      };
    case 'ConfigMap':
    case 'Secret':
      return { kind: 'values', secret: object.type === 'Secret', entries: valuesOf(object) };
    default:
      return { kind: 'other' };
  }
}

const objectFact = (object: Manifested): KubernetesObject => ({
  kind: 'kubernetesObject',
  at: object.tree.at,
  type: object.type,
  name: object.name,
  namespace: object.namespace,
  templated: object.templated,
  labels: textMap(below(object.tree, 'metadata', 'labels'), object.values),
  annotations: textMap(below(object.tree, 'metadata', 'annotations'), object.values),
  about: detailOf(object),
});

/** Kubernetes manifests, Kustomize bases and Helm templates as far as they are plain. */
export default defineDocumentExtractor({
  id: 'deploy/kubernetes',
  produces: ['workload', 'kubernetesObject', 'startCommand'],

  *extract(repository) {
    const objects = kubernetesObjects(repository);
    const images = imagesIn(repository);
    const runs = objects.flatMap(each => (isWorkload(each.type) ? runsOf(each, each.type) : []));
    const builderOf = builderIn(images, runs, repository.name);
    const starts = new Set<string>();
    for (const object of objects) {
      const keyed = keyedValues(objects, object.overlay?.folder);
      if (!isWorkload(object.type)) {
        yield objectFact(object);
        continue;
      }
      for (const workload of workloadsOf(object, object.type, keyed, builderOf)) {
        yield workload;
        const start = startOf(workload, images);
        // Kustomizations that take one base mostly start the same.
        const said = JSON.stringify(start);
        if (start && !starts.has(said)) yield start;
        starts.add(said);
      }
    }
  },
});
