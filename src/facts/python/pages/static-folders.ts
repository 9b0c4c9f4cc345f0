import type { Place } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import type { ServiceView } from '../../define.ts';
import { folderOf, joinPath } from '../../code/modules.ts';
import type { ServedFolder } from '../../code/served-folder.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const LAYERS = [
  'whitenoise.WhiteNoise',
  'whitenoise.base.WhiteNoise',
  'flask_cdn.CDN',
  'flask_s3.FlaskS3',
  'servestatic.ServeStatic',
  'dj_static.Cling',
];

/** WhiteNoise around the app or among its middleware. */
function layerIn(python: PythonView): Place | undefined {
  const [site] = python.calls(...LAYERS).filter(each => python.reached(each) !== 'no');
  if (site)
    return {
      at: python.at(site.scope, site.call),
      says: `${python.textOf(site.scope, site.call.callee)} serves them`,
    };
  for (const { statement, scope } of python.statements('WhiteNoiseMiddleware', 'ServeStaticMiddleware'))
    if (
      statement.kind === 'assign' &&
      statement.targets.some(target => target.kind === 'name' && target.name === 'MIDDLEWARE')
    )
      return { at: python.at(scope, statement), says: 'a middleware serves them' };
  return undefined;
}

const inFolder = (repository: ServiceView['repository'], module: string, name: string): string => {
  const clean = name.replace(/^\.?\//, '').replace(/\/+$/, '');
  const own = joinPath(folderOf(module), clean);
  if (repository.exists(own)) return own;
  for (let folder = folderOf(module); folder !== ''; folder = folderOf(folder))
    if (repository.exists(joinPath(folderOf(folder), clean))) return joinPath(folderOf(folder), clean);
  return clean;
};

function textOf(python: PythonView, site: CallSite, position: number, name: string): string | undefined {
  const term = python.args(site).arg(position, name);
  return term && literalTexts(term)[0];
}

/** Folders that apps serve: `static` beside a Flask app, mounts of `StaticFiles`, those of Django. */
export function* servedStatically({ python, repository }: ServiceView): Generator<ServedFolder> {
  const layer = layerIn(python);
  const make = (site: CallSite, name: string): ServedFolder => ({
    at: python.at(site.scope, site.call),
    folder: inFolder(repository, site.scope.module.path, name),
    layer,
    kept: 'no',
    reached: python.reached(site),
  });
  for (const site of python.calls('flask.Flask', 'quart.Quart', 'apiflask.APIFlask')) {
    const given = python.args(site).arg(-1, 'static_folder');
    if (given?.kind === 'literal' && given.value === null) continue;
    yield make(site, textOf(python, site, -1, 'static_folder') ?? 'static');
  }
  for (const site of python.calls('starlette.staticfiles.StaticFiles', 'fastapi.staticfiles.StaticFiles')) {
    const folder = textOf(python, site, -1, 'directory') ?? textOf(python, site, 0, 'directory');
    if (folder !== undefined) yield make(site, folder);
  }
  if (!python.imports('django')) return;
  for (const folder of new Set(
    repository.files.flatMap(({ path }) => /^(.*\/)?static(?=\/)/.exec(path)?.[0] ?? []),
  ))
    if (!/(^|\/)(docs?|tests?|examples?|node_modules)\//.test(`${folder}/`))
      yield { at: undefined, folder, layer, kept: 'no', reached: 'yes' };
}
