import type { Repository, StartPath } from '../../../model/index.ts';
import { folderOf, joinPath } from '../../../read/documents/path.ts';
import { sourceAt } from './sources.ts';

/** What the way of a start path says where a build stands between. */
export const builtFrom = (output: string, source: string): string => `\`${output}\` is built from ${source}`;

const RELATIVE = /(?:\bfrom|\bimport|\brequire\s*\()\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;

/**
 * `cp server/main.js build/server/`: plain JavaScript that is started from a build, and imports what lies beside it
 * only there.
 */
export function isPutTogether(
  repository: Repository,
  startPaths: readonly StartPath[],
  path: string,
): boolean {
  const isBuilt =
    /\.[cm]?js$/.test(path) &&
    startPaths.some(
      ({ target, way }) =>
        target.state === 'resolved' &&
        target.path === path &&
        way.some(({ says }) => says.endsWith(builtFrom('', path).slice(2))),
    );
  const text = isBuilt ? (repository.file(path)?.text ?? '') : '';
  return [...text.matchAll(RELATIVE)].some(([, name = '']) => {
    const wanted = joinPath(folderOf(path), name);
    return sourceAt(repository, wanted.replace(/\.[cm]?js$/, '')) === undefined && !repository.exists(wanted);
  });
}
