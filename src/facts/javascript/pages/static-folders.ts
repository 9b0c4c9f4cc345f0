import type { Term, Truth } from '../../../model/index.ts';
import { truth } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { folderOf, joinPath } from '../../../read/documents/path.ts';
import type { ServedFolder } from '../../code/served-folder.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import type { ServiceView } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';
import { libraryPlugins } from '../fastify/plugins.ts';

const DAY = 86_400_000;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY, day: DAY, days: DAY, w: 7 * DAY, y: 365 * DAY, year: 365 * DAY,
}; // prettier-ignore

/** `"1y"`, `86400000`: in milliseconds. */
function milliseconds(term: Term): number | undefined {
  const value = term.kind === 'env' ? term.fallback : term;
  if (value?.kind !== 'literal') return undefined;
  if (typeof value.value === 'number') return value.value;
  const [, number, unit = 'ms'] = /^([\d.]+)\s*([a-z]*)$/i.exec(String(value.value)) ?? [];
  return number === undefined
    ? undefined
    : Number(number) * (UNITS[unit.toLowerCase() || 'ms'] ?? Number.NaN);
}

/** Whether browsers may keep the files for a day or more. */
function keptBy(view: ServiceView, options: Written | undefined): Truth {
  const { node } = view;
  const age = optionOf(node, options, 'maxAge') ?? optionOf(node, options, 'maxage');
  if (age) {
    const time = milliseconds(node.evaluate(age.expression, age.scope));
    return time === undefined ? 'unclear' : truth(time >= DAY);
  }
  if (optionOf(node, options, 'setHeaders')) return 'unclear';
  const written = options && writtenAs(node, options.expression, options.scope).expression;
  return written && written.kind !== 'dictionary' ? 'unclear' : 'no';
}

const BESIDE = /__dirname|import\.meta|fileURLToPath/;

/** The folder that an expression names, beside the module or where the service is started. */
function folderAt(view: ServiceView, given: Expression, scope: Scope): string | undefined {
  const { node, repository, service } = view;
  const { expression, scope: inside } = writtenAs(node, given, scope);
  const texts = expressionsIn(expression).flatMap(each => (each.kind === 'string' ? [each.value] : []));
  const named = texts
    .filter(text => !/^(node:)?(path|url)$/.test(text))
    .join('/')
    .replace(/\/+$/, '');
  if (named === '') return undefined;
  const isBeside = BESIDE.test(node.textOf(inside, expression));
  const bases = isBeside ? [folderOf(inside.module.path)] : [service.root, folderOf(inside.module.path), ''];
  return bases
    .map(base => joinPath(base, named.replace(/^\/+/, '')))
    .find(folder => repository.exists(folder));
}

function* given(view: ServiceView): Generator<readonly [CallSite, Written | undefined, Written | undefined]> {
  const { node } = view;
  for (const site of node.calls(
    'express.static',
    'serve-static',
    'koa-static',
    'express-static-gzip',
    '@koa/static',
  )) {
    const [folder, options] = site.call.args.map(({ value }): Written => ({
      expression: value,
      scope: site.scope,
    }));
    yield [site, folder, options];
  }
  for (const { site, options } of libraryPlugins(node, '@fastify/static', 'fastify-static'))
    yield [site, optionOf(node, options, 'root'), options];
  for (const site of node.calls('@hono/node-server/serve-static.serveStatic', 'hono/bun.serveStatic')) {
    const [first] = site.call.args;
    const options = first && { expression: first.value, scope: site.scope };
    yield [site, optionOf(node, options, 'root'), options];
  }
}

/** Folders that apps in JavaScript serve: `express.static("public")`, @fastify/static and the like. */
export function* servedByNode(view: ServiceView): Generator<ServedFolder> {
  for (const [site, folder, options] of given(view)) {
    const path = folder && folderAt(view, folder.expression, folder.scope);
    if (path === undefined) continue;
    yield {
      at: view.node.at(site.scope, site.call),
      folder: path,
      layer: undefined,
      kept: keptBy(view, options),
      reached: view.node.reached(site),
    };
  }
}
