import { isPersonal, routeName } from '../model/index.ts';
import type { Facts, Route, Verdict } from '../model/index.ts';
import { absence, fail, onProductionPath, pass, place } from './define.ts';

/** Where no data of people is stored, nobody can ask for it. */
export const keepsPeople = ({ facts }: { readonly facts: Facts<'schemaTable' | 'route'> }): true | string =>
  facts.all('schemaTable').some(isPersonal) || 'no table with data of people was seen';

/** Whether there is a route by which something is done with all that is kept of a person. */
export function personRoute(
  facts: Facts<'schemaTable' | 'route'>,
  isOne: (route: Route) => boolean,
  what: string,
): Verdict {
  const routes = onProductionPath(facts.all('route')).filter(isOne);
  const [table] = facts.all('schemaTable').filter(isPersonal);
  return routes.length > 0
    ? pass(routes.map(route => place(route.at, routeName(route))))
    : fail([absence(`way to ${what}`, facts.searched('route'), table?.at)]);
}
