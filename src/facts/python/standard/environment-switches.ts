import type { EnvironmentSwitch, EnvTerm, Term } from '../../../model/index.ts';
import type { Call, Expression, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import type { StatementSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const textOf = (term: Term | undefined): string =>
  term?.kind === 'literal' && term.value !== null ? String(term.value) : '';

/** `shop.config:DevelopmentConfig` and `config.DevelopmentConfig` both end in the class. */
const lastOf = (dotted: string): string => dotted.split(/[.:]/).at(-1) ?? '';

const nameOf = (term: Term | undefined): string => {
  if (term?.kind === 'reference') return lastOf(term.target.replace(/\(\)$/, ''));
  return term?.kind === 'literal' && typeof term.value === 'string' ? lastOf(term.value) : '';
};

const envOf = (term: Term): EnvTerm | undefined => {
  if (term.kind === 'env') return term;
  if (term.kind !== 'oneOf') return undefined;
  return term.options.map(option => option.term).find(each => each.kind === 'env');
};

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

interface Chosen {
  readonly object: Expression;
  readonly key: Expression;
  /** The second argument of `get`. */
  readonly otherwise: Expression | undefined;
}

function chosenIn(each: Expression): Chosen | undefined {
  if (each.kind === 'subscript') return { object: each.object, key: each.index, otherwise: undefined };
  if (each.kind !== 'call' || each.callee.kind !== 'attribute' || each.callee.name !== 'get')
    return undefined;
  const [key, otherwise] = each.args;
  return key && { object: each.callee.object, key: key.value, otherwise: otherwise?.value };
}

type Choice = Omit<EnvironmentSwitch, 'kind' | 'reached'>;

/** `configs[os.environ.get("APP_ENV", "development")]`, `configs.get(env, DevelopmentConfig)`. */
function fromDictionary(python: PythonView, each: Expression, scope: Scope): Choice | undefined {
  const chosen = chosenIn(each);
  if (!chosen || !isDictionary(python, chosen.object, scope)) return undefined;
  const env = envOf(python.evaluate(chosen.key, scope));
  if (!env) return undefined;
  const object = python.evaluate(chosen.object, scope);
  if (
    object.kind !== 'object' ||
    object.entries.length < 2 ||
    !object.entries.some(([, entry]) => entry.kind === 'reference')
  )
    return undefined;
  const fallback = textOf(env.fallback);
  const otherwise = chosen.otherwise ? nameOf(python.evaluate(chosen.otherwise, scope)) : '';
  const entry = object.entries.find(([key]) => key === fallback)?.[1];
  return {
    at: env.at,
    variable: env.name,
    fallback,
    selects: entry ? nameOf(entry) : otherwise,
    otherwise,
  };
}

/** Calls that take the name of a settings object or module. */
const LOADERS = new Set(['from_object', 'import_string', 'import_module']);

/** `app.config.from_object(os.environ.get("APP_SETTINGS", "config.DevelopmentConfig"))`. */
function fromLoader(python: PythonView, call: Call, scope: Scope): Choice | undefined {
  const word = call.callee.kind === 'attribute' || call.callee.kind === 'name' ? call.callee.name : '';
  const [first, second] = call.args;
  if (word === 'setdefault' && first?.value.kind === 'string' && second?.value.kind === 'string') {
    if (first.value.value !== 'DJANGO_SETTINGS_MODULE') return undefined;
    const { value } = second.value;
    return {
      at: python.at(scope, call),
      variable: first.value.value,
      fallback: value,
      selects: lastOf(value),
      otherwise: '',
    };
  }
  if (!LOADERS.has(word) || !first) return undefined;
  const env = envOf(python.evaluate(first.value, scope));
  const fallback = textOf(env?.fallback);
  return env && /^[\w.:]+$/.test(fallback)
    ? { at: env.at, variable: env.name, fallback, selects: lastOf(fallback), otherwise: '' }
    : undefined;
}

/** `APP_ENV == "production"`: the variable that is compared. */
function askedForProduction(python: PythonView, test: Expression, scope: Scope): EnvTerm | undefined {
  if (test.kind !== 'binary' || test.operator !== '==') return undefined;
  const [name, other] = test.right.kind === 'string' ? [test.right, test.left] : [test.left, test.right];
  if (name.kind !== 'string' || !/^prod(uction)?$/i.test(name.value)) return undefined;
  return envOf(python.evaluate(other, scope));
}

const DEVELOPMENT_CLASS = /\b(Dev\w*(?:Config|Settings)|(?:Config|Settings)Dev\w*)\b/;

/** `if APP_ENV == "production": … else: app.config.from_object(DevelopmentConfig)`. */
function fromBranches(python: PythonView, statement: Statement, scope: Scope): Choice | undefined {
  const branches =
    statement.kind === 'if'
      ? [{ test: statement.test, rest: statement.otherwise }]
      : headOf(statement)
          .flatMap(head => [...expressionsIn(head)])
          .flatMap(each =>
            each.kind === 'conditional' ? [{ test: each.test, rest: [each.otherwise] }] : [],
          );
  for (const { test, rest } of branches) {
    const last = rest.at(-1);
    const [first] = rest;
    if (!first || !last) continue;
    const taken = DEVELOPMENT_CLASS.exec(python.textOf(scope, { start: first.start, end: last.end }))?.[1];
    const env = taken && askedForProduction(python, test, scope);
    if (!env || /^prod/i.test(textOf(env.fallback))) continue;
    return {
      at: env.at,
      variable: env.name,
      fallback: textOf(env.fallback),
      selects: taken,
      otherwise: taken,
    };
  }
  return undefined;
}

function* choicesIn(python: PythonView, { statement, scope }: StatementSite): Generator<Choice> {
  const branch = fromBranches(python, statement, scope);
  if (branch) yield branch;
  for (const head of headOf(statement))
    for (const each of expressionsIn(head)) {
      const choice =
        fromDictionary(python, each, scope) ??
        (each.kind === 'call' ? fromLoader(python, each, scope) : undefined);
      if (choice) yield choice;
    }
}

/** One of several settings that the name of an environment chooses. */
export default defineExtractor({
  id: 'python/standard/environment-switches',
  reads: [],
  produces: ['environmentSwitch'],
  understands: hasPython,
  *extract({ python }): Generator<EnvironmentSwitch> {
    const seen = new Set<string>();
    const words = [
      'ENV',
      'CONFIG',
      'SETTINGS',
      'STAGE',
      'environ',
      'config[',
      'configs[',
      'config.get(',
      'from_object',
    ];
    for (const site of python.statements(...words))
      for (const choice of choicesIn(python, site)) {
        const id = `${choice.at.path}:${choice.at.startLine}`;
        if (seen.has(id)) continue;
        seen.add(id);
        yield { kind: 'environmentSwitch', ...choice, reached: python.reached(site) };
      }
  },
});
