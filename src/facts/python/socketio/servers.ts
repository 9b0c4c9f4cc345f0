import type { SocketServer, Truth } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Servers of web sockets: the argument that names what ties their processes together. */
const SERVERS: Readonly<Record<string, string>> = {
  'flask_socketio.SocketIO': 'message_queue',
  'socketio.Server': 'client_manager',
  'socketio.AsyncServer': 'client_manager',
};

/** Socket.IO servers of Flask-SocketIO and python-socketio. */
export default defineExtractor({
  id: 'python/socketio/servers',
  reads: [],
  produces: ['socketServer'],
  understands: hasPython,
  *extract({ python }): Generator<SocketServer> {
    for (const [name, keyword] of Object.entries(SERVERS))
      for (const site of python.calls(name)) {
        const later = python.calls(`${name}().init_app`);
        const given = [site, ...later].map(each => {
          const term = python.args(each).arg(-1, keyword);
          const isNone = term?.kind === 'literal' && term.value === null;
          return { queue: term !== undefined && !isNone, open: python.args(each).isOpen };
        });
        const hasQueue: Truth = given.some(({ queue }) => queue)
          ? 'yes'
          : given.some(({ open }) => open)
            ? 'unclear'
            : 'no';
        yield {
          kind: 'socketServer',
          at: python.at(site.scope, site.call),
          name: python.textOf(site.scope, site.call.callee),
          hasQueue,
          reached: python.reached(site),
        };
      }
  },
});
