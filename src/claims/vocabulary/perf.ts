import { topic } from '../topic.ts';

/** Performance. */
export const perf = [
  topic(
    'cache',
    ['perf/cache'],
    [
      'redis cach*',

      'response caching',
      'query cach*',
      'cache layer',
      'caching layer',
      'api caching',
      'caching with redis',
      'redis for ~ caching',
      'no caching',
    ],
    {
      labels: ['caching'],
      denials: ['no caching'],
      other: [
        'browser caching',
        'docker layer caching',
        'cache invalidation',
        'ci caching',
        'pip caching',
        'dependency caching',
        'caching headers',
      ],
    },
  ),
  topic(
    'static files beside the app',
    ['perf/static-assets'],
    ['static files? ~ served by nginx|cdn', 'whitenoise', 'browser caching headers'],
    { products: ['whitenoise', 'nginx'] },
  ),
];
