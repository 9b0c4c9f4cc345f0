import type { ComposeService, DatabaseConnection, DependencyAddress, Term } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';
import { offersPlainHttp } from './addresses.ts';
import { deliveryOf, texts, type Delivery } from './delivered.ts';

interface Asked {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: string;
}

const ADDRESS = /^(?:(https?):\/\/)?(?:[^@/]*@)?([\w.-]+)(?::(\d+))?/;
const USUAL_PORT = '9200';

/** Where a client looks, as far as all that may be in force says the same. */
function askedBy({ url, tls }: DatabaseConnection, delivery: Delivery): Asked | undefined {
  const first = url?.kind === 'list' ? url.items[0] : url;
  if (!first) return undefined;
  const only = (term: Term | undefined): string => {
    const all = new Set(texts(term, delivery).map(({ text }) => text));
    return all.size === 1 ? ([...all][0] ?? '') : '';
  };
  const entry = (...names: readonly string[]): Term | undefined =>
    first.kind === 'object' ? first.entries.find(([name]) => names.includes(name))?.[1] : undefined;
  const [, scheme = only(entry('scheme')), host = '', port = ''] =
    first.kind === 'object' ? [] : (ADDRESS.exec(only(first)) ?? []);
  const switchedOn = only(tls ?? entry('use_ssl')).toLowerCase();
  const spoken = switchedOn === 'true' ? 'https' : scheme;
  // A switch that cannot be told may turn it either way.
  if ((spoken !== 'http' && spoken !== 'https') || (tls && switchedOn === '')) return undefined;
  return {
    scheme: spoken,
    host: host || only(entry('host')),
    port: port || only(entry('port')) || USUAL_PORT,
  };
}

const LOCAL = /^(localhost|127\.0\.0\.1|0\.0\.0\.0)$/;

/** By its name inside of the project, or by the port that it publishes on the same machine. */
const isMeant = ({ name, ports }: ComposeService, { host, port }: Asked): boolean =>
  host === name || (LOCAL.test(host) && ports.some(each => known(each.host) === port));

/** How clients of search engines speak, beside what the search engine of the compose project offers. */
export default defineExtractor({
  id: 'derived/search-addresses',
  reads: ['composeService', 'databaseConnection', 'envFile', 'image', 'platformFile', 'workload'],
  produces: ['dependencyAddress'],
  understands: () => true,
  *extract(view): Generator<DependencyAddress> {
    const { facts } = view;
    const delivery = deliveryOf(view);
    const engines = facts
      .all('composeService')
      .filter(({ role, stage }) => role === 'search' && stage !== 'development');
    for (const connection of facts.all('databaseConnection')) {
      if (connection.engine !== 'search' || connection.reached !== 'yes') continue;
      const asked = askedBy(connection, delivery);
      const engine = asked && engines.find(each => isMeant(each, asked));
      if (!engine) continue;
      const agrees = asked.scheme === 'http' || !offersPlainHttp(engine);
      const address = `${asked.host}:${asked.port}`;
      yield {
        kind: 'dependencyAddress',
        at: connection.at,
        dependency: engine.name,
        forDevelopment: false,
        agrees: agrees ? 'yes' : 'no',
        says: agrees
          ? `${connection.callee} fits ${engine.name}`
          : `${connection.callee} speaks ${asked.scheme} to ${address}, where ${engine.name} offers plain http`,
        way: agrees ? [] : [{ at: engine.at, says: `offers ${engine.name}` }],
      };
    }
  },
});
