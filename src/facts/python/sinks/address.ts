import type { DataOrigin } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { originOf, worstOf } from '../flow/flow.ts';
import { piecesOf, type Pieces } from '../flow/pieces.ts';
import type { Policy } from '../flow/policy.ts';
import type { Scope } from '../scopes.ts';
import type { PythonView } from '../view.ts';

/** Who chooses the host of an address: what stands behind it does not count. */
export function hostOrigin(
  python: PythonView,
  expression: Expression,
  scope: Scope,
  policy: Policy,
): DataOrigin {
  const at = python.at(scope, expression);
  const fixed = originOf('constant', 'an address whose host is written in the code', at);
  return worstOf(
    piecesOf(python, expression, scope, policy).map(pieces => hostOf(pieces) ?? fixed),
    fixed,
  );
}

function hostOf([first, ...rest]: Pieces): DataOrigin | undefined {
  if (!first) return undefined;
  if (first.kind === 'hole') return first.origin;
  if (first.value === '') return hostOf(rest);
  const open = /^[a-z+]*:?\/\/[^/?#]*$/i.test(first.value) || /^[a-z]+:$/i.test(first.value);
  // `https://` and then a hole: that is the host. `https://api.` and then a hole is a part of it.
  return open ? hostOf(rest) : undefined;
}
