import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Calls by these words that are given something of one of these canonical names: `add_middleware(X, …)`. */
export function handing(
  python: PythonView,
  words: readonly string[],
  isWanted: (name: string) => boolean,
): readonly CallSite[] {
  return python
    .callsEnding(...words)
    .filter(({ call, scope }) =>
      call.args.some(
        ({ value }) =>
          (value.kind === 'name' || value.kind === 'attribute') && isWanted(python.nameOf(value, scope)),
      ),
    );
}

export const ADDS_MIDDLEWARE = ['add_middleware', 'Middleware'];
