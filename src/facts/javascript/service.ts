import type { Repository, Service, StartPath } from '../../model/index.ts';
import type { Code } from '../code/code.ts';
import type { Module } from '../code/modules.ts';
import { reachFrom, type Entry } from '../code/reach.ts';
import { viewOf, type CodeView } from '../code/view.ts';
import { ownerOf } from '../places.ts';
import { modulesWithApps } from './apps.ts';
import { isPutTogether } from './builds/put-together.ts';
import { isForBrowsers } from './files.ts';
import { placedEntries } from './placed.ts';

interface Part {
  readonly repository: Repository;
  readonly service: Service;
  readonly code: Code;
  readonly roots: readonly string[];
  readonly startPaths: readonly StartPath[];
}

/** The server code of one service: what its start paths come by, and all production modules in its folder. */
export function nodeViewOf(part: Part): CodeView {
  const { repository, service, code, roots } = part;
  const isOwn = ({ path }: Module) => ownerOf(path, roots) === service.root;
  const started = startedBy(part);
  const placed = placedEntries(repository, code, isOwn);
  // What a build puts beside the first file cannot be followed: then it is what makes an app.
  const isCut = started.some(({ module }) => isPutTogether(repository, part.startPaths, module.path));
  const beside = isCut ? likelyEntries(code, isOwn) : [];
  const reach =
    started.length + placed.length > 0
      ? reachFrom(code, [...started, ...placed, ...beside])
      : reachFrom(code, likelyEntries(code, isOwn), false);
  // JavaScript beside a service in another language is a matter of its pages, unless something starts it.
  const isWanted = service.language === 'javascript';
  return viewOf(
    code,
    reach,
    module =>
      !isForBrowsers(module.file) &&
      (reach.reachesModule(module) === 'yes' ||
        (isWanted && isOwn(module) && (module.file.role === 'production' || module.file.role === 'script'))),
  );
}

/** The modules that production starts; those of development count where nothing else is told. */
function startedBy({ code, startPaths }: Part): readonly Entry[] {
  const entries = (wanted: readonly StartPath[]) =>
    wanted.flatMap(({ target }): readonly Entry[] => {
      const module = target.state === 'resolved' ? code.modules.at(target.path) : undefined;
      return module && target.state === 'resolved' ? [{ module, isScript: true, object: target.object }] : [];
    });
  const inProduction = entries(startPaths.filter(({ command }) => command.stage !== 'development'));
  return inProduction.length > 0 ? inProduction : entries(startPaths);
}

/** No start path says where production enters: then the modules that make an app are the likely place. */
const likelyEntries = (code: Code, isOwn: (module: Module) => boolean): readonly Entry[] =>
  modulesWithApps(code)
    .filter(isOwn)
    .map(module => ({ module, isScript: true, object: '' }));
