import type {
  ComposeService,
  Facts,
  KubernetesObject,
  Location,
  StatedLimit,
  Workload,
} from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';
import { composeListening, imageListening, workloadListening, type Listening } from './listening.ts';

/** A port that one layer states, beside those on which the server listens. */
function port(at: Location, number: number, says: string, server: Listening): StatedLimit {
  const agrees = server.ports.includes(number);
  const listens = `the server listens on ${[...new Set(server.ports)].join(' and ')}`;
  return {
    kind: 'statedLimit',
    at,
    about: 'port',
    agrees: agrees ? 'yes' : 'no',
    says: agrees ? says : `${says}, while ${listens}`,
    way: [{ at: server.at, says: listens }],
  };
}

/** Published to the outside, and bound to the container itself: nobody gets in. */
const shut = (at: Location, says: string, server: Listening): StatedLimit => ({
  kind: 'statedLimit',
  at,
  about: 'port',
  agrees: 'no',
  says: `${says}, while the server takes connections from its own container alone`,
  way: [{ at: server.at, says: 'listens on the address of the machine itself' }],
});

function* imagePorts(facts: Facts): Generator<StatedLimit> {
  for (const image of facts.all('image')) {
    const server = imageListening(facts, image);
    if (!server) continue;
    const ports = image.ports.map(each => ({ at: each.at, number: known(each.port) }));
    // Where one of several fits, the others are for something else.
    if (
      ports.some(({ number }) => number === undefined || (ports.length > 1 && server.ports.includes(number)))
    )
      continue;
    for (const { at, number } of ports)
      if (number !== undefined) yield port(at, number, `the image exposes ${number}`, server);
  }
}

function* composePorts(facts: Facts, service: ComposeService): Generator<StatedLimit> {
  const server = composeListening(facts, service.at.path, service.name);
  if (!server || service.networkMode !== '') return;
  const ports = service.ports.map(each => ({ at: each.at, number: known(each.container) }));
  const fitting = ports.filter(({ number }) => number !== undefined && server.ports.includes(number));
  for (const { at, number } of fitting.length > 0 ? fitting : ports) {
    if (number === undefined) continue;
    const says = `compose publishes ${number} of the container`;
    yield server.isLocal && fitting.length > 0 ? shut(at, says, server) : port(at, number, says, server);
  }
}

const UPSTREAM = /^(?:https?:\/\/)?([\w.-]+):(\d+)/;

/** Where a proxy of the same project looks for the service. */
function* upstreams(facts: Facts, service: ComposeService): Generator<StatedLimit> {
  const server = composeListening(facts, service.at.path, service.name);
  if (!server) return;
  for (const proxy of facts.all('proxyConfig'))
    for (const { at, text } of proxy.upstreams) {
      const [, host, number] = UPSTREAM.exec(text) ?? [];
      if (host !== service.name) continue;
      const says = `${proxy.software} looks for ${service.name} at port ${number ?? ''}`;
      yield server.isLocal ? shut(at, says, server) : port(at, Number(number), says, server);
    }
}

/** A number, or the name of a port of the container. */
function numberOf(workload: Workload, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const named = workload.ports.find(({ name }) => name === text);
  return named && known(named.port);
}

function* workloadPorts(facts: Facts, workload: Workload): Generator<StatedLimit> {
  const only = workload.ports.length === 1 ? workload.ports[0] : undefined;
  const stated = only && known(only.port);
  const server =
    workloadListening(facts, workload) ??
    (only && stated !== undefined ? { at: only.at, ports: [stated], isLocal: false } : undefined);
  if (!server) return;
  if (only && stated !== undefined && only.at !== server.at)
    yield port(only.at, stated, `the pod states ${stated}`, server);
  for (const probe of [workload.liveness, workload.readiness, workload.startup]) {
    if (probe?.asks.kind !== 'http' && probe?.asks.kind !== 'tcp') continue;
    const number = numberOf(workload, known(probe.asks.port));
    if (number !== undefined) yield port(probe.at, number, `a probe asks at ${number}`, server);
  }
  for (const service of facts.all('kubernetesObject'))
    if (selects(service, workload) && service.about.kind === 'service')
      for (const { at, target } of service.about.ports) {
        const number = numberOf(workload, known(target));
        if (number !== undefined && service.about.ports.length === 1)
          yield port(at, number, `the service ${service.name} sends to ${number}`, server);
      }
}

function selects({ about, namespace, templated }: KubernetesObject, workload: Workload): boolean {
  if (about.kind !== 'service' || templated || namespace !== workload.namespace) return false;
  const wanted = Object.entries(about.selector);
  return wanted.length > 0 && wanted.every(([key, value]) => workload.labels[key] === value);
}

/** The port of the service, by everything that states it beside the server itself. */
export default defineExtractor({
  id: 'derived/limits',
  reads: ['startPath', 'image', 'composeService', 'workload', 'kubernetesObject', 'proxyConfig'],
  produces: ['statedLimit'],
  understands: () => true,
  *extract({ facts }): Generator<StatedLimit> {
    yield* imagePorts(facts);
    for (const service of facts.all('composeService')) {
      if (service.role !== 'app' || service.stage === 'development' || !service.build) continue;
      yield* composePorts(facts, service);
      yield* upstreams(facts, service);
    }
    for (const workload of facts.all('workload'))
      if (workload.builtBy !== '' && !workload.isInit && workload.object !== 'CronJob')
        yield* workloadPorts(facts, workload);
  },
});
