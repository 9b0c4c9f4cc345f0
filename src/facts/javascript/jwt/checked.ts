import type { SettingCheck, Term, Truth } from '../../../model/index.ts';

/** Whether the start ends where the variable behind a key is missing. */
export const checkedBy =
  (checks: readonly SettingCheck[]) =>
  (term: Term): Truth =>
    term.kind === 'env' &&
    (term.required ||
      checks.some(({ names, runsAtStart }) => runsAtStart === 'yes' && names.includes(term.name)))
      ? 'yes'
      : 'no';
