import type { Repository } from '../../model/index.ts';
import type { Code } from '../code/code.ts';
import type { Module } from '../code/modules.ts';
import type { Entry } from '../code/reach.ts';
import { hasDependency, packagesIn } from './packages.ts';

/** Files that a framework loads because of where they lie. */
const PLACES: readonly (readonly [framework: string, place: RegExp])[] = [
  [
    'next',
    /^(src\/)?(app\/(.*\/)?(route|page|layout|template|loading|error|global-error|not-found|default|sitemap|robots|manifest|opengraph-image|icon)|pages\/.*|middleware|proxy|instrumentation)\.[cm]?[jt]sx?$/,
  ],
];

/** Where production enters code by its place: every file of a folder of routes, with all that it exports. */
export function placedEntries(
  repository: Repository,
  code: Code,
  isOwn: (module: Module) => boolean,
): readonly Entry[] {
  return PLACES.flatMap(([framework, place]) => {
    const roots = packagesIn(repository)
      .all.filter(each => hasDependency(each, framework))
      .map(({ folder }) => (folder === '' ? '' : `${folder}/`));
    return code.modules.all.flatMap((module): readonly Entry[] => {
      const root = isOwn(module) ? roots.find(each => module.path.startsWith(each)) : undefined;
      return root !== undefined && place.test(module.path.slice(root.length))
        ? [{ module, isScript: false, object: '*' }]
        : [];
    });
  });
}
