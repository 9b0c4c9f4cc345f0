import type { ComposeService, DependencyAddress, Term } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

const OFFERED: readonly ComposeService['role'][] = ['database', 'cache', 'queue', 'search', 'storage'];

/** Ports at which well-known software listens in its container. */
const PORTS: Readonly<Record<string, number>> = {
  postgres: 5432,
  mysql: 3306,
  mariadb: 3306,
  redis: 6379,
  mongo: 27017,
  mongodb: 27017,
  opensearch: 9200,
  elasticsearch: 9200,
  rabbitmq: 5672,
  mssql: 1433,
  memcached: 11211,
};

const URL = /^([a-z][a-z0-9+.-]*):\/\/(?:[^@/\s]*@)?([a-z0-9_.-]+)(?::(\d+))?/i;

function textOf(term: Term): string | undefined {
  const value = term.kind === 'env' ? term.fallback : term;
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** Whether a search engine of the description talks TLS: by default it does, unless security is switched off. */
const offersPlainHttp = ({ software, environment }: ComposeService): boolean =>
  /opensearch|elasticsearch/.test(software) &&
  Object.entries(environment).some(
    ([name, term]) =>
      (/DISABLE_SECURITY_PLUGIN|plugins\.security\.disabled/.test(name) &&
        /true/i.test(textOf(term) ?? '')) ||
      (/xpack\.security\.enabled/.test(name) && /false/i.test(textOf(term) ?? '')),
  );

function flawOf(
  name: string,
  address: string,
  offered: readonly ComposeService[],
): { readonly dependency: string; readonly says: string; readonly by: ComposeService } | undefined {
  const [, scheme = '', host = '', port] = URL.exec(address) ?? [];
  const service = offered.find(each => each.name === host);
  if (!service) {
    const [only] = offered.filter(each => scheme.startsWith(each.software.slice(0, 5)));
    return only && /^(localhost|127\.0\.0\.1)$/.test(host)
      ? {
          dependency: only.name,
          says: `${name} looks for it at ${host}, where in its container nothing listens: the description calls it ${only.name}`,
          by: only,
        }
      : undefined;
  }
  const listens = PORTS[service.software];
  if (
    port !== undefined &&
    listens !== undefined &&
    Number(port) !== listens &&
    !service.exposes.includes(Number(port)) &&
    !service.ports.some(each => known(each.container) === Number(port))
  )
    return {
      dependency: service.name,
      says: `${name} looks for it at port ${port}, while it listens on ${listens}`,
      by: service,
    };
  if (scheme === 'https' && offersPlainHttp(service))
    return {
      dependency: service.name,
      says: `${name} speaks https to it, while it offers plain http`,
      by: service,
    };
  return undefined;
}

/** Addresses of dependencies in the environment of the app, beside the services of the same compose project. */
export default defineExtractor({
  id: 'derived/addresses',
  reads: ['composeService'],
  produces: ['dependencyAddress'],
  understands: () => true,
  *extract({ facts }): Generator<DependencyAddress> {
    const all = facts.all('composeService').filter(({ stage }) => stage !== 'development');
    const offered = all.filter(({ role }) => OFFERED.includes(role));
    for (const app of all.filter(({ role }) => role === 'app'))
      for (const [name, term] of Object.entries(app.environment)) {
        const address = textOf(term);
        if (
          address === undefined ||
          !URL.test(address) ||
          /EXTERNAL|PUBLIC|FRONTEND|ORIGIN|CORS|CALLBACK|DOMAIN/i.test(name)
        )
          continue;
        const flaw = flawOf(
          name,
          address,
          offered.filter(each => each.project === app.project),
        );
        const host = URL.exec(address)?.[2] ?? '';
        if (flaw)
          yield {
            kind: 'dependencyAddress',
            at: term.at,
            dependency: flaw.dependency,
            agrees: 'no',
            says: flaw.says,
            way: [{ at: flaw.by.at, says: `offers ${flaw.dependency}` }],
          };
        else if (offered.some(each => each.name === host))
          yield {
            kind: 'dependencyAddress',
            at: term.at,
            dependency: host,
            agrees: 'yes',
            says: `${name} fits ${host}`,
            way: [],
          };
      }
  },
});
