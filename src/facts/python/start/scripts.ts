import type { Place, Serves, Term, Value } from '../../../model/index.ts';
import { byDefault, stated, unclear } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import type { Code } from '../../code/code.ts';
import type { Module } from '../../code/modules.ts';
import { reachFrom, type Entry } from '../../code/reach.ts';
import type { CallSite } from '../../code/sites.ts';

/** What a program serves with, seen from inside: it calls a server itself. */
export interface Inside {
  readonly serves: Serves;
  readonly way: readonly Place[];
  readonly workers: Value<number>;
  readonly reload: Value<boolean>;
  readonly debug: Value<boolean>;
  readonly requestTimeout: Value<number>;
  readonly binds: Value<readonly string[]>;
  readonly entries: readonly Entry[];
}

type Kind = 'development' | 'production';

/** Calls that serve, by canonical name. */
const SERVERS: Readonly<Record<string, { readonly kind: Kind; readonly name: string }>> = {
  'flask.Flask().run': { kind: 'development', name: 'app.run (the Flask development server)' },
  'apiflask.APIFlask().run': { kind: 'development', name: 'app.run (the Flask development server)' },
  'connexion.FlaskApp().run': { kind: 'development', name: 'app.run (a development server)' },
  'connexion.App().run': { kind: 'development', name: 'app.run (a development server)' },
  'quart.Quart().run': { kind: 'development', name: 'app.run (the Quart development server)' },
  'werkzeug.serving.run_simple': {
    kind: 'development',
    name: 'run_simple (the Werkzeug development server)',
  },
  'wsgiref.simple_server.make_server': { kind: 'development', name: 'wsgiref' },
  'http.server.HTTPServer': { kind: 'development', name: 'http.server' },
  'bottle.run': { kind: 'development', name: 'bottle.run' },
  'uvicorn.run': { kind: 'production', name: 'uvicorn' },
  'uvicorn.Server().run': { kind: 'production', name: 'uvicorn' },
  'uvicorn.Server().serve': { kind: 'production', name: 'uvicorn' },
  'waitress.serve': { kind: 'production', name: 'waitress' },
  'hypercorn.asyncio.serve': { kind: 'production', name: 'hypercorn' },
  'gevent.pywsgi.WSGIServer': { kind: 'production', name: 'gevent' },
  'cheroot.wsgi.Server': { kind: 'production', name: 'cheroot' },
  'eventlet.wsgi.server': { kind: 'production', name: 'eventlet' },
  'aiohttp.web.run_app': { kind: 'production', name: 'aiohttp' },
  'sanic.Sanic().run': { kind: 'production', name: 'sanic' },
  'tornado.httpserver.HTTPServer': { kind: 'production', name: 'tornado' },
  'granian.Granian().serve': { kind: 'production', name: 'granian' },
  'flask_socketio.SocketIO().run': { kind: 'production', name: 'socketio.run' },
};

/** Servers that leave the stop signal to the program that calls them. */
const LEAVES_SIGNALS = /^(tornado|waitress|gevent|cheroot|eventlet|socketio\.run)$/;

/** Servers with a limit of time for a request, unless the program says otherwise. */
const LIMITED = /^(sanic|cheroot)\b/;

/** The server that a started module calls, when its own code does so. */
export function servesInside(code: Code, module: Module, isScript: boolean): Inside | undefined {
  const reach = reachFrom(code, [{ module, isScript, object: '' }]);
  const site = code
    .calls(...Object.keys(SERVERS))
    .find(each => reach.reaches(each.scope, each.conditions) === 'yes');
  return site && insideOf(code, site);
}

function insideOf(code: Code, site: CallSite): Inside | undefined {
  const callee = code.nameOf(site.call.callee, site.scope);
  const server = SERVERS[callee];
  if (!server) return undefined;
  const args = code.argumentsOf(site);
  const reload = flag(args.arg(-1, 'reload') ?? args.arg(-1, 'use_reloader'));
  const debug = flag(args.arg(-1, 'debug'));
  const isDevelopment =
    server.kind === 'development' ||
    (callee === 'uvicorn.run' && reload.state !== 'unclear' && reload.value) ||
    (callee === 'flask_socketio.SocketIO().run' && isWerkzeug(code, site, args));
  const at = args.at;
  const name =
    callee.startsWith('flask_socketio') && isDevelopment ? 'socketio.run on Werkzeug' : server.name;
  return {
    serves: isDevelopment
      ? { with: 'development-server', name, at }
      : { with: 'production-server', name, leavesSignals: LEAVES_SIGNALS.test(name) },
    way: [{ at, says: `serves with ${name}` }],
    workers: number(args.arg(-1, 'workers')),
    reload,
    debug,
    requestTimeout: LIMITED.test(name) ? unclear('it is set inside the program') : byDefault(0),
    binds: bindsOf(args),
    entries: namedApp(code, module(site), args.arg(0, 'app')),
  };
}

const module = (site: CallSite): Module => site.scope.module;

/** `uvicorn.run("app.main:app")` names its app as text. */
function namedApp(code: Code, from: Module, app: Term | undefined): readonly Entry[] {
  if (app?.kind !== 'literal' || typeof app.value !== 'string') return [];
  const found = code.modules.resolve(from, app.value.split(':')[0] ?? '', 0);
  return found.kind === 'module'
    ? [{ module: found.module, isScript: false, object: app.value.split(':')[1] ?? '' }]
    : [];
}

/** Flask-SocketIO serves with Werkzeug in threading mode; with eventlet or gevent it serves for real. */
function isWerkzeug(code: Code, site: CallSite, args: Arguments): boolean {
  if (args.has(-1, 'allow_unsafe_werkzeug')) return true;
  const made = code
    .calls('flask_socketio.SocketIO')
    .filter(each => each.scope.module.file.role === 'production');
  return made.some(each => {
    const mode = code.argumentsOf(each).arg(-1, 'async_mode');
    return mode?.kind === 'literal' && mode.value === 'threading';
  });
}

function flag(term: Term | undefined): Value<boolean> {
  if (!term) return byDefault(false);
  const value = term.kind === 'env' ? term.fallback : term;
  if (!value) return byDefault(false);
  return value.kind === 'literal' ? stated(Boolean(value.value)) : unclear('it is worked out at run time');
}

function number(term: Term | undefined): Value<number> {
  if (!term) return byDefault(1);
  const value = term.kind === 'env' ? term.fallback : term;
  return value?.kind === 'literal' && typeof value.value === 'number'
    ? stated(value.value)
    : unclear('the number is worked out at run time');
}

function bindsOf(args: Arguments): Value<readonly string[]> {
  const host = textOf(args.arg(-1, 'host'));
  const port = textOf(args.arg(-1, 'port'));
  return host === undefined && port === undefined
    ? byDefault([])
    : stated([`${host ?? '127.0.0.1'}:${port ?? ''}`]);
}

function textOf(term: Term | undefined): string | undefined {
  const value = term?.kind === 'env' ? term.fallback : term;
  return value?.kind === 'literal' ? String(value.value) : undefined;
}
