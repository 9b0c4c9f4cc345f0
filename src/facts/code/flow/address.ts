import type { DataOrigin } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { argumentFor, callsOf, originOf, worstOf } from './flow.ts';
import { piecesOf, type Piece, type Pieces } from './pieces.ts';
import type { Policy } from './policy.ts';
import type { Scope } from '../scopes.ts';
import type { CallSite } from '../sites.ts';
import type { CodeView } from '../view.ts';

const DEEPEST = 3;

/** Who chooses the host of an address: what stands behind it does not count. */
export function hostOrigin(
  view: CodeView,
  expression: Expression,
  scope: Scope,
  policy: Policy,
  depth = 0,
): DataOrigin {
  const at = view.at(scope, expression);
  const fixed = originOf('constant', 'an address whose host is written in the code', at);
  const given = depth < DEEPEST ? givenFor(view, expression, scope) : [];
  if (given.length > 0)
    return worstOf(
      given.map(each => {
        const origin = hostOrigin(view, each.argument, each.site.scope, policy, depth + 1);
        const step = {
          at: view.at(each.site.scope, each.site.call),
          says: `gives ${each.name} to ${each.to}`,
        };
        return { ...origin, way: [...origin.way, step] };
      }),
      fixed,
    );
  return worstOf(
    piecesOf(view, expression, scope, policy).map(pieces => hostOf(pieces) ?? fixed),
    fixed,
  );
}

interface GivenAddress {
  readonly argument: Expression;
  readonly site: CallSite;
  readonly name: string;
  readonly to: string;
}

/** What callers give for an address that is a parameter of an own function. */
function givenFor(view: CodeView, expression: Expression, scope: Scope): readonly GivenAddress[] {
  const { definition, parent } = scope;
  if (expression.kind !== 'name' || definition?.kind !== 'function' || !parent) return [];
  const found = view.code.resolver.bindings(expression.name, scope, expression.start);
  const [binding] = found?.bindings ?? [];
  if (found?.bindings.length !== 1 || binding?.kind !== 'parameter') return [];
  const isMethod = parent.kind === 'class' && /^(self|cls)$/.test(definition.params[0]?.name ?? '');
  return callsOf(view)
    .callersOf(definition, parent)
    .slice(0, 8)
    .flatMap(site => {
      const argument = argumentFor(site.call, binding.parameter, binding.position, isMethod);
      return argument ? [{ argument, site, name: expression.name, to: definition.name }] : [];
    });
}

/** `req.url` begins with a slash, or with the host of the service itself. */
const isAsked = ({ says, origin }: Extract<Piece, { kind: 'hole' }>): boolean =>
  /^address of the request/.test(origin.says) && /\.(url|originalUrl|path|nextUrl)$/.test(says);

function hostOf([first, ...rest]: Pieces): DataOrigin | undefined {
  if (!first) return undefined;
  if (first.kind === 'hole') return isAsked(first) ? undefined : first.origin;
  if (first.value === '') return hostOf(rest);
  const open = /^[a-z+]*:?\/\/[^/?#]*$/i.test(first.value) || /^[a-z]+:$/i.test(first.value);
  // `https://` and then a hole: that is the host. `https://api.` and then a hole is a part of it.
  return open ? hostOf(rest) : undefined;
}
