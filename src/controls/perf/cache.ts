import type { DatabaseUse, Facts, Route } from '../../model/index.ts';
import { ask, isHealthRoute } from '../../model/index.ts';
import {
  absence,
  defineControl,
  fail,
  lowered,
  onProductionPath,
  pass,
  place,
  searchedFor,
} from '../define.ts';

type Known = Facts<'readCache' | 'databaseUse' | 'route' | 'proxyConfig'>;

/** So many places read that some of them read the same again and again. */
const SEVERAL = 3;

const reads = (facts: Known): readonly Route[] =>
  onProductionPath(facts.all('route')).filter(
    route =>
      route.transport === 'http' &&
      ask(route.methods, methods => methods.includes('GET')) === 'yes' &&
      isHealthRoute(route) === 'no',
  );

const stores = (facts: Known): readonly DatabaseUse[] =>
  onProductionPath(facts.all('databaseUse')).filter(({ engine }) => engine !== 'redis');

export default defineControl({
  id: 'perf/cache',
  title: 'What is read again and again is kept for a while',
  severity: 'low',
  stage: 'trial',
  asks: 'Where several routes read from a store, looks for anything that keeps results: a cache that is used, cache headers, entity tags, a proxy that keeps answers.',
  why: 'Without it each visitor asks the database the same question, and the database is what scales worst.',
  remedy:
    'Keep the results of the commonest reads for some seconds or minutes, in a shared cache or by Cache-Control.',
  sources: ['CATALOG perf/cache', 'RFC 9111: HTTP Caching'],
  fix: 'advice',
  drill: 'none',
  needs: ['readCache', 'databaseUse', 'route', 'proxyConfig'],

  applies: ({ facts }) =>
    (stores(facts).length > 0 && reads(facts).length >= SEVERAL) || 'few routes read from a store',

  judge: ({ facts }) => {
    const caches = onProductionPath(facts.all('readCache'));
    const keeping = caches.filter(({ does }) => does === 'keeps');
    const proxies = facts
      .all('proxyConfig')
      .filter(({ headers }) =>
        headers.some(({ name, value }) => /^cache-control$/i.test(name) && /max-age=0*[1-9]/.test(value)),
      );
    if (keeping.length + proxies.length > 0)
      return pass([
        ...keeping.map(({ at, what }) => place(at, what)),
        ...proxies.map(({ at, software }) =>
          place(at, `${software} tells browsers how long to keep answers`),
        ),
      ]);
    const [idle] = caches;
    if (idle) return fail([place(idle.at, `${idle.what} is set up, and nothing keeps anything in it`)]);
    const [first] = facts.all('readCache');
    const missing = absence(
      `cache between the store and ${reads(facts).length} routes for reading`,
      searchedFor(facts, 'readCache', 'route'),
      reads(facts)[0]?.at,
    );
    return fail([
      first
        ? lowered(
            place(first.at, `${first.what}, where no production start path comes by`),
            'there is one that is not wired',
          )
        : missing,
    ]);
  },
});
