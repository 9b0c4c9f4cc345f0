import type {
  ComposeService,
  KubernetesObject,
  OpenStore,
  Place,
  Term,
  Truth,
  Workload,
} from '../../model/index.ts';
import { either, facesEverybody, literalTexts, productionServices, known } from '../../model/index.ts';
import { knownImage } from '../container/known-images.ts';
import { defineExtractor } from '../define.ts';

const STORES: readonly ComposeService['role'][] = ['database', 'cache', 'queue', 'search'];

/** A container that runs a store, whichever description starts it. */
interface Run {
  readonly software: string;
  readonly tag: string;
  readonly words: string;
  readonly configured: boolean;
  /** It gets variables that the repository does not show. */
  readonly environmentOpen: boolean;
  readonly set: (name: RegExp) => string | undefined;
}

interface Answer {
  readonly authenticated: Truth;
  readonly because: string;
}

const yes: Answer = { authenticated: 'yes', because: 'it asks for a password' };
const no = (because: string): Answer => ({ authenticated: 'no', because });
const open = (because: string): Answer => ({ authenticated: 'unclear', because });

const isOn = (value: string | undefined): boolean =>
  value !== undefined && /^(true|yes|1|on)$/i.test(value.trim());

/** The first versions of the image that do not start without a password; those before trust everybody then. */
const SINCE: Readonly<Record<string, number>> = {
  '9.4': 26,
  '9.5': 21,
  '9.6': 17,
  '10': 12,
  '11': 7,
  '12': 2,
};

function trustsUnasked(tag: string): boolean {
  const [, series = '', minor] = /^(9\.\d|\d+)\.(\d+)/.exec(tag) ?? [];
  return Number(minor) < (SINCE[series] ?? 0);
}

function postgres({ set, tag, environmentOpen }: Run): Answer {
  if (set(/^POSTGRES(QL)?_PASSWORD(_FILE)?$/) === undefined && trustsUnasked(tag))
    return environmentOpen
      ? open('its env_file, which is not here, may set a password; without one this version trusts everybody')
      : no(`version ${tag} trusts everybody unless it gets a password`);
  return set(/^POSTGRES_HOST_AUTH_METHOD$/) === 'trust' || isOn(set(/^ALLOW_EMPTY_PASSWORD$/))
    ? no('it trusts everybody who connects')
    : yes;
}

function mysql({ set }: Run): Answer {
  return isOn(set(/^(MYSQL|MARIADB)_ALLOW_EMPTY(_ROOT)?_PASSWORD$|^ALLOW_EMPTY_PASSWORD$/))
    ? no('its root has no password')
    : yes;
}

function mongodb({ set, words, configured }: Run): Answer {
  if (
    set(/^MONGO_INITDB_ROOT_USERNAME(_FILE)?$|^MONGODB_ROOT_PASSWORD$/) !== undefined ||
    /--auth\b|--keyFile\b/.test(words)
  )
    return yes;
  return configured
    ? open('its configuration file may ask for a password')
    : no('it has neither a user nor --auth');
}

function redis({ set, words, configured }: Run): Answer {
  if (
    /requirepass|--aclfile|--user\b/i.test(words) ||
    set(/^(REDIS|VALKEY)_PASSWORD(_FILE)?$|REQUIREPASS/) !== undefined
  )
    return yes;
  return configured || /\.conf\b/.test(words)
    ? open('its configuration file may ask for a password')
    : no('it has no password');
}

function search({ software, tag, set }: Run): Answer {
  const disabled =
    isOn(set(/DISABLE_SECURITY_PLUGIN|^plugins[._]security[._]disabled$/i)) ||
    /^false$/i.test(set(/xpack[._]security[._]enabled/i) ?? '');
  if (disabled) return no('its security is switched off');
  const [major] = tag.split('.');
  const isOld = software === 'elasticsearch' && Number(major) < 8;
  return isOld && !isOn(set(/xpack[._]security[._]enabled/i))
    ? no(`version ${tag} asks nobody unless xpack.security.enabled is true`)
    : yes;
}

/** What is known of each software; one that is not here is not judged. */
const ASKS: Readonly<Record<string, (run: Run) => Answer>> = {
  postgres,
  mysql,
  mariadb: mysql,
  mongodb,
  redis,
  elasticsearch: search,
  opensearch: search,
  memcached: () => no('it knows no users'),
  mssql: () => yes,
  rabbitmq: () => yes,
  zookeeper: () => no('it asks nobody'),
  neo4j: ({ set }) =>
    /^none$/i.test(set(/^NEO4J_AUTH$/) ?? '') ? no('its authentication is switched off') : yes,
  cassandra: ({ set }) =>
    /AllowAll/i.test(set(/AUTHENTICATOR/i) ?? '') || set(/AUTHENTICATOR|PASSWORD/i) === undefined
      ? no('it lets everybody in unless an authenticator is set')
      : yes,
  kafka: ({ set, words, configured }) =>
    /SASL|SSL/i.test(`${set(/LISTENERS|PROTOCOL_MAP/i) ?? ''} ${words}`)
      ? yes
      : configured
        ? open('its configuration file may say who is let in')
        : no('its listeners take everybody'),
  cockroachdb: ({ words }) => (/--insecure/.test(words) ? no('it runs with --insecure') : yes),
};

const textOf = (term: Term): string =>
  literalTexts(term)[0] ?? (term.kind === 'literal' ? String(term.value ?? '') : '${}');

const inRecord =
  (entries: readonly (readonly [string, Term])[]) =>
  (name: RegExp): string | undefined => {
    const found = entries.find(([key]) => name.test(key));
    return found && (textOf(found[1]) || undefined);
  };

const isConfiguration = (target: string): boolean =>
  /\.(conf|cnf|ya?ml|ini|properties|xml)$|\/(conf|config)(\/|$|\.d)/.test(target) && !/initdb/.test(target);

const composeRun = (service: ComposeService): Run => ({
  software: service.software,
  tag: service.image ? (known(service.image.tag) ?? '') : '',
  words: [service.command?.text, service.entrypoint?.text].join(' '),
  configured: service.volumes.some(({ target }) => isConfiguration(target)) || service.build !== undefined,
  environmentOpen: service.envFiles.length > 0,
  set: inRecord(Object.entries(service.environment)),
});

function composeStore(service: ComposeService): OpenStore | undefined {
  const ask = Object.hasOwn(ASKS, service.software) ? ASKS[service.software] : undefined;
  if (!ask) return undefined;
  const hostMode = service.networkMode === 'host';
  const exposed = hostMode ? 'yes' : either('no', ...service.ports.map(facesEverybody));
  const way: readonly Place[] = service.ports
    .filter(port => facesEverybody(port) === 'yes')
    .map(port => ({ at: port.at, says: `published as ${port.text}` }));
  return {
    kind: 'openStore',
    at: way[0]?.at ?? service.at,
    name: service.name,
    software: service.software,
    ...ask(composeRun(service)),
    exposed,
    exposedBy: hostMode ? 'it uses the network of the host' : 'its port is published on every interface',
    way,
  };
}

const workloadRun = (workload: Workload, software: string): Run => ({
  software,
  tag: known(workload.image.tag) ?? '',
  words: [workload.command?.text, workload.args?.text].join(' '),
  environmentOpen: workload.environmentOpen,
  configured: workload.environmentOpen || workload.volumes.some(({ path }) => isConfiguration(path)),
  set: inRecord(
    workload.environment.map(({ name, value, from }): [string, Term] => [
      name,
      from.kind === 'literal' ? value : { kind: 'literal', value: 'secret', at: value.at },
    ]),
  ),
});

/** In a cluster everything reaches a service, unless a policy of the network says otherwise. */
function workloadStore(workload: Workload, objects: readonly KubernetesObject[]): OpenStore | undefined {
  const image = knownImage(known(workload.image.name) ?? '');
  const ask =
    image && STORES.includes(image.role) && Object.hasOwn(ASKS, image.software)
      ? ASKS[image.software]
      : undefined;
  if (!image || !ask || workload.isInit || workload.templated || workload.stage === 'development')
    return undefined;
  const policies = objects.some(({ type }) => type === 'NetworkPolicy');
  const service = objects.find(({ about, name }) => about.kind === 'service' && name === workload.name);
  const type = service?.about.kind === 'service' ? (known(service.about.type) ?? 'ClusterIP') : 'ClusterIP';
  const isOutside = /^(NodePort|LoadBalancer)$/.test(type);
  return {
    kind: 'openStore',
    at: workload.at,
    name: workload.name,
    software: image.software,
    ...ask(workloadRun(workload, image.software)),
    exposed: isOutside ? 'yes' : policies ? 'no' : 'unclear',
    exposedBy: isOutside
      ? `its service is a ${type}`
      : 'every pod of the cluster reaches it, as no network policy stands in between',
    way: service ? [{ at: service.at, says: `a service of type ${type}` }] : [],
  };
}

/** Databases, caches, brokers and search engines that production runs, and whether they ask who comes. */
export default defineExtractor({
  id: 'derived/open-stores',
  reads: ['composeService', 'workload', 'kubernetesObject'],
  produces: ['openStore'],
  understands: () => true,
  *extract({ facts }) {
    for (const service of productionServices(facts.all('composeService')))
      if (STORES.includes(service.role)) {
        const store = composeStore(service);
        if (store) yield store;
      }
    for (const workload of facts.all('workload')) {
      const store = workloadStore(workload, facts.all('kubernetesObject'));
      if (store) yield store;
    }
  },
});
