// Written by `npm run generate`. Do not edit.
import type { Control } from '../model/index.ts';

export const controls: readonly Control[] = [
];
