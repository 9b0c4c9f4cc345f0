// npm run services: what the ledger needs, on the ports of .env.example, until it is ended.
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

const running = [await startPostgres(5432), await startRedis(6379)];
console.log(running.map(({ url }) => url).join('\n'));
process.once('SIGTERM', () => void Promise.all(running.map(service => service.stop())).then(() => process.exit(0)));
