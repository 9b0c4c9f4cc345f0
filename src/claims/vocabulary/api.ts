import { topic } from '../topic.ts';

/** The interface. */
export const api = [
  topic('pagination', ['api/pagination'], ['pagination', 'paginated', 'pagination ~ list|large|result*'], {
    spread: 'lists',
    denials: ['returns all records'],
    other: ['document pagination', 'pagination parameters|metadata|component'],
  }),
  topic(
    'versions of the interface',
    ['api/versioning'],
    ['api versioning', 'versioned api|endpoints|routes', 'uri versioning', 'api version prefix'],
    {
      other: ['api versioning strategy|policy'],
    },
  ),
  topic(
    'description of the interface',
    ['api/openapi'],
    [
      'openapi',
      'swagger',
      'api documentation',
      'api docs',
      'openapi swagger ~ (documentation)',
      'swagger ui',
      'swagger openapi (spec*)',
      'interactive api doc*',
      'api documentation openapi swagger',
      'documented api',
    ],
    {
      products: ['swagger', 'openapi', 'redoc', 'flasgger'],
      other: [
        'api documentation disabled',
        'swagger ~ disabled',
        'api documentation portal',
        'openapi specs? examples',
      ],
    },
  ),
  topic(
    'compression',
    ['api/compression'],
    [
      'response compression',
      'gzip',
      'brotli',
      'gzip compression',
      'compression middleware',
      'gzip brotli compression',
    ],
    { labels: ['compression'], other: ['gzip archive*|backup*', 'kb gzip*'] },
  ),
  topic(
    'conditional requests',
    ['api/conditional-requests'],
    ['etags?', 'conditional requests', 'cache control headers?'],
  ),
  topic(
    'one form of errors',
    ['api/error-format'],
    ['consistent error format|response*|handling', 'standardi* error response*|format', 'uniform error*'],
  ),
  topic(
    'no secrets in answers',
    ['api/sensitive-fields'],
    ['passwords? never returned', 'no password* in ~ response*', 'sensitive fields excluded'],
  ),
];
