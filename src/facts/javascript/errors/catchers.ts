import type { CodeView } from '../../code/view.ts';
import { expressCatchers } from '../express/errors.ts';
import { fastifyCatchers } from '../fastify/errors.ts';
import { honoCatchers } from '../hono/errors.ts';
import { koaCatchers } from '../koa/errors.ts';
import { nestCatchers } from '../nestjs/filters.ts';
import type { Catcher } from './catcher.ts';

/** Each framework has its reader. */
const FRAMEWORKS: readonly ((node: CodeView) => readonly Catcher[])[] = [
  expressCatchers,
  fastifyCatchers,
  koaCatchers,
  honoCatchers,
  nestCatchers,
];

const known = new WeakMap<CodeView, readonly Catcher[]>();

/** All functions that answer for errors of a service, whichever framework. */
export function catchersOf(node: CodeView): readonly Catcher[] {
  const before = known.get(node);
  if (before) return before;
  const found = FRAMEWORKS.flatMap(read => read(node));
  known.set(node, found);
  return found;
}
