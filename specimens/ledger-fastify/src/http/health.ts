import fp from 'fastify-plugin';

const within = async (milliseconds: number, work: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(done => {
    timer = setTimeout(() => {
      done(false);
    }, milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};

/** `/livez` asks nobody: a pod is not restarted for what its database does. `/readyz` asks what a request needs. */
export const health = fp(async app => {
  const quiet = { schema: { hide: true }, config: { rateLimit: false as const }, logLevel: 'warn' as const };

  app.get('/livez', quiet, async () => ({ status: 'ok' }));

  app.get('/readyz', quiet, async (_request, reply) => {
    const [database, redis] = await Promise.all([
      within(1_500, app.database.query('SELECT 1')),
      within(1_500, app.redis.ping()),
    ]);
    const ready = database && redis && !app.closing;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', database, redis });
  });
});
