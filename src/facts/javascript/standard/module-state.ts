import type { ModuleState } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import { isMadeOnce, statesIn, type State, type StateDialect } from '../../code/module-state.ts';
import type { Binding, Scope } from '../../code/scopes.ts';
import type { StatementSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { defineExtractor } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';
import { libraryPlugins } from '../fastify/plugins.ts';
import { readsFramework } from '../frameworks.ts';
import { mountOf } from '../mounted.ts';
import { servingFunctions } from '../serving.ts';

/** The scope that declares a name: `count += 1` declares none. */
function holderOf(name: string, scope: Scope): Scope | undefined {
  for (let each: Scope | undefined = scope; each; each = each.parent)
    if (
      each
        .bindings()
        .get(name)
        ?.some(({ kind }) => kind !== 'augment')
    )
      return each;
  return undefined;
}

/** Names of its module that a function binds anew: `count = count + 1`, without a declaration of its own. */
const globalsIn = (_: CodeView, scope: Scope, { body }: FunctionDefinition): ReadonlySet<string> =>
  new Set(
    [...statementsIn(body)].flatMap(statement => {
      const targets =
        statement.kind === 'assign' && statement.declares === 'nothing'
          ? statement.targets
          : statement.kind === 'augment'
            ? [statement.target]
            : [];
      return targets.flatMap(target =>
        target.kind === 'name' && holderOf(target.name, scope)?.kind === 'module' ? [target.name] : [],
      );
    }),
  );

const counted = (node: CodeView, { statement, scope }: StatementSite): Expression | undefined =>
  statement.kind === 'expression' &&
  /^(name|attribute|subscript)$/.test(statement.value.kind) &&
  /^(\+\+|--)|(\+\+|--)\s*;?$/.test(node.textOf(scope, statement).trim())
    ? statement.value
    : undefined;

/** The value at the top of a module, or in a class of which there is one object, that an expression stands for. */
function stateOf(node: CodeView, expression: Expression, scope: Scope): State | undefined {
  if (expression.kind === 'name') return namedState(node, expression.name, expression, scope);
  return expression.kind === 'attribute'
    ? memberState(node, expression.object, expression.name, expression, scope)
    : undefined;
}

function namedState(node: CodeView, name: string, expression: Expression, scope: Scope): State | undefined {
  const holder = holderOf(name, scope);
  if (holder?.kind !== 'module') return undefined;
  const bindings = holder.bindings().get(name) ?? [];
  const binding = bindings.find(each => each.kind === 'value');
  if (binding) return { module: holder.module, name, binding, scope: holder };
  return bindings[0]?.kind === 'import-from' ? behind(node, name, expression, scope) : undefined;
}

/** What another module hands out under a name. */
function behind(node: CodeView, name: string, expression: Expression, scope: Scope): State | undefined {
  const written = writtenAs(node, expression, scope);
  if (written.expression === expression || written.scope.kind !== 'module') return undefined;
  const { module } = written.scope;
  const bindings = [...written.scope.bindings().values()].flat();
  const binding = bindings.find(each => each.kind === 'value' && each.value === written.expression);
  return binding && { module, name, binding, scope: written.scope };
}

function memberState(
  node: CodeView,
  object: Expression,
  name: string,
  expression: Expression,
  scope: Scope,
): State | undefined {
  const { resolver } = node.code;
  const entity = resolver.resolve(object, scope);
  if (entity?.kind === 'module' || entity?.kind === 'record') return behind(node, name, expression, scope);
  const of = entity?.kind === 'class' ? entity : entity?.kind === 'object' ? entity.of : undefined;
  if (!of) return undefined;
  const [own] = resolver.memberBindings(of, name);
  if (own?.binding.kind !== 'value') return undefined;
  const isOne =
    entity?.kind === 'class' || isMadeOnce(node, of.definition) || isProvided(of.definition.decorators);
  const binding: Binding = own.binding;
  return isOne
    ? { module: own.scope.module, name: `${of.definition.name}.${name}`, binding, scope: own.scope }
    : undefined;
}

/** NestJS makes one object of what it provides. */
const isProvided = (decorators: readonly Expression[]): boolean =>
  decorators.some(
    each =>
      each.kind === 'call' &&
      each.callee.kind === 'name' &&
      /^(Injectable|Controller|WebSocketGateway)$/.test(each.callee.name) &&
      each.args.length < 2,
  );

const DIALECT: StateDialect = {
  mutators: new Set('push pop shift unshift splice set add delete clear fill'.split(' ')),
  containers: /^(Map|Set|Array|Object\.create|WeakMap|WeakSet)$/,
  globals: globalsIn,
  stateOf,
  counted,
  hasOpenObjects: true,
};

/** Sessions whose store is the memory of the process: the name of the maker, and where its options stand. */
function* sessions(node: CodeView): Generator<ModuleState> {
  const makers = node.calls('express-session', 'koa-generic-session').map(site => {
    const [first] = site.call.args;
    return {
      site,
      options: first && { expression: first.value, scope: site.scope },
      reached: mountOf(node, site).covers === 'none' ? ('unclear' as const) : node.reached(site),
    };
  });
  const plugins = libraryPlugins(node, '@fastify/session').map(({ site, options, wired }) => ({
    site,
    options,
    reached: wired,
  }));
  for (const { site, options, reached } of [...makers, ...plugins]) {
    const store = optionOf(node, options, 'store');
    if (
      store &&
      !/memory/i.test(
        node.nameOf(writtenAs(node, store.expression, store.scope).expression, store.scope) ||
          node.textOf(store.scope, store.expression),
      )
    )
      continue;
    const written = options && writtenAs(node, options.expression, options.scope).expression;
    if (!store && written && written.kind !== 'dictionary') continue;
    if (!store && written?.kind === 'dictionary' && written.entries.some(({ key }) => !key)) continue;
    const at = node.at(site.scope, site.call);
    yield {
      kind: 'moduleState',
      at,
      name: 'the session store, which is the default one,',
      changes: [{ at, in: 'every request with a session' }],
      perUser: 'yes',
      reached,
    };
  }
}

/** Values in the memory of one process that requests change. */
export default defineExtractor({
  id: 'javascript/standard/module-state',
  reads: [],
  produces: ['moduleState'],
  understands: readsFramework,
  *extract({ node }): Generator<ModuleState> {
    yield* statesIn(node, servingFunctions(node).values(), DIALECT);
    yield* sessions(node);
  },
});
