import type { ClassEntity } from '../../code/entities.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { isVerifier } from '../access/verifiers.ts';
import type { Asking, Layer } from '../handler.ts';

/** `handleConnection(client)` that hangs up on who brings no token that holds. */
export function connectionOf(view: CodeView, of: ClassEntity): readonly Layer[] {
  const method = view.code.resolver.member({ kind: 'object', of, made: undefined }, 'handleConnection');
  if (method?.kind !== 'function') return [];
  const calls = view.callsWithin(method, 2);
  if (!calls.some(({ call }) => /^(disconnect|close|terminate)$/.test(lastNameOf(call.callee)))) return [];
  const verifies = calls.some(({ call, scope }) =>
    isVerifier(view.nameOf(call.callee, scope), lastNameOf(call.callee)),
  );
  const asking: Asking = {
    checks: 'identity',
    asks: verifies ? 'yes' : 'unclear',
    name: 'handleConnection',
  };
  return [
    {
      expression: method.definition,
      scope: method.scope,
      level: 'router',
      function: method,
      covers: 'yes',
      site: { scope: method.scope, conditions: [] },
      asking,
    },
  ];
}
