import type { Facts, Location, Service, TwinService } from '../model/index.ts';
import { known } from '../model/index.ts';

/** A service with its facts. */
export interface Told {
  readonly service: Service;
  readonly facts: Facts;
}

/** Fewer routes than this are alike by chance: `/` and `/health`. */
const FEWEST = 4;
/** The share of the smaller one's routes that both must have. */
const SHARE = 0.7;

/** `GET /artists/{}` with where it stands: names of parameters differ between frameworks. */
function routesOf({ facts }: Told): ReadonlyMap<string, Location> {
  const routes = new Map<string, Location>();
  for (const { path, methods, at, transport, reached } of facts.all('route')) {
    const text = known(path);
    const verbs = known(methods);
    if (transport !== 'http' || reached === 'no' || text === undefined || !verbs) continue;
    const plain = text.replace(/\{[^}]*\}/g, '{}').replace(/(?<=.)\/$/, '');
    for (const verb of verbs) routes.set(`${verb} ${plain}`, at);
  }
  return routes;
}

/** Other services that answer the same routes as this one. */
export function twinsOf(one: Told, all: readonly Told[]): readonly TwinService[] {
  const own = routesOf(one);
  const [first] = own.values();
  if (!first || own.size < FEWEST) return [];
  return all.flatMap((other): readonly TwinService[] => {
    if (other === one) return [];
    const theirs = routesOf(other);
    const shared = [...own.keys()].filter(route => theirs.has(route));
    const [route = ''] = shared;
    const at = own.get(route);
    const otherAt = theirs.get(route);
    if (!at || !otherAt || shared.length < FEWEST) return [];
    // One handler that two services run is one implementation.
    if (at.path === otherAt.path) return [];
    return shared.length >= SHARE * Math.min(own.size, theirs.size)
      ? [{ kind: 'twinService', at, other: other.service.id, otherAt, shared: shared.length, own: own.size }]
      : [];
  });
}
