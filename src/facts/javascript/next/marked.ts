import type { Statement } from '../../../read/syntax.ts';

/** `"use server"` as the first thing of a file or function: pages may call what it holds, and so may everybody. */
export function isMarked(body: readonly Statement[]): boolean {
  for (const statement of body) {
    if (statement.kind !== 'expression' || statement.value.kind !== 'string') return false;
    if (statement.value.value === 'use server') return true;
  }
  return false;
}
