import type { FunctionDefinition } from '../../read/syntax.ts';
import { expressParameters, likelyExpress } from './express/parameters.ts';
import { fastifyParameters } from './fastify/parameters.ts';

/** What a function of a library gives to the function that it is handed, by canonical name; each library has its file. */
export type Given = (
  callee: string,
  position: number,
  definition: FunctionDefinition,
) => readonly string[] | undefined;

const LIBRARIES: readonly Given[] = [expressParameters, fastifyParameters];

export function givenBy(callee: string, position: number, definition: FunctionDefinition): readonly string[] {
  for (const library of LIBRARIES) {
    const found = library(callee, position, definition);
    if (found) return found;
  }
  return [];
}

/** What parameters are by their names, where nothing tells who calls the function. */
export const likelyParameters = (definition: FunctionDefinition): readonly string[] =>
  likelyExpress(definition);
