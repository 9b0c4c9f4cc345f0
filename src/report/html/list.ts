import type { PageList, PageNote } from './model.ts';

/** The first of them, and how many more there are. */
export const listOf = (all: readonly PageNote[], most: number): PageList => ({
  shown: all.slice(0, most),
  more: Math.max(0, all.length - most),
});
