// npm run services: what the ledger needs, on the ports of .env.example, until it is ended.
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

const { POSTGRES_PORT: postgres = '5432', REDIS_PORT: redis = '6379' } = process.env;
const running = [await startPostgres(Number(postgres)), await startRedis(Number(redis))];
console.log(running.map(({ url }) => url).join('\n'));
process.once('SIGTERM', () => void Promise.all(running.map(service => service.stop())).then(() => process.exit(0)));
