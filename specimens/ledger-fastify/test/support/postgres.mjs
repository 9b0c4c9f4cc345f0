import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** PostgreSQL in this process, reached over the network as the real one is. It is empty and kept nowhere. */
export async function startPostgres(port = 0) {
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port, maxConnections: 20 });
  await server.start();
  const [host, at] = server.getServerConn().split(':');
  return {
    url: `postgresql://postgres:postgres@${host}:${at}/postgres`,
    stop: async () => {
      await server.stop();
      await db.close();
    },
  };
}
