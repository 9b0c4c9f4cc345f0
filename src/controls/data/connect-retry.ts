import type { ConnectionPool, Evidence, Facts, Finding } from '../../model/index.ts';
import { productionServices } from '../../model/index.ts';
import {
  defineControl,
  failOr,
  lowered,
  mostCertain,
  onProductionPath,
  passEvery,
  place,
  unknown,
} from '../define.ts';

type Known = Facts<'connectionPool' | 'connectRetry' | 'databaseUse' | 'composeService' | 'workload'>;

const poolsOf = (facts: Known): readonly ConnectionPool[] =>
  mostCertain(facts.all('connectionPool')).filter(({ engine }) => engine !== 'file' && engine !== 'redis');

/** Made anew for each use, it cannot be a broken one. */
const reconnects = ({ sharing, reconnects: does }: ConnectionPool) =>
  sharing.state !== 'unclear' && sharing.value === 'each-call' ? 'yes' : does;

/** What tries again on the start: code, a script, the client, or the platform where the start itself connects. */
function retriesOf(facts: Known, pool: ConnectionPool): readonly Evidence[] {
  const own = onProductionPath(facts.all('connectRetry')).map(({ at, says }) => place(at, says));
  if (own.length > 0) return own;
  if (pool.retries === 'yes') return [place(pool.at, `${pool.callee} goes on trying by itself`)];
  if (pool.atStart !== 'yes') return [];
  const restarted = productionServices(facts.all('composeService'))
    .filter(({ role, restart }) => role === 'app' && restart.state === 'stated' && restart.value !== 'no')
    .map(({ at, name }) => place(at, `${name} is started again when it ends`));
  const workloads = facts
    .all('workload')
    .filter(({ builtBy, object }) => builtBy !== '' && object !== 'Job' && object !== 'Pod');
  return [...restarted, ...workloads.map(({ at }) => place(at, 'the platform starts it again when it ends'))];
}

function findingOf(facts: Known, pool: ConnectionPool): Finding | undefined {
  const retries = retriesOf(facts, pool);
  if (reconnects(pool) === 'no' && retries.length === 0)
    return place(
      pool.at,
      `${pool.callee}: nothing tries again while the database is away, and broken connections are handed out`,
    );
  if (reconnects(pool) === 'no')
    return lowered(
      place(
        pool.at,
        `${pool.callee} hands out connections that broke: the first requests after a restart of the database fail`,
      ),
      'the start waits for the database',
    );
  return retries.length === 0
    ? lowered(
        place(pool.at, `${pool.callee}: nothing tries again when the database does not answer`),
        'connections that broke are made anew',
      )
    : undefined;
}

/** Also one whose connections are kept in a way that cannot be read. */
const usesServer = (facts: Known): boolean =>
  onProductionPath(facts.all('databaseUse')).some(
    ({ engine }) => !['file', 'redis', 'unclear', 'other-server'].includes(engine),
  );

export default defineControl({
  id: 'data/connect-retry',
  title: 'The service outlives a restart of its database',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for what waits for the database or tries again on the start, and for pools that test connections before use or make broken ones anew.',
  why: 'A database restarts for each update: a service that neither waits nor reconnects stays broken until somebody restarts it too.',
  remedy:
    'Test connections before use, try the first connection again with growing pauses, and wait for the database in the start script.',
  sources: ['CATALOG data/connect-retry', 'Azure Architecture Center: Transient fault handling'],
  fix: 'auto',
  drill: 'database-restart',
  needs: ['connectionPool', 'connectRetry', 'databaseUse', 'composeService', 'workload'],

  applies: ({ facts }) => poolsOf(facts).length > 0 || usesServer(facts) || 'it uses no database server',

  judge: ({ facts }) => {
    const pools = poolsOf(facts);
    if (pools.length === 0) return unknown('how it keeps its connections cannot be told by reading');
    const judged = pools.filter(({ engine }) => engine !== 'unclear');
    const findings = judged.flatMap(pool => findingOf(facts, pool) ?? []);
    const open = pools.find(pool => reconnects(pool) === 'unclear' || pool.engine === 'unclear');
    if (open && findings.length === 0)
      return unknown(`${open.at.path}:${open.at.startLine} cannot be told by reading`);
    return failOr(
      findings,
      passEvery(
        pools.flatMap(pool => [
          place(pool.at, `${pool.callee} makes broken connections anew`),
          ...retriesOf(facts, pool),
        ]),
      ),
    );
  },
});
