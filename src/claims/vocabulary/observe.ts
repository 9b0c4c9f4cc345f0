import { topic } from '../topic.ts';

const TRACKERS = ['sentry', 'rollbar', 'bugsnag', 'honeybadger', 'airbrake', 'glitchtip'];

/** What is seen of the service from outside. */
export const observe = [
  topic(
    'logging set up',
    ['observe/logging'],
    [
      'logging configur*',
      'application logging',
      'proper logging',
      'log levels?',
      'configurable log level',
      'logging configuration',
    ],
    {
      labels: ['logging'],
      denials: ['no logging configuration', 'print statements instead'],
      other: [
        'query logging',
        'audit logging',
        'request logging',
        'access logging',
        'log level environment|variable',
      ],
    },
  ),
  topic(
    'structured logs',
    ['observe/structured-logs'],
    [
      'structured ~ log*',
      'json log*',
      'json formatted log*',
      'logs? in|as json',
      'structlog',
      'structured logging framework',
    ],
    { products: ['structlog'] },
  ),
  topic(
    'logs that do not fill the disk',
    ['observe/log-destination'],
    [
      'log rotation',
      'log rotation and retention',
      'log files ~ rotated',
      'rotat* log*',
      'rotating log*',
      'logs ~ rotated',
      'logs to stdout',
    ],
    { other: ['structured log* ~ log rotation'] },
  ),
  topic(
    'no print statements',
    ['observe/no-print'],
    ['no print statements', 'print* statements replaced', 'print* replaced', 'replaced print*'],
    {
      denials: ['uses? print statements', 'print statements'],
    },
  ),
  topic(
    'identifier of each request',
    ['observe/request-id'],
    ['request ids?', 'correlation ids?', 'request id tracking', 'request correlation', 'x request id'],
  ),
  topic(
    'access log',
    ['observe/access-log'],
    ['access log*', 'request logging', 'request response logging', 'http request log*'],
  ),
  topic(
    'handler of unexpected errors',
    ['observe/error-handlers'],
    [
      'error handlers?',
      'global error|exception handl*',
      'centrali* error|exception handl*',
      'custom error handlers?',
      'error handling middleware',
      'exception handlers?',
      'unhandled exception* ~ caught|handled',
      'global exception handler',
    ],
    { other: ['error handling', 'error handlers return*'] },
  ),
  topic(
    'errors without internals',
    ['observe/error-leak', 'server/debug-off'],
    [
      'no stack traces?',
      'error handlers without stack traces?',
      'stack traces? ~ hidden|hides|suppressed|removed',
      'hide* stack traces?',
      'stack traces? ~ not|never exposed|leaked|shown|returned',
      'without stack traces?',
      'error sanit*',
      'error messages sanit*',
      'generic error messages',
      'dont expose stack traces?',
    ],
    {
      aspects: ['stack|traceback|debug'],
      denials: ['stack traces? exposed|leaked', 'exposes? stack traces?'],
    },
  ),
  topic(
    'error tracking',
    ['observe/error-tracking'],
    [
      'error tracking',
      'error monitoring',
      'sentry',
      'rollbar',
      'bugsnag',
      'error reporting service',
      'exception tracking',
      'error tracking integration',
    ],
    { products: TRACKERS, other: ['sentry alerts'] },
  ),
  topic(
    'metrics',
    ['observe/metrics'],
    [
      'prometheus',
      'metrics endpoint',
      'application metrics',
      'prometheus metrics ~ (endpoint)',

      'prometheus metrics exporter',
      'request metrics',
    ],
    {
      labels: ['metrics'],
      other: [
        'training metrics',
        'metrics collector|dashboard*|history|table|server',
        'business|quality|code|success|performance|key|model|evaluation|test|coverage metrics',
        'security ~ monitoring prometheus',
        'no performance metrics',
        'web vitals metrics',
      ],
    },
  ),
  topic(
    'tracing',
    ['observe/tracing'],
    ['distributed tracing', 'opentelemetry', 'jaeger', 'request tracing'],
    { labels: ['tracing'], other: ['request tracing ids?', 'error tracing', 'contact tracing'] },
  ),
  topic(
    'health route',
    ['observe/liveness'],
    [
      'health check*',
      'healthcheck*',
      'health endpoint*',
      'health check endpoint*',
      'health ~ endpoint',
      'api health endpoint',
      'liveness endpoint|probe|check',
      'health route',
    ],
    {
      other: [
        'health checks? passing|pass|verified',
        'health check monitoring',
        'cache|redis|database|db health check*',
        'kubernetes health',
        'health data',
        'detailed health',
        'health check* ~ database|dependenc*|redis',
        'health check* ~ detailed',
      ],
    },
  ),
  topic(
    'readiness route',
    ['observe/readiness'],
    [
      'readiness check|endpoint|route',
      'ready endpoint',
      'health check* ~ verif*|check*|include* ~ database|dependencies|db',
      'database connectivity check',
      'deep health check*',
    ],
    { denials: ['health check doesnt verify database', 'health check ~ doesnt verify ~ database'] },
  ),
  topic(
    'alerts',
    ['shows:observe/alerts'],
    ['alert rules', 'alerting rules', 'monitoring and alerting', 'alertmanager'],
    {
      labels: ['alerts', 'alerting'],
      other: [
        'dependabot alerts',
        'security alerts',
        'cost alerts',
        'alerts and notifications to users',
        'browser alerts',
      ],
    },
  ),
  topic('dashboards', ['shows:observe/dashboards'], ['grafana dashboards?', 'prometheus dashboards?'], {
    labels: ['grafana', 'dashboards'],
  }),
  topic('audit trail', ['observe/audit-log'], ['audit log*', 'audit trail*', 'audit logging'], {
    other: ['audit logs? for'],
  }),
  topic(
    'no secrets in logs',
    ['observe/sensitive-logs'],
    [
      'sensitive data ~ not logged',
      'no sensitive ~ logs?',
      'sensitive ~ masked|redacted|filtered ~ logs?',
      'log redaction',
      'passwords? never logged',
      'never log* passwords?|secrets|tokens',
    ],
  ),
  topic('no statements in the log', ['observe/sql-echo'], ['sql echo disabled|off'], {
    denials: ['sql echo enabled|on', 'echo true'],
  }),
  topic(
    'central collection of logs',
    [],
    ['log aggregation', 'centrali* log*', 'elk', 'loki', 'log shipping', 'cloudwatch logs'],
  ),
  topic('performance monitoring', [], ['apm', 'performance monitoring', 'new relic', 'datadog']),
  topic('uptime monitoring', [], ['uptime monitoring', 'uptimerobot', 'pingdom']),
];
