import type { Place } from '../../model/index.ts';
import type { Module } from './modules.ts';
import type { Reach } from './reach.ts';

/** From the start path to a module. */
export const wayTo = (reach: Reach, module: Module): readonly Place[] =>
  reach
    .wayTo(module)
    .slice(0, -1)
    .map(({ path }) => ({
      at: { path, startLine: 1, endLine: 1 },
      says: 'comes by on the way from the start',
    }));
