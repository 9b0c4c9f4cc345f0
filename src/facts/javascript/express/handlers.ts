import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import type { Routing } from '../handler.ts';
import { registrationsIn, USUAL_VERBS, type Registration, type RouterDialect } from '../registrations.ts';
import { routingOf } from '../routers.ts';

const DIALECT: RouterDialect = {
  apps: ['express'],
  routers: ['express.Router'],
  verbs: USUAL_VERBS,
  forPath: 'route',
  isPrefix: true,
  everywhere: '',
  hasNames: false,
  isMerged: false,
  nextAt: 2,
  special: () => undefined,
  mounted(view, { expression, scope }) {
    const entity = view.resolve(expression, scope);
    return entity?.kind === 'external' && /^express(\.Router)?\(\)$/.test(entity.name) && entity.made
      ? { router: entity.made.call, prefix: '' }
      : undefined;
  },
  ownPrefix: () => '',
};

/** Routes of Express: on the app, on routers, and on routers in routers. */
export const expressRouting = (node: CodeView): Routing => routingOf(node, DIALECT);

/** All that is put on apps and routers of Express. */
export const expressRegistrations = (node: CodeView): readonly Registration[] =>
  registrationsIn(node, DIALECT).all;

/** Whether what is put there is a router, with routes of its own. */
export const isExpressRouter = (node: CodeView, thing: Written): boolean =>
  DIALECT.mounted(node, thing) !== undefined;
