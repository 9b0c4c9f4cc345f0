import type { CorsPolicy } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { originsOf, policyOf } from '../../code/cors-origins.ts';
import { deliveredBy } from '../../code/flags.ts';

const SERVERS = [
  'flask_socketio.SocketIO',
  'flask_socketio.SocketIO().init_app',
  'socketio.Server',
  'socketio.AsyncServer',
  'engineio.Server',
  'engineio.AsyncServer',
];

/** Origins that may open a Socket.IO connection. The server answers each of them with credentials. */
export default defineExtractor({
  id: 'python/flask_socketio/cors',
  reads: ['startPath'],
  produces: ['corsPolicy'],
  understands: hasPython,
  *extract({ python, facts }): Generator<CorsPolicy> {
    const starts = deliveredBy(facts.all('startPath'));
    for (const site of python.calls(...SERVERS)) {
      const term = python.args(site).arg(-1, 'cors_allowed_origins');
      if (!term || (term.kind === 'literal' && term.value === null)) continue;
      const isOff = term.kind === 'list' && term.items.length === 0;
      yield policyOf({
        at: python.at(site.scope, site.call),
        name: 'cors_allowed_origins',
        origins: isOff
          ? {
              origins: 'any',
              says: 'switches the check of origins off',
              overridden: false,
              written: true,
              at: term.at,
            }
          : originsOf(term, starts),
        credentials: 'yes',
        reached: python.reached(site),
      });
    }
  },
});
