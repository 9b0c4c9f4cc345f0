import { topic } from '../topic.ts';

const SERVERS = ['gunicorn', 'uwsgi', 'waitress', 'hypercorn', 'daphne', 'granian', 'gevent'];

/** The process and what it runs on. */
export const server = [
  topic(
    'production server',
    ['server/production-server'],
    [
      'production wsgi|asgi|server',
      'production grade server|wsgi|asgi',
      'wsgi|asgi server',
      'gunicorn',
      'uwsgi',
      'waitress',
      'hypercorn',
      'served by|with gunicorn|uvicorn|uwsgi',
    ],
    {
      denials: [
        'development|dev server ~ production',
        'flask|django|werkzeug development|dev|debug server',
        'uses|using ~ development|dev server',
        'development|dev server',
      ],
      products: SERVERS,
      other: [
        'gunicorn added to requirements',
        'gunicorn config*',
        'production server guide|setup|requirements',
      ],
    },
  ),
  topic(
    'debug mode off',
    ['server/debug-off'],
    [
      'debug (mode) (is) disabled|off|false',
      'disable*|no|without debug (mode|flag)',
      'switch* ~ debug ~ off',
      'turn* ~ debug ~ off',
      'debug mode off',
      'flask debug 0|false|off',
    ],
    {
      denials: [
        'debug (mode) (is) enabled|on|true',
        'debug mode enabled',
        'flask debug 1|true',
        'runs in debug mode',
      ],
      other: ['debug mode in development', 'debug mode locally'],
    },
  ),
  topic(
    'several workers',
    ['server/workers'],
    ['multiple|several workers', 'worker processes', 'multi worker'],
    { denials: ['single worker', 'default 1 worker'], other: ['celery worker*', 'background worker*'] },
  ),
  topic(
    'graceful shutdown',
    ['server/graceful-shutdown'],
    ['graceful* shutdown|stop*|termination', 'sigterm handl*', 'handles? sigterm'],
  ),
  topic(
    'timeouts of outbound calls',
    ['server/outbound-timeouts'],
    [
      'timeouts? on|for ~ outbound|external|http|upstream ~ calls|requests',
      'outbound timeouts',
      'http client timeouts',
    ],
  ),
];
