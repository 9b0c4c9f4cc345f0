import type { CodeView } from '../code/view.ts';
import { expressRouting } from './express/handlers.ts';
import { fastifyRouting } from './fastify/handlers.ts';
import { honoRouting } from './hono/handlers.ts';
import { koaRouting } from './koa/handlers.ts';
import { nestRouting } from './nestjs/handlers.ts';
import type { Handler, Routing } from './handler.ts';
import { nextRouting } from './next/handlers.ts';
import { trpcRouting } from './trpc/handlers.ts';

/** Each framework has its reader. */
const FRAMEWORKS: readonly ((node: CodeView) => Routing)[] = [
  expressRouting,
  fastifyRouting,
  nestRouting,
  nextRouting,
  koaRouting,
  honoRouting,
  trpcRouting,
];

const known = new WeakMap<CodeView, Routing>();

/** All routes of a service, whichever framework, and what cannot be told of them. */
export function nodeRouting(node: CodeView): Routing {
  const before = known.get(node);
  if (before) return before;
  const found = FRAMEWORKS.map(read => read(node));
  const all: Routing = {
    handlers: found.flatMap(({ handlers }) => handlers),
    standing: found.flatMap(({ standing }) => standing),
    blind: found.flatMap(({ blind }) => blind),
  };
  known.set(node, all);
  return all;
}

/** All handlers of a service, whichever framework. */
export const nodeHandlers = (node: CodeView): readonly Handler[] => nodeRouting(node).handlers;
