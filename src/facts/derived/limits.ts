import type { Facts, Location, StartPath, StatedLimit } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

const port = (at: Location, value: number, says: string): StatedLimit => ({
  kind: 'statedLimit',
  at,
  about: 'the port of the service',
  value,
  says,
});

/** Ports of the container that compose publishes for a service that one of these start paths starts. */
function* composePorts(facts: Facts, paths: readonly StartPath[]): Generator<StatedLimit> {
  for (const service of facts.all('composeService')) {
    if (
      service.role !== 'app' ||
      service.stage === 'development' ||
      !service.build ||
      service.ports.length !== 1
    )
      continue;
    const { build, name } = service;
    if (!paths.some(path => path.command.name === name || path.command.image === build.image)) continue;
    for (const published of service.ports) {
      const number = known(published.container);
      if (number !== undefined)
        yield port(published.at, number, `compose publishes ${number} of the container`);
    }
  }
}

/** The port at which the service is said to listen, by everything that says so. */
export default defineExtractor({
  id: 'derived/limits',
  reads: ['startPath', 'image', 'composeService', 'workload', 'kubernetesObject'],
  produces: ['statedLimit'],
  understands: () => true,
  *extract({ facts }): Generator<StatedLimit> {
    const paths = facts
      .all('startPath')
      .filter(
        ({ serves, command }) =>
          command.stage !== 'development' &&
          (serves.with === 'production-server' || serves.with === 'development-server'),
      );
    for (const path of paths)
      for (const bind of path.binds.state === 'stated' ? path.binds.value : []) {
        const number = /:(\d+)$/.exec(bind)?.[1];
        if (number !== undefined) yield port(path.at, Number(number), `the server listens on ${number}`);
      }
    for (const image of facts.all('image').filter(({ isFinal }) => isFinal)) {
      const [only, ...more] = image.ports;
      const number = only && known(only.port);
      if (only && number !== undefined && more.length === 0)
        yield port(only.at, number, `the image exposes ${number}`);
    }
    yield* composePorts(facts, paths);
    for (const workload of facts.all('workload')) {
      if (workload.builtBy === '' || workload.isInit || workload.ports.length !== 1) continue;
      for (const each of workload.ports) {
        const number = known(each.port);
        if (number !== undefined) yield port(each.at, number, `the pod states ${number}`);
      }
    }
  },
});
