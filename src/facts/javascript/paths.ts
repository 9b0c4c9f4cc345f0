import type { Truth, Value } from '../../model/index.ts';
import { stated, unclear } from '../../model/index.ts';

/** `/users/:id(\\d+)?` becomes `/users/{id}`; a trailing slash is no other path. */
export const normalPath = (path: string): string =>
  `/${path}`
    .replace(/:(\w+)(\([^)]*\))?[?*+]?/g, '{$1}')
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '');

export const pathValue = (path: string | undefined): Value<string> =>
  path === undefined ? unclear('its path is put together at run time') : stated(normalPath(path));

export const joinedPath = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join('/');

const segmentsOf = (path: string): readonly string[] =>
  normalPath(path)
    .split('/')
    .filter(part => part !== '');

/** Any text may stand there: a parameter, or a star. */
const isOpen = (part: string): boolean => part.startsWith('{') || part.includes('*');

/** Whether what stands at a path is asked for a route. `below`: also for all routes under it. */
export function coversPath(layer: string | undefined, route: string | undefined, below: boolean): Truth {
  if (layer !== undefined && segmentsOf(layer).every(part => part.includes('*'))) {
    if (below || layer.includes('*')) return 'yes';
  }
  if (layer === undefined || route === undefined) return 'unclear';
  const wanted = segmentsOf(layer);
  const given = segmentsOf(route);
  for (const [index, part] of wanted.entries()) {
    if (part.includes('*')) return 'yes';
    const own = given[index];
    if (own === undefined) return 'no';
    if (part !== own && !isOpen(part)) return isOpen(own) ? 'unclear' : 'no';
  }
  return below || given.length === wanted.length ? 'yes' : 'no';
}
