import type { Call, Expression, FunctionDefinition, Span } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import type { Scope } from '../../code/scopes.ts';
import type { StatementSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** A function of the repository that is given the environment as a whole, and the parameter that holds it. */
export interface Handed {
  readonly definition: FunctionDefinition;
  readonly name: string;
  /** The scope of its inside. */
  readonly scope: Scope;
}

/** Where the environment goes to something that cannot be followed. */
export interface Lost {
  readonly path: string;
  readonly to: string;
}

/** Functions that hand it to functions that hand it on: deeper is a circle. */
const MOST = 40;

/** Follows the environment as a whole into the functions that it is given to. */
export function handedOn(
  node: CodeView,
  sites: readonly StatementSite[],
  isEnvironment: (expression: Expression, scope: Scope) => boolean,
): { readonly handed: readonly Handed[]; readonly lost: readonly Lost[] } {
  const handed: Handed[] = [];
  const lost: Lost[] = [];
  const give = (call: Call, scope: Scope, is: (value: Expression) => boolean): void => {
    call.args.forEach(({ value, spread }, position) => {
      if (!is(value)) return;
      const callee = node.resolve(call.callee, scope);
      if (callee?.kind === 'external') return;
      const param = callee?.kind === 'function' ? callee.definition.params[position] : undefined;
      if (callee?.kind !== 'function' || !param || spread !== '' || param.pattern) {
        if (!param?.pattern) lost.push({ path: scope.module.path, to: textOf(node, scope, call.callee) });
        return;
      }
      if (handed.length < MOST && !handed.some(each => each.definition === callee.definition))
        handed.push({
          definition: callee.definition,
          name: param.name,
          scope: node.code.resolver.insideOf(callee),
        });
    });
  };
  for (const { statement, scope } of sites)
    for (const head of headOf(statement))
      for (const each of expressionsIn(head))
        if (each.kind === 'call') give(each, scope, value => isEnvironment(value, scope));
  for (const each of handed) follow(node, each, give, lost);
  return { handed, lost };
}

/** What a function does with the parameter: reads members of it, or hands it on. */
function follow(
  node: CodeView,
  { definition, name, scope }: Handed,
  give: (call: Call, scope: Scope, is: (value: Expression) => boolean) => void,
  lost: Lost[],
): void {
  const isIt = (value: Expression, at: Scope): boolean =>
    value.kind === 'name' &&
    value.name === name &&
    node.code.resolver.bindings(name, at, value.start)?.scope === scope;
  for (const { statement, scope: at } of node.code.search.statementsInside(definition)) {
    const known = new Set<Expression>();
    const all = headOf(statement).flatMap(head => [...expressionsIn(head)]);
    for (const each of all) {
      if (each.kind === 'attribute' || each.kind === 'subscript') known.add(each.object);
      if (each.kind === 'binary' && each.operator === 'in') known.add(each.right);
      if (each.kind !== 'call') continue;
      give(each, at, value => isIt(value, at));
      for (const { value } of each.args) known.add(value);
    }
    if (
      statement.kind === 'assign' &&
      statement.value &&
      statement.targets.every(({ kind }) => kind === 'dictionary')
    )
      known.add(statement.value);
    if (all.some(each => isIt(each, at) && !known.has(each)))
      lost.push({ path: scope.module.path, to: textOf(node, at, statement).slice(0, 60) });
  }
}

const textOf = (node: CodeView, scope: Scope, span: Span): string =>
  node.textOf(scope, span).split('\n')[0] ?? '';
