import type { EnvironmentSwitch } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Scope } from '../scopes.ts';
import type { PythonView } from '../view.ts';

const textOf = (term: ReturnType<PythonView['evaluate']> | undefined): string =>
  term?.kind === 'literal' && term.value !== null ? String(term.value) : '';

/** Whether an expression is a name for a dictionary that is written out; asked before anything is evaluated. */
function isDictionary(python: PythonView, expression: Expression, scope: Scope, depth = 0): boolean {
  if (expression.kind === 'dictionary') return true;
  const { resolver } = python.code;
  if (expression.kind === 'attribute') {
    const owner = python.resolve(expression.object, scope);
    const module = owner?.kind === 'module' ? resolver.scopeOf(owner.module) : undefined;
    return (
      module
        ?.bindings()
        .get(expression.name)
        ?.some(each => each.kind === 'value' && each.value.kind === 'dictionary') ?? false
    );
  }
  if (expression.kind !== 'name' || depth > 4) return false;
  const found = resolver.bindings(expression.name, scope, expression.start);
  return (found?.bindings ?? []).some(binding => {
    if (binding.kind === 'value')
      return binding.value.kind === 'dictionary' || python.textOf(scope, binding.value).startsWith('dict(');
    if (binding.kind !== 'import-from' || !found) return false;
    const origin = resolver.modules.resolve(found.scope.module, binding.module, binding.level);
    const name: Expression = { kind: 'name', name: binding.name, start: Number.MAX_SAFE_INTEGER, end: 0 };
    return origin.kind === 'module' && isDictionary(python, name, resolver.scopeOf(origin.module), depth + 1);
  });
}

/** `configs[os.environ.get("APP_ENV", "development")]`: one of several settings chosen by a name. */
export default defineExtractor({
  id: 'python/standard/environment-switches',
  reads: [],
  produces: ['environmentSwitch'],
  understands: hasPython,
  *extract({ python }): Generator<EnvironmentSwitch> {
    const seen = new Set<string>();
    for (const { statement, scope, conditions } of python.statements(
      'ENV',
      'CONFIG',
      'SETTINGS',
      'STAGE',
      'environ',
    ))
      for (const head of headOf(statement))
        for (const each of expressionsIn(head)) {
          const chosen =
            each.kind === 'subscript'
              ? { object: each.object, key: each.index }
              : each.kind === 'call' &&
                  each.callee.kind === 'attribute' &&
                  each.callee.name === 'get' &&
                  each.args[0]
                ? { object: each.callee.object, key: each.args[0].value }
                : undefined;
          if (!chosen || !isDictionary(python, chosen.object, scope)) continue;
          const key = python.evaluate(chosen.key, scope);
          const env =
            key.kind === 'env'
              ? key
              : key.kind === 'oneOf'
                ? key.options.map(option => option.term).find(term => term.kind === 'env')
                : undefined;
          if (env?.kind !== 'env') continue;
          const object = python.evaluate(chosen.object, scope);
          if (
            object.kind !== 'object' ||
            object.entries.length < 2 ||
            !object.entries.some(([, entry]) => entry.kind === 'reference')
          )
            continue;
          const id = `${env.at.path}:${env.at.startLine}`;
          if (seen.has(id)) continue;
          seen.add(id);
          yield {
            kind: 'environmentSwitch',
            at: env.at,
            variable: env.name,
            fallback: textOf(env.fallback),
            reached: python.reached({ scope, conditions }),
          };
        }
  },
});
