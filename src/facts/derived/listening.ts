import type { Facts, Image, Location, StartPath, Workload } from '../../model/index.ts';

/** The ports on which a command listens, as far as it says so itself. */
export interface Listening {
  readonly at: Location;
  readonly ports: readonly number[];
  /** It takes connections from its own container alone. */
  readonly isLocal: boolean;
}

const serves = ({ serves: { with: how }, command }: StartPath): boolean =>
  command.stage !== 'development' && (how === 'production-server' || how === 'development-server');

/** Variables by which servers are told another address than the command says. */
const TOLD = /^(PORT|HOST|UVICORN_HOST|UVICORN_PORT|GUNICORN_CMD_ARGS|FLASK_RUN_HOST|FLASK_RUN_PORT)$/;

/** What these paths listen on together; `undefined` when one of them does not say. */
function listeningOf(paths: readonly StartPath[]): Listening | undefined {
  const [first] = paths;
  if (!first) return undefined;
  const binds: readonly (string | undefined)[] = paths.flatMap<string | undefined>(({ binds: stated }) =>
    stated.state === 'stated' ? stated.value : [undefined],
  );
  const ports = binds.map(bind => /:(\d+)$/.exec(bind ?? '')?.[1]);
  if (ports.length === 0 || ports.includes(undefined)) return undefined;
  return {
    at: first.at,
    ports: ports.map(Number),
    isLocal:
      binds.every(bind => /^(https?:\/\/)?(127\.0\.0\.1|localhost):\d+$/.test(bind ?? '')) &&
      paths.every(({ command }) => !Object.keys(command.environment).some(name => TOLD.test(name))),
  };
}

/** What a service of a compose project listens on. */
export const composeListening = (facts: Facts, path: string, name: string): Listening | undefined =>
  listeningOf(
    facts
      .all('startPath')
      .filter(
        each =>
          serves(each) &&
          each.command.source === 'compose' &&
          each.command.name === name &&
          each.command.at.path === path,
      ),
  );

/** What an image listens on when nothing else is said. */
export const imageListening = (facts: Facts, { id }: Image): Listening | undefined =>
  listeningOf(
    facts
      .all('startPath')
      .filter(each => serves(each) && each.command.source === 'image' && each.command.image === id),
  );

/** What a container of a workload listens on: its own command, else that of its image. */
export function workloadListening(facts: Facts, workload: Workload): Listening | undefined {
  if (workload.command || workload.args)
    return listeningOf(
      facts
        .all('startPath')
        .filter(
          each =>
            serves(each) &&
            each.command.source === 'kubernetes' &&
            each.command.at.path === workload.at.path &&
            each.command.name === workload.container,
        ),
    );
  const image = facts.all('image').find(({ id }) => id === workload.builtBy);
  return image && imageListening(facts, image);
}
