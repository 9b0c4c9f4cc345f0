import { topic } from '../topic.ts';

const IN_DOCKER = ['docker', 'dockerfile', 'container', 'containers', 'image', 'compose'];

/** Images. */
export const container = [
  topic(
    'image definition',
    ['container/dockerfile'],
    [
      'docker support',
      'dockerized',
      'dockerised',
      'containerized',
      'containerised',
      'docker image',
      'production dockerfile',
      'docker ready',
      'containerization',
      'docker containerization',
      'docker based',
    ],
    {
      labels: ['docker', 'dockerfile'],
      other: [
        'docker hub|desktop|daemon|engine|compose|swarm|socket|secrets|network|volumes?|build*|run|tag*|registry|installed|scan|best|good|practices|logs|exec|file|files|setup|configuration|container|containers|health|healthcheck|environment|user|deployment|images',
        'dockerfile uses|installs|updated',
        'docker image size|tag|scan*|published|builds?',
        'update* dockerfile',
        'no docker compose',
      ],
    },
  ),
  topic(
    'ignore file of the build',
    ['container/dockerignore'],
    ['dotdockerignore', 'dotdockerignore added|created', 'dotdockerignore file'],
  ),
  topic(
    'image without root',
    ['container/non-root'],
    [
      'non root',
      'non root ~ user',
      'nonroot user',
      'unprivileged user',
      'not run as root',
      'dedicated user',
      'rootless',
      'non root docker user',
      'runs? as ~ non root ~ user',
    ],
    { denials: ['runs? as root'], other: ['rootless docker|podman'] },
  ),
  topic(
    'build in several stages',
    ['check:multi-stage'],
    [
      'multi stage (docker|image) build*',
      'multi stage dockerfile|docker',
      'docker multi stage',
      'multistage (docker) build*',
    ],
  ),
  topic('pinned base image', ['container/base-pinned'], ['pinned base image*', 'base image* ~ pinned']),
  topic(
    'health check of the container',
    ['container/healthcheck', 'container/healthcheck-works'],
    [
      'health check*',
      'healthcheck*',
      'working health checks',
      'health checks working',
      'docker health check*',
      'container health check*',
      'health checks in docker',
    ],
    {
      within: IN_DOCKER,
      other: [
        'health check endpoint*',
        'health checks? passing',
        'health check* ~ load balancer*',
        'health check* ~ database|dependenc*',
      ],
    },
  ),
  topic(
    'health check of the container that works',
    ['container/healthcheck-works'],
    [
      'healthcheck repaired|fixed|working',
      'fixed healthcheck',
      'reliable health checks',
      'working health checks',
      'health checks working',
    ],
  ),
  topic(
    'no secrets in the image',
    ['container/secrets-in-image'],
    [
      'no sensitive data in (the|docker|container) image*',
      'no secrets in (the|docker|container) image*',
      'secrets ~ not|never in (the) image*',
    ],
  ),
  topic(
    'exact versions in the image',
    ['container/locked-install'],
    ['image ~ exact versions', 'reproducible ~ image*|docker builds?'],
  ),
];
