import type { Location, StatedLimit } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

const port = (at: Location, value: number, says: string): StatedLimit => ({
  kind: 'statedLimit',
  at,
  about: 'the port of the service',
  value,
  says,
});

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
    for (const service of facts.all('composeService')) {
      if (
        service.role !== 'app' ||
        service.stage === 'development' ||
        !service.build ||
        !paths.some(path => path.command.name === service.name || path.command.image === service.build?.image)
      )
        continue;
      for (const published of service.ports) {
        const number = known(published.container);
        if (number !== undefined && service.ports.length === 1)
          yield port(published.at, number, `compose publishes ${number} of the container`);
      }
    }
    for (const workload of facts.all('workload')) {
      if (workload.builtBy === '' || workload.isInit || workload.ports.length !== 1) continue;
      for (const each of workload.ports) {
        const number = known(each.port);
        if (number !== undefined) yield port(each.at, number, `the pod states ${number}`);
      }
    }
  },
});
