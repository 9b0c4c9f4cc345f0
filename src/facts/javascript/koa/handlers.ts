import type { Call } from '../../../read/syntax.ts';
import { plain } from '../../code/route-parts.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import type { Routing } from '../handler.ts';
import { USUAL_VERBS, type RouterDialect } from '../registrations.ts';
import { routingOf } from '../routers.ts';

const DIALECT: RouterDialect = {
  apps: ['koa'],
  routers: ['@koa/router'],
  verbs: { ...USUAL_VERBS, del: { methods: ['DELETE'] } },
  forPath: '',
  isPrefix: true,
  everywhere: '',
  hasNames: true,
  isMerged: false,
  nextAt: 1,
  special: () => undefined,
  mounted: (view, what) => mountedIn(view, what, 0),
  ownPrefix,
};

/** `router.routes()`, `mount("/api", app)` */
function mountedIn(
  view: CodeView,
  { expression, scope }: Written,
  depth: number,
): ReturnType<RouterDialect['mounted']> {
  const { expression: written, scope: at } = writtenAs(view, expression, scope);
  if (depth > 3) return undefined;
  if (written.kind === 'call') {
    const { callee, args } = written;
    const name = view.nameOf(callee, at);
    if (/^@koa\/router\(\)\.(routes|middleware)$/.test(name) && callee.kind === 'attribute')
      return routerIn(view, { expression: callee.object, scope: at }, '');
    if (name === 'koa-mount') {
      const last = args.at(-1);
      const prefix = args.length > 1 ? plain(view.code.evaluator.argumentsOf(written, at).arg(0, '')) : '';
      const inner = last && mountedIn(view, { expression: last.value, scope: at }, depth + 1);
      return (
        inner && {
          router: inner.router,
          prefix: prefix === undefined ? undefined : `${prefix}/${inner.prefix ?? ''}`,
        }
      );
    }
  }
  return routerIn(view, { expression, scope }, '');
}

function routerIn(
  view: CodeView,
  { expression, scope }: Written,
  prefix: string,
): ReturnType<RouterDialect['mounted']> {
  const entity = view.resolve(expression, scope);
  return entity?.kind === 'external' && /^(koa|@koa\/router)\(\)$/.test(entity.name) && entity.made
    ? { router: entity.made.call, prefix }
    : undefined;
}

/** `new Router({ prefix: "/users" })`, `router.prefix("/users")` */
function ownPrefix(view: CodeView, router: Call): string | undefined {
  const site = view.calls('@koa/router').find(({ call }) => call === router);
  const args = site && view.args(site);
  const options = args?.arg(0, '');
  const written = options && args?.member(options, 'prefix');
  if (written) return plain(written);
  const later = view.calls('@koa/router().prefix').find(({ call: { callee }, scope }) => {
    const of = callee.kind === 'attribute' ? view.resolve(callee.object, scope) : undefined;
    return of?.kind === 'external' && of.made?.call === router;
  });
  return later ? plain(view.args(later).arg(0, '')) : '';
}

/** Routes of Koa: routers on an app, in routers and under mounted apps. */
export const koaRouting = (node: CodeView): Routing => routingOf(node, DIALECT);
