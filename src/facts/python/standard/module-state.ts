import type { Attribute, Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import { isMadeOnce, statesIn, type State, type StateDialect } from '../../code/module-state.ts';
import type { Module } from '../../code/modules.ts';
import type { Scope } from '../../code/scopes.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { servingFunctions } from '../serving.ts';
import type { PythonView } from '../view.ts';

/** Names that a function declares as `global`. */
const globalsIn = (python: PythonView, scope: Scope, { body }: FunctionDefinition): ReadonlySet<string> =>
  new Set(
    [...statementsIn(body)].flatMap(statement => {
      if (statement.kind !== 'simple' || statement.word !== 'scope') return [];
      const text = python.textOf(scope, statement);
      return text.startsWith('global')
        ? text
            .slice('global'.length)
            .split(',')
            .map(name => name.trim())
        : [];
    }),
  );

/** The value at the top of a module, or in a class, that an expression stands for. */
function stateOf(python: PythonView, expression: Expression, scope: Scope): State | undefined {
  if (expression.kind === 'name') return namedState(python, expression.name, scope);
  return expression.kind === 'attribute' ? memberState(python, expression, scope) : undefined;
}

function namedState(python: PythonView, name: string, scope: Scope): State | undefined {
  const { resolver } = python.code;
  const found = resolver.bindings(name, scope, Number.MAX_SAFE_INTEGER);
  const isGlobal = found?.scope.kind === 'function' && isDeclared(python, name, scope);
  const holder = isGlobal ? resolver.scopeOf(scope.module) : found?.scope;
  return holder?.kind === 'module' ? inModule(python, holder.module, name, 0) : undefined;
}

function memberState(python: PythonView, expression: Attribute, scope: Scope): State | undefined {
  const { resolver } = python.code;
  const object = resolver.resolve(expression.object, scope);
  if (object?.kind === 'module') return inModule(python, object.module, expression.name, 0);
  const of = object?.kind === 'class' ? object : object?.kind === 'object' ? object.of : undefined;
  if (!of) return undefined;
  const [own] = resolver.memberBindings(of, expression.name);
  if (own?.binding.kind !== 'value') return undefined;
  // In the body of a class it belongs to all objects; in `__init__` to one, which may be the only one.
  if (own.scope.kind !== 'class' && !isMadeOnce(python, of.definition)) return undefined;
  const { binding } = own;
  return {
    module: own.scope.module,
    name: `${of.definition.name}.${expression.name}`,
    binding,
    scope: own.scope,
  };
}

const isDeclared = (python: PythonView, name: string, scope: Scope): boolean =>
  scope.definition?.kind === 'function' && globalsIn(python, scope, scope.definition).has(name);

function inModule(python: PythonView, module: Module, name: string, depth: number): State | undefined {
  const { resolver, modules } = python.code;
  const scope = resolver.scopeOf(module);
  const binding = scope.bindings().get(name)?.at(0);
  if (binding?.kind === 'value') return { module, name, binding, scope };
  if (binding?.kind !== 'import-from' || depth > 3) return undefined;
  const origin = modules.resolve(module, binding.module, binding.level);
  return origin.kind === 'module' ? inModule(python, origin.module, binding.name, depth + 1) : undefined;
}

const DIALECT: StateDialect = {
  mutators: new Set(
    'append appendleft add update pop popleft popitem clear remove discard extend insert setdefault'.split(
      ' ',
    ),
  ),
  containers:
    /^(builtins\.(dict|list|set)|collections\.(defaultdict|deque|Counter|OrderedDict)|weakref\.\w+)$/,
  globals: globalsIn,
  stateOf,
  counted: () => undefined,
  hasOpenObjects: false,
};

/** Values in the memory of one process that requests change. */
export default defineExtractor({
  id: 'python/standard/module-state',
  reads: [],
  produces: ['moduleState'],
  understands: hasPython,
  extract: ({ python }) => statesIn(python, servingFunctions(python).values(), DIALECT),
});
