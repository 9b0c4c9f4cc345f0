import type { AccessLog } from '../../../model/index.ts';
import { stated } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { requestHooks } from '../hooks.ts';
import { ADDS_MIDDLEWARE, handing } from './handed.ts';
import { isLogger } from './loggers.ts';
import type { PythonView } from '../view.ts';

const LIBRARIES = [
  'asgi_logger.AccessLoggerMiddleware',
  'asgi_logger.middleware.AccessLoggerMiddleware',
  'paste.translogger.TransLogger',
  'requestlogger.WSGILogger',
  'fastapi_structlog.middleware.AccessLogMiddleware',
];

const TELLS_REQUEST = /\b(path|url|method|full_path|endpoint)\b/;

/** Own hooks that write a line about the request. */
function* ownHooks(python: PythonView): Generator<AccessLog> {
  for (const { calls, reached } of requestHooks(python))
    for (const { call, scope } of calls) {
      if (!isLogger(python, call, scope)) continue;
      if (!call.args.some(({ value }) => TELLS_REQUEST.test(python.textOf(scope, value)))) continue;
      yield {
        kind: 'accessLog',
        at: python.at(scope, call),
        name: 'a hook of the service',
        on: stated(true),
        reached,
      };
      break;
    }
}

/** Requests that the code itself writes down. */
export default defineExtractor({
  id: 'python/observe/access',
  reads: [],
  produces: ['accessLog'],
  understands: hasPython,
  *extract({ python }): Generator<AccessLog> {
    yield* ownHooks(python);
    for (const site of [
      ...handing(python, ADDS_MIDDLEWARE, name => LIBRARIES.includes(name)),
      ...python.calls(...LIBRARIES),
    ])
      yield {
        kind: 'accessLog',
        at: python.at(site.scope, site.call),
        name: 'middleware',
        on: stated(true),
        reached: python.reached(site),
      };
  },
});
