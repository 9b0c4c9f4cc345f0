import type { RequestId, Truth } from '../../../model/index.ts';
import { either, truth } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { headersSent } from '../headers/sent.ts';
import { requestHooks } from '../hooks.ts';
import type { PythonView } from '../view.ts';
import { ADDS_MIDDLEWARE, handing } from './handed.ts';

const NAME = /(request|correlation|trace)[-_]?id/i;
const HEADER = /^x-(request|correlation|trace)-?id$|^(request|correlation)-id$/;
/** Places in the text of a module where log lines are given an identifier. */
const IN_LINES =
  /%\((request_id|correlation_id|trace_id|req_id)\)|\{(extra\[)?["']?(request_id|correlation_id|trace_id)["']?\]?\}|record\.(request_id|correlation_id|trace_id)|CorrelationIdFilter|RequestIDLogFilter|bind_contextvars\(\s*(request_id|correlation_id|trace_id)|bind_contextvars\([^)]*(request_id|correlation_id)|contextualize\(\s*(request_id|correlation_id|trace_id)|extra\s*=\s*\{[^}]*["'](request_id|correlation_id|trace_id)["']|\.bind\(\s*(request_id|correlation_id|trace_id)|(add_correlation|add_correlation_id|add_request_id)/;

interface Library {
  readonly name: string;
  readonly middleware: RegExp;
  /** Whether it sends the identifier back by itself. */
  readonly returns: boolean;
}

const LIBRARIES: readonly Library[] = [
  { name: 'CorrelationIdMiddleware', middleware: /^asgi_correlation_id\.(\w+\.)*CorrelationIdMiddleware$/, returns: true },
  { name: 'RequestID', middleware: /^flask_log_request_id\.(\w+\.)*RequestID$/, returns: false },
  { name: 'RequestID', middleware: /^flask_request_id(_header)?\.(\w+\.)*(RequestID|request_id)$/, returns: true },
  { name: 'starlette_context', middleware: /^starlette_context\.plugins\.(\w+\.)*(RequestIdPlugin|CorrelationIdPlugin)$/, returns: true },
  { name: 'RequestIdMiddleware', middleware: /^(starlette_request_id|fastapi_request_id|asgi_request_id)\.(\w+\.)*\w+$/, returns: true },
]; // prettier-ignore

/** Whether lines carry it: some reached module says so. */
function inLines(python: PythonView): Truth {
  return either(
    ...python
      .modules()
      .filter(module => IN_LINES.test(module.file.text))
      .map(module => python.reach.reachesModule(module)),
  );
}

const sentBack = (python: PythonView): Truth =>
  either(...[...headersSent(python)].filter(({ name }) => HEADER.test(name)).map(({ reached }) => reached));

function* byLibraries(python: PythonView): Generator<RequestId> {
  for (const { name, middleware, returns } of LIBRARIES) {
    const [word = ''] = /\w+(?=\$$)/.exec(middleware.source) ?? [];
    const sites = [
      ...handing(python, ADDS_MIDDLEWARE, each => middleware.test(each)),
      ...python
        .callsEnding('RequestID', 'CorrelationIdMiddleware', 'RequestIdPlugin', 'CorrelationIdPlugin', word)
        .filter(({ call, scope }) => middleware.test(python.nameOf(call.callee, scope))),
    ];
    for (const site of new Set(sites))
      yield {
        kind: 'requestId',
        at: python.at(site.scope, site.call),
        name,
        returned: returns ? 'yes' : sentBack(python),
        logged: inLines(python),
        wired: python.reached(site),
      };
  }
}

/** Own hooks that take an identifier from a header or make one. */
function* byHooks(python: PythonView): Generator<RequestId> {
  for (const { function: entity, reached, calls } of requestHooks(python)) {
    const text = python.textOf(entity.scope, entity.definition);
    if (!NAME.test(text)) continue;
    const takes = /headers(\.get\(|\[)|uuid[14]?\(|uuid\.uuid|token_hex|ulid|nanoid/.test(text);
    const fromHelper = calls.some(({ call, scope }) => NAME.test(python.textOf(scope, call.callee)));
    if (!takes && !fromHelper) continue;
    const isReturned = truth(/headers\[\s*["']x-(request|correlation|trace)-?id/i.test(text));
    const isLogged = truth(/log\w*\.\w+\([^)]*(request_id|correlation_id|trace_id)/s.test(text));
    yield {
      kind: 'requestId',
      at: python.at(entity.scope, entity.definition.head),
      name: nameOfHook(entity),
      returned: either(isReturned, sentBack(python)),
      logged: either(isLogged, inLines(python)),
      wired: reached,
    };
  }
}

const nameOfHook = ({ self, definition }: FunctionEntity): string =>
  self?.kind === 'class' ? self.definition.name : definition.name;

/** Identifiers that go with a request: by a library, or by own hooks. */
export default defineExtractor({
  id: 'python/observe/request-ids',
  reads: [],
  produces: ['requestId'],
  understands: hasPython,
  *extract({ python }): Generator<RequestId> {
    yield* byLibraries(python);
    yield* byHooks(python);
  },
});
