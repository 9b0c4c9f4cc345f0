import type { SocketServer, Truth } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';

const SERVERS = ['socket.io.Server', 'socket.io'];
/** Plain servers of web sockets: each process knows its own clients, and tells those alone. */
const PLAIN = ['ws.WebSocketServer', 'ws.Server'];

/** `new Server(http, { adapter })`, `io.adapter(createAdapter(pub, sub))` */
function queueOf(node: CodeView, { call, scope }: CallSite): Truth {
  const given = call.args.map(({ value }) => optionOf(node, { expression: value, scope }, 'adapter'));
  if (given.some(each => each !== undefined)) return 'yes';
  const later = node.callsEnding('adapter').some(site => {
    const { callee, args } = site.call;
    return callee.kind === 'attribute' && args.length > 0 && node.reached(site) !== 'no';
  });
  return later ? 'yes' : 'no';
}

/** Servers of web sockets, and what ties their processes together. */
export default defineExtractor({
  id: 'javascript/sockets/servers',
  reads: [],
  produces: ['socketServer'],
  understands: hasNode,
  *extract({ node }): Generator<SocketServer> {
    for (const site of node.calls(...SERVERS))
      yield {
        kind: 'socketServer',
        at: node.at(site.scope, site.call),
        name: 'the server of Socket.IO',
        hasQueue: queueOf(node, site),
        reached: node.reached(site),
      };
    for (const site of node.calls(...PLAIN)) {
      // Only what is told to all clients misses those of other processes.
      if (node.statements('.clients').length === 0) continue;
      yield {
        kind: 'socketServer',
        at: node.at(site.scope, site.call),
        name: 'the server of web sockets',
        hasQueue: node.callsEnding('subscribe', 'psubscribe').length > 0 ? 'unclear' : 'no',
        reached: node.reached(site),
      };
    }
  },
});
