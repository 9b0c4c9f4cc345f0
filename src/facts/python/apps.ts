import type { AppPlace } from '../services.ts';
import type { ClassDefinition } from '../../read/syntax.ts';
import type { Code } from '../code/code.ts';
import { lastNameOf, type DefinitionSite } from '../code/sites.ts';

/** Calls that make the object which a server runs, and how the framework is called. */
export const APP_MAKERS: Readonly<Record<string, string>> = {
  'flask.Flask': 'Flask',
  'apiflask.APIFlask': 'APIFlask',
  'flask_openapi3.OpenAPI': 'Flask',
  'connexion.FlaskApp': 'Connexion',
  'connexion.App': 'Connexion',
  'quart.Quart': 'Quart',
  'fastapi.FastAPI': 'FastAPI',
  'starlette.applications.Starlette': 'Starlette',
  'litestar.Litestar': 'Litestar',
  'sanic.Sanic': 'Sanic',
  'aiohttp.web.Application': 'aiohttp',
  'bottle.Bottle': 'Bottle',
  'falcon.App': 'Falcon',
  'falcon.asgi.App': 'Falcon',
  'tornado.web.Application': 'Tornado',
  'pyramid.config.Configurator': 'Pyramid',
  'django.core.wsgi.get_wsgi_application': 'Django',
  'django.core.asgi.get_asgi_application': 'Django',
  'celery.Celery': 'Celery',
};

/** Where production code makes an app object, of the framework's own class or of one derived from it. */
export function appsIn(code: Code): readonly AppPlace[] {
  return [...madeApps(code), ...derivedApps(code)];
}

const baseNames = ({ bases }: ClassDefinition): readonly string[] =>
  bases.map(({ value }) => lastNameOf(value));

/** Classes whose base, or the base of a base, is called like one that makes an app: only those are followed. */
function likelyApps(code: Code): readonly DefinitionSite<ClassDefinition>[] {
  const all = code.modules.all
    .flatMap(module => code.search.classesOf(module))
    .filter(({ definition }) => definition.bases.length > 0);
  const names = new Set(Object.keys(APP_MAKERS).map(name => name.split('.').at(-1) ?? ''));
  for (const { imports } of code.modules.all.map(({ tree }) => tree.mentions))
    for (const { name, as } of imports) if (as !== '' && names.has(name)) names.add(as);
  for (let size = -1; size < names.size;) {
    size = names.size;
    for (const { definition } of all)
      if (baseNames(definition).some(name => names.has(name))) names.add(definition.name);
  }
  return all.filter(({ definition }) => names.has(definition.name));
}

function derivedApps(code: Code): readonly AppPlace[] {
  return likelyApps(code).flatMap(({ definition, scope }) => {
    const { file } = scope.module;
    if (file.role !== 'production') return [];
    const base = code.resolver
      .basesOf({ kind: 'class', definition, scope })
      .find(each => each.kind === 'external' && each.name in APP_MAKERS);
    return base?.kind === 'external'
      ? [{ path: file.path, language: 'python', framework: APP_MAKERS[base.name] ?? '' } satisfies AppPlace]
      : [];
  });
}

function madeApps(code: Code): readonly AppPlace[] {
  return code.calls(...Object.keys(APP_MAKERS)).flatMap(site => {
    const { file } = site.scope.module;
    if (file.role !== 'production') return [];
    const name = code.nameOf(site.call.callee, site.scope);
    return [{ path: file.path, language: 'python', framework: APP_MAKERS[name] ?? '' } satisfies AppPlace];
  });
}
