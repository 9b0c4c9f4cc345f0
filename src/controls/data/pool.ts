import type { ConnectionPool, Evidence, Facts, Finding } from '../../model/index.ts';
import { known, productionServices } from '../../model/index.ts';
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

type Known = Facts<'connectionPool' | 'databaseUse' | 'composeService'>;

const NO_SERVER = ['file', 'redis'];

const poolsOf = (facts: Known): readonly ConnectionPool[] =>
  mostCertain(facts.all('connectionPool')).filter(({ engine }) => !NO_SERVER.includes(engine));

/** A pool of its own stands between the service and the database. */
const hasPooler = (facts: Known): boolean =>
  productionServices(facts.all('composeService')).some(({ software }) => software === 'pgbouncer') ||
  facts
    .all('databaseUse')
    .some(({ addresses }) => addresses.some(({ text }) => /pgbouncer|pooler|:6432|:6543/i.test(text)));

function findingOf({ at, callee, sharing, size, reached }: ConnectionPool): Finding | undefined {
  const how = known(sharing);
  const finding =
    how === 'one'
      ? place(at, `${callee} makes one connection that all requests share`)
      : how === 'each-call'
        ? place(at, `${callee} opens a connection each time one is needed`)
        : how === 'pool' && size.state === 'default'
          ? lowered(
              place(at, `${callee} has a pool of the usual size (${size.value})`),
              'there is a pool, nobody has set its size',
            )
          : undefined;
  return finding && reached !== 'yes'
    ? lowered(finding, 'whether a production start path comes by this line cannot be told')
    : finding;
}

const proof = ({ at, callee, size }: ConnectionPool): Evidence =>
  place(at, `${callee} has a pool: ${known(size) ?? 'its size is set'}`);

/** Also one whose connections are kept in a way that cannot be read. */
const usesServer = (facts: Known): boolean =>
  onProductionPath(facts.all('databaseUse')).some(
    ({ engine }) => !['file', 'redis', 'unclear', 'other-server'].includes(engine),
  );

export default defineControl({
  id: 'data/pool',
  title: 'Connections to the database come from a pool of stated size',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks at how connections to a database server are kept: a pool whose size is set, one connection for all, or a new one each time.',
  why: 'One connection makes all requests wait for each other; one for each request runs the database out of connections under load.',
  remedy:
    'Keep one pool for the process and set its size from configuration, so that size times workers stays below what the database allows.',
  sources: ['CATALOG data/pool', 'PostgreSQL documentation: Connection Settings, max_connections'],
  fix: 'auto',
  drill: 'pool-under-load',
  needs: ['connectionPool', 'databaseUse', 'composeService'],

  applies: ({ facts }) => poolsOf(facts).length > 0 || usesServer(facts) || 'it uses no database server',

  judge: ({ facts }) => {
    const pools = poolsOf(facts);
    if (pools.length === 0) return unknown('how it keeps its connections cannot be told by reading');
    const judged = pools.filter(({ engine }) => engine !== 'unclear');
    const findings = hasPooler(facts) ? [] : judged.flatMap(pool => findingOf(pool) ?? []);
    const open = pools.find(
      ({ sharing, size, engine }) =>
        sharing.state === 'unclear' || size.state === 'unclear' || engine === 'unclear',
    );
    if (findings.length === 0 && open && !hasPooler(facts))
      return unknown(`${open.at.path}:${open.at.startLine} cannot be told by reading`);
    return failOr(findings, passEvery(pools.map(proof)));
  },
});
