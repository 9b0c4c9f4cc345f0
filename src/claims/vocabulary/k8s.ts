import { topic } from '../topic.ts';

const IN_KUBERNETES = ['kubernetes', 'k8s', 'helm', 'pod', 'pods', 'deployment'];

/** Kubernetes. */
export const k8s = [
  topic(
    'Kubernetes manifests',
    ['check:kubernetes'],
    [
      'kubernetes manifests?',
      'k8s manifests?',
      'kubernetes deployment*',
      'kubernetes support',
      'kubernetes ready',

      'kubernetes manifests or helm charts',
    ],
    {
      labels: ['kubernetes', 'k8s'],
      other: [
        'kubernetes cluster|secrets|ingress|hpa|probes|configmaps',
        'managed kubernetes',
        'secret references in kubernetes',
      ],
    },
  ),
  topic('Helm chart', ['check:helm'], ['helm', 'helm charts?']),
  topic(
    'probes',
    ['k8s/probes'],
    [
      'liveness ~ readiness probes?',
      'readiness ~ liveness probes?',
      'kubernetes probes',
      'liveness probes?',
      'readiness probes?',
      'readiness probe',
      'probes for kubernetes',
    ],
  ),
  topic(
    'limits of memory and processor in Kubernetes',
    ['k8s/resources'],
    ['resource limits', 'cpu ~ memory limits?', 'memory limits?'],
    { within: IN_KUBERNETES },
  ),
  topic(
    'autoscaler',
    ['check:autoscaler'],
    ['horizontal pod autoscal*', 'hpa', 'auto scaling', 'autoscaling', 'auto scaling policies|configuration'],
  ),
  topic('TLS of the ingress', ['k8s/tls'], ['ingress with tls', 'ingress tls', 'tls ~ ingress']),
  topic('confined containers', ['k8s/security-context'], ['security context*', 'pod security'], {
    within: [...IN_KUBERNETES, 'container', 'containers'],
  }),
];
