import type { Method } from '../../../model/index.ts';
import { plain } from '../../code/route-parts.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { optionOf } from '../fastify/instances.ts';
import type { Routing } from '../handler.ts';
import { USUAL_VERBS, type RouterDialect, type Special } from '../registrations.ts';
import { routingOf } from '../routers.ts';

const DIALECT: RouterDialect = {
  apps: ['hono.Hono', 'hono.OpenAPIHono'],
  routers: ['hono.Hono().basePath'],
  verbs: { ...USUAL_VERBS, on: 'all', openapi: 'all', route: 'mount', basePath: 'mount' },
  forPath: '',
  isPrefix: false,
  everywhere: '*',
  hasNames: false,
  isMerged: true,
  nextAt: 1,
  special: specialOf,
  mounted(view, { expression, scope }) {
    const entity = view.resolve(expression, scope);
    return entity?.kind === 'external' && /^hono\.Hono\(\)(\.basePath\(\))?$/.test(entity.name) && entity.made
      ? { router: entity.made.call, prefix: '' }
      : undefined;
  },
  ownPrefix: () => '',
};

function specialOf(view: CodeView, site: CallSite): Special | undefined {
  const { callee } = site.call;
  switch (callee.kind === 'attribute' ? callee.name : '') {
    case 'basePath':
      return {
        verb: 'mount',
        paths: [plain(view.args(site).arg(0, ''))],
        things: [{ expression: site.call, scope: site.scope }],
      };
    case 'on':
      return onMethods(view, site);
    case 'openapi':
      return described(view, site);
    default:
      return undefined;
  }
}

const argumentsFrom = ({ call, scope }: CallSite, first: number): readonly Written[] =>
  call.args.slice(first).map(({ value }) => ({ expression: value, scope }));

/** `app.on(["GET", "POST"], "/x", handler)` */
function onMethods(view: CodeView, site: CallSite): Special {
  const args = view.args(site);
  const methods = args.arg(0, '');
  const path = args.arg(1, '');
  const names = (methods?.kind === 'list' ? methods.items : [methods]).map(item =>
    plain(item)?.toUpperCase(),
  );
  return {
    verb: { methods: names.flatMap(name => (name ? [name as Method] : [])) },
    paths: path?.kind === 'list' ? path.items.map(plain) : [plain(path)],
    things: argumentsFrom(site, 2),
  };
}

/** `app.openapi(createRoute({ method: "post", path: "/x", middleware: [auth] }), handler)` */
function described(view: CodeView, site: CallSite): Special {
  const [route, ...things] = argumentsFrom(site, 0);
  const written = route && writtenAs(view, route.expression, route.scope);
  const options =
    written?.expression.kind === 'call' && written.expression.args[0]
      ? { expression: written.expression.args[0].value, scope: written.scope }
      : undefined;
  const text = (name: string): string | undefined => {
    const option = optionOf(view, options, name);
    return option && plain(view.evaluate(option.expression, option.scope));
  };
  const method = text('method')?.toUpperCase();
  const before = optionOf(view, options, 'middleware');
  const list = before && writtenAs(view, before.expression, before.scope);
  const middleware =
    list?.expression.kind === 'collection'
      ? list.expression.items.map(expression => ({ expression, scope: list.scope }))
      : before
        ? [before]
        : [];
  return {
    verb: method === undefined ? 'all' : { methods: [method as Method] },
    paths: [text('path')],
    // A hook after the handler answers what does not fit the description.
    things: [...middleware, ...things.slice(0, 1)],
  };
}

/** Routes of Hono: on apps, on what has a base path, and on apps in apps. */
export const honoRouting = (node: CodeView): Routing => routingOf(node, DIALECT);
