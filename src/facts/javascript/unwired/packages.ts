import type { Package, Protection, ProtectionKind } from '../../../model/index.ts';
import { joinPath, isBelow } from '../../../read/documents/path.ts';
import { holds } from '../../../read/text-filter.ts';
import { defineExtractor, hasNode, type ServiceView } from '../../define.ts';
import { isSaid } from './mentioned.ts';

/** Packages that do nothing but protect, and from what. */
const PROTECTS: Readonly<Record<string, ProtectionKind>> = {
  helmet: 'security-headers',
  'koa-helmet': 'security-headers',
  '@fastify/helmet': 'security-headers',
  lusca: 'csrf',
  csurf: 'csrf',
  'csrf-csrf': 'csrf',
  'csrf-sync': 'csrf',
  '@fastify/csrf-protection': 'csrf',
  'express-rate-limit': 'rate-limit',
  'express-slow-down': 'rate-limit',
  'express-brute': 'rate-limit',
  'rate-limiter-flexible': 'rate-limit',
  'koa-ratelimit': 'rate-limit',
  '@fastify/rate-limit': 'rate-limit',
  '@nestjs/throttler': 'rate-limit',
  'hono-rate-limiter': 'rate-limit',
  'express-validator': 'validation',
  celebrate: 'validation',
  'express-mongo-sanitize': 'validation',
  'express-jwt': 'authentication',
  'express-prom-bundle': 'metrics',
  'prom-client': 'metrics',
  '@sentry/node': 'error-tracking',
};

const CODE = /\.([cm]?[jt]sx?|json|ya?ml)$|(^|\/)Dockerfile[^/]*$|(^|\/)Procfile$/;

/** Whether code, settings or a command speak of a package. */
const isNamed = ({ repository, service }: ServiceView, name: string): boolean =>
  repository.files.some(
    file =>
      CODE.test(file.path) &&
      isBelow(file.path, service.root) &&
      !/(^|\/)(package|package-lock|npm-shrinkwrap|composer)\.json$|pnpm-lock\.yaml$/.test(file.path) &&
      holds(file, name),
  );

/** Imports of a package in modules that production comes by. */
function importsOf({ node }: ServiceView, name: string) {
  return node
    .modules()
    .flatMap(from =>
      node.reach.reachesModule(from) !== 'yes'
        ? []
        : from.tree.mentions.imports.flatMap(site =>
            !site.isType && (site.module === name || site.module.startsWith(`${name}/`))
              ? [{ from, site }]
              : [],
          ),
    );
}

function protectionOf(
  view: ServiceView,
  { name, at }: Package,
  what: ProtectionKind,
): Protection | undefined {
  const { node } = view;
  const parts = { kind: 'protection', what, at, name, wired: 'no', covers: 'routes', way: [] } as const;
  // What is made of it is told of by those who read the package.
  if (node.calls(name, `${name}.*`).length > 0) return undefined;
  if (!isNamed(view, name)) return { ...parts, missing: 'it is installed, and nothing imports it' };
  const imports = importsOf(view, name);
  const [first] = imports;
  if (!first || imports.some(each => isSaid(node, each))) return undefined;
  const place = first.from.tree.locate({ start: first.site.start, end: first.site.start });
  return { ...parts, at: place, missing: 'it is imported here, and nothing is made of it' };
}

/** Packages that protect, that are installed for production, and that nobody applies. */
export default defineExtractor({
  id: 'javascript/unwired/packages',
  reads: [],
  produces: ['protection'],
  understands: hasNode,
  *extract(view): Generator<Protection> {
    const { node, facts, service } = view;
    if (node.reach.entries.length === 0 || node.reach.blind.length > 0) return;
    const manifest = joinPath(service.root, 'package.json');
    for (const each of facts.all('package')) {
      const what = Object.hasOwn(PROTECTS, each.name) ? PROTECTS[each.name] : undefined;
      if (!what || each.manifest !== manifest || each.group !== 'production') continue;
      const found = protectionOf(view, each, what);
      if (found) yield found;
    }
  },
});
