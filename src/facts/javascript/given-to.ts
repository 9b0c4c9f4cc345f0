import type { Expression, FunctionDefinition } from '../../read/syntax.ts';
import type { Scope } from '../code/scopes.ts';
import type { CodeView } from '../code/view.ts';
import type { Written } from '../code/written.ts';

/** The function whose parameter a name is, and what own code calls it with. */
export function givenTo(
  view: CodeView,
  { name, start }: Expression & { readonly kind: 'name' },
  scope: Scope,
): { readonly definition: FunctionDefinition; readonly value: Written | undefined } | undefined {
  const found = view.code.resolver.bindings(name, scope, start);
  const [binding] = found?.bindings ?? [];
  const definition = found?.scope.definition;
  if (binding?.kind !== 'parameter' || definition?.kind !== 'function') return undefined;
  const outside = found?.scope.parent;
  const [caller] = outside ? view.code.callersOf(definition, outside) : [];
  const value = caller?.call.args[binding.position]?.value;
  return { definition, value: caller && value && { expression: value, scope: caller.scope } };
}
