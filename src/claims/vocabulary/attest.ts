import { topic } from '../topic.ts';

/** What only people can say. */
export const attest = [
  topic('penetration test', ['attest/penetration-test'], ['penetration test*', 'pen test*', 'pentest*']),
  topic('review of access', ['attest/access-review'], ['access reviews?', 'quarterly access reviews?']),
  topic('on call', ['attest/on-call'], ['on call ~ rotation|schedule|engineer', 'pagerduty', 'opsgenie']),
  topic(
    'people for incidents',
    ['attest/incident-team'],
    ['incident response team', 'security incident response team'],
  ),
  topic(
    'rules of the network',
    ['attest/network-rules'],
    [
      'firewall',
      'firewall rules ~ (configured)',
      'network security groups?',
      'security groups',
      'network policies',
    ],
  ),
  topic('filter in front', ['attest/waf'], ['waf', 'web application firewall']),
  topic(
    'stored data encrypted',
    ['attest/encryption-at-rest'],
    ['encryption at rest', 'encrypted at rest', 'data encryption ~ at rest', 'database encryption'],
  ),
  topic('delivery near the users', ['attest/cdn'], ['cdn', 'content delivery network']),
  topic(
    'practised failure',
    ['attest/chaos-exercise'],
    ['chaos engineering', 'chaos test*', 'chaos engineering tests'],
  ),
  topic('switches for functions', ['attest/feature-flags'], ['feature flags?', 'feature toggles?']),
  topic(
    'training',
    ['attest/training'],
    ['team ~ trained', 'team training', 'security training', 'training completed', 'train operations team'],
  ),
  topic('agreements with vendors', ['attest/vendors'], ['vendor agreements', 'data processing agreements?']),
  topic('signed images', ['attest/image-signing'], ['signed images?', 'image signing', 'cosign']),
  topic(
    'second copy that takes over',
    ['attest/failover'],
    ['automatic failover', 'failover', 'multi az', 'high availability'],
  ),
  topic(
    'back to any minute',
    ['attest/point-in-time-recovery'],
    ['point in time recovery', 'pitr', 'wal archiving'],
  ),
  topic('known capacity', ['attest/capacity-plan'], ['capacity plan*', 'capacity forecast']),
];
