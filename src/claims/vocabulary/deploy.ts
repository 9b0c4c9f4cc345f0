import { topic } from '../topic.ts';

/** How a version gets out, and back. */
export const deploy = [
  topic(
    'way back from a release',
    ['shows:deploy/rollback'],
    [
      'rollback plan|procedure*|strategy|documentation',
      'rollback procedures documented',
      'rollback documented',
      'roll back procedure*',
    ],
    { existence: true, other: ['migration* ~ rollback', 'rollback tested', 'test* rollback procedure*'] },
  ),
  topic(
    'deployment as code',
    ['deploy/target'],
    ['deployment configuration', 'deployment manifests', 'deployment scripts?', 'infrastructure as code'],
    {
      denials: ['no docker no deployment scripts'],
      other: ['deployment configuration management'],
    },
  ),
  topic('infrastructure as code', ['check:terraform'], ['terraform', 'cloudformation', 'pulumi'], {
    products: [],
  }),
  topic(
    'several versions side by side',
    ['attest/gradual-release'],
    [
      'blue green',
      'blue green deployment*',
      'canary',
      'canary deployment*|release*',
      'gradual rollout',
      'zero downtime',
    ],
  ),
  topic('load balancer', [], ['load balanc*', 'load balancer']),
  topic('staging environment', [], ['staging environment']),
];
