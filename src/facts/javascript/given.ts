import type { FunctionDefinition } from '../../read/syntax.ts';
import { expressParameters, expressTypes, likelyExpress } from './express/parameters.ts';
import { likelyNest } from './nestjs/inputs.ts';
import { honoParameters, honoTypes, likelyHono } from './hono/parameters.ts';
import { koaParameters, koaTypes, likelyKoa } from './koa/parameters.ts';
import { fastifyParameters, fastifyTypes, likelyFastify } from './fastify/parameters.ts';
import { likelyNext } from './next/parameters.ts';
import { trpcParameters } from './trpc/parameters.ts';

/** What a function of a library gives to the function that it is handed, by canonical name; each library has its file. */
type Given = (
  callee: string,
  position: number,
  definition: FunctionDefinition,
) => readonly string[] | undefined;

/** What a function gets that is said to be of a type of a library. */
type Types = Readonly<Record<string, readonly string[]>>;

const LIBRARIES: readonly Given[] = [
  expressParameters,
  fastifyParameters,
  koaParameters,
  honoParameters,
  trpcParameters,
];
const TYPES: Types = { ...expressTypes, ...fastifyTypes, ...koaTypes, ...honoTypes };

export function givenBy(callee: string, position: number, definition: FunctionDefinition): readonly string[] {
  for (const library of LIBRARIES) {
    const found = library(callee, position, definition);
    if (found) return found;
  }
  return [];
}

export const givenByType = (type: string): readonly string[] =>
  (Object.hasOwn(TYPES, type) ? TYPES[type] : undefined) ?? [];

/** What parameters are by their names, where nothing tells who calls the function. */
export function likelyParameters(definition: FunctionDefinition): readonly string[] {
  for (const likely of [likelyNest, likelyExpress, likelyFastify, likelyKoa, likelyHono, likelyNext]) {
    const found = likely(definition);
    if (found.length > 0) return found;
  }
  return [];
}
