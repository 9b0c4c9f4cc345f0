import type { Protection, ProtectionKind, RateLimit, Truth } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import { holds } from '../../../read/text-filter.ts';
import type { Module } from '../../code/modules.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { refusalIn } from '../access/refusals.ts';
import { mountOfFunction, type Mount } from '../mounted.ts';
import { importsTo, isUsed } from './mentioned.ts';
import { middlewareOf, type Middleware } from './middleware.ts';

const REFUSES = /\b(400|422)\b|BadRequest|UnprocessableEntity|\bnext\(\s*(new \w*Error|err|error|e)\b/;
const VALIDATES = /\.(validate|validateAsync|safeParse|safeParseAsync|parse|parseAsync)\(|validationResult\(/;
const HEADERS = [
  'X-Frame-Options',
  'X-Content-Type-Options',
  'Content-Security-Policy',
  'Strict-Transport-Security',
];

/** What a piece of middleware protects from, by what its body does; `undefined` for one that protects from nothing. */
function kindOf(view: CodeView, { inner, form, module }: Middleware): ProtectionKind | undefined {
  if (form === 'error-handler') return 'error-handler';
  const text = view.textOf(inner.scope, inner.definition);
  if (/\b429\b|TOO_MANY_REQUESTS|TooManyRequests/.test(text)) return 'rate-limit';
  if (HEADERS.some(name => holds(module.file, name)) && HEADERS.some(name => text.includes(name)))
    return 'security-headers';
  if (VALIDATES.test(text) && REFUSES.test(text)) return 'validation';
  const refusal = refusalIn(view, inner, 'middleware');
  if (refusal) return refusal.checks === 'role' ? 'authorisation' : 'authentication';
  return /\.observe\(|\.labels\(|\.startTimer\(/.test(text) ? 'metrics' : undefined;
}

/** Where the function and the one that makes it are put. */
const mountsOf = (view: CodeView, { outer, inner }: Middleware): readonly Mount[] =>
  [outer, inner].map(({ definition }) => mountOfFunction(view, definition));

const SHARED = /redis|valkey|memcache|\.incr\(|dynamo|mongo|prisma|knex|\bquery\(/i;

/** A limiter that the service wrote itself. */
function limitOf(
  view: CodeView,
  middleware: Middleware,
  { at, name, wired, way, missing }: Protection,
): RateLimit {
  const mounts = mountsOf(view, middleware);
  const isShared = SHARED.test(view.textOf(middleware.inner.scope, middleware.inner.definition));
  return {
    kind: 'rateLimit',
    at,
    name,
    covers: mounts.some(({ covers }) => covers === 'app') ? 'app' : 'routes',
    covered: mounts.flatMap(({ handlers }) => handlers.map(({ route }) => routeName(route))),
    store: isShared ? 'shared' : 'process',
    storeSays: isShared ? 'the store is outside of the process' : 'it counts in a variable of the process',
    wired,
    way,
    missing,
  };
}

/** Whether it stands before routes, or something that production comes by does anything else with it. */
function wiredOf(
  view: CodeView,
  middleware: Middleware,
): { readonly wired: Truth; readonly missing: string } {
  const { module, name, isWhole, form } = middleware;
  const mounts = mountsOf(view, middleware);
  if (mounts.some(({ covers }) => covers !== 'none')) return { wired: 'yes', missing: '' };
  const late = mounts.find(({ way }) => way.length > 0);
  if (late && form !== 'error-handler') return { wired: late.wired, missing: late.missing };
  if (late || isUsed(view, module, name, isWhole)) return { wired: 'yes', missing: '' };
  const wired =
    view.reach.blind.length > 0 || view.reach.reachesModule(module) === 'unclear' ? 'unclear' : 'no';
  return { wired, missing: 'it would have to be put on the app or its routes' };
}

function protectionOf(view: CodeView, module: Module, middleware: Middleware): Protection | undefined {
  const what = kindOf(view, middleware);
  if (!what) return undefined;
  const { wired, missing } = wiredOf(view, middleware);
  const importers = importsTo(view, module);
  const { outer, name } = middleware;
  return {
    kind: 'protection',
    what,
    at: view.at(outer.scope, outer.definition.head),
    name,
    wired,
    covers: 'routes',
    way:
      wired === 'yes'
        ? []
        : importers
            .filter(({ site }) => middleware.isWhole || site.name === '' || site.name === name)
            .slice(0, 3)
            .map(({ from, site }) => ({
              at: from.tree.locate({ start: site.start, end: site.start }),
              says: 'is imported here and not applied',
            })),
    missing:
      wired === 'no' && importers.length === 0
        ? `nothing on a production start path imports ${module.path}; ${missing}`
        : missing,
  };
}

/** Middleware that the service defines itself, mounted or not. */
export default defineExtractor({
  id: 'javascript/unwired/own',
  reads: [],
  produces: ['protection', 'rateLimit'],
  understands: hasNode,
  *extract({ node }): Generator<Protection | RateLimit> {
    if (node.reach.entries.length === 0) return;
    for (const module of node.modules()) {
      // What lets a caller go on says so.
      if (module.file.role !== 'production' || !holds(module.file, 'next')) continue;
      for (const middleware of middlewareOf(node, module)) {
        const found = protectionOf(node, module, middleware);
        if (!found) continue;
        yield found;
        if (found.what === 'rate-limit') yield limitOf(node, middleware, found);
      }
    }
  },
});
