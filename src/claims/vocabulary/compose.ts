import { topic } from '../topic.ts';

/** Compose files. */
export const compose = [
  topic(
    'compose file',
    ['check:compose'],
    [
      'docker compose',
      'compose file',
      'docker compose setup|support|configuration|file|deployment',
      'docker compose for',
    ],
    {
      labels: ['docker compose.yml'],
      other: [
        'docker compose up|down|run|build|exec|logs|ps|watch',
        'install* docker compose',
        'docker compose installed',
      ],
    },
  ),
  topic(
    'compose file for production',
    ['compose/production-file'],
    [
      'production docker compose*',
      'docker compose ~ production ~ (configuration)',
      'docker compose.prod.yml',
      'production compose file',
    ],
  ),
  topic(
    'restart after a crash',
    ['compose/restart'],
    [
      'restart polic*',
      'auto restart*',
      'automatic* restart*',
      'restarts ~ after ~ crash',
      'restarts by itself',
    ],
  ),
  topic(
    'limits of memory and processor',
    ['compose/limits', 'k8s/resources'],
    [
      'resource limits',
      'cpu ~ memory limits?',
      'memory ~ cpu limits?',
      'memory limits?',
      'resource requests ~ limits',
    ],
  ),
  topic(
    'pinned images',
    ['compose/image-tag', 'k8s/image-tag'],
    ['image tags ~ pinned|immutable', 'pinned image tags?', 'image versions pinned'],
  ),
  topic(
    'closed ports',
    ['compose/exposed-ports'],
    [
      'database ~ not ~ publicly accessible|exposed',
      'database ports? not exposed',
      'no exposed database ports?',
    ],
  ),
];
