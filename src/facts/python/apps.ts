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

/**
 * Classes whose base, or the base of a base, is called like one that makes an app: only those are followed, and
 * only in modules that speak of such a name.
 */
function likelyApps({ search }: Code): readonly DefinitionSite<ClassDefinition>[] {
  const names = new Set(Object.keys(APP_MAKERS).map(name => name.split('.').at(-1) ?? ''));
  const found = new Set<DefinitionSite<ClassDefinition>>();
  // A set hands out what is added to it while it is gone through.
  for (const name of names)
    for (const { module, word } of search.mentioning(name))
      for (const site of search.classesOf(module))
        if (baseNames(site.definition).includes(word)) {
          found.add(site);
          names.add(site.definition.name);
        }
  return [...found];
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
