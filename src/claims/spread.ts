import type { Facts } from '../model/index.ts';

/** Whether what a control asks of each place holds in one of them at least. */
export const SPREADS = {
  bodies: (facts: Facts): boolean =>
    facts.all('bodyRead').some(({ validated, reached }) => validated === 'yes' && reached !== 'no'),
  lists: (facts: Facts): boolean =>
    facts.all('rowList').some(({ rows, reached }) => rows === 'page' && reached !== 'no'),
} as const;

export type Spread = keyof typeof SPREADS;
