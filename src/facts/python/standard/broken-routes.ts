import type { BrokenRoute, Repository } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import type { Call, Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import type { Module } from '../../code/modules.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';
import { BUILTINS } from './builtins.ts';

interface Broken {
  readonly at: Expression;
  readonly scope: Scope;
  readonly says: string;
}

const RENDERS = ['flask.render_template', 'quart.render_template', 'flask.stream_template'];

/** Templates may come from elsewhere: an own loader, a folder that is set, pages that a build makes. */
const LOADERS = /jinja_loader|ChoiceLoader|PackageLoader|template_folder|ThemeLoader/;

const hasTemplate = (repository: Repository, name: string): boolean =>
  repository.files.some(({ path }) => path === name || path.endsWith(`/${name}`));

/** Packages bring templates of their own, in folders of their names. */
const hasFolder = (repository: Repository, name: string): boolean => {
  const cut = name.lastIndexOf('/');
  return (
    cut === -1 ||
    repository.files.some(({ path }) => `/${path}`.includes(`/templates/${name.slice(0, cut + 1)}`))
  );
};

function* missingTemplates(view: ServiceView, calls: readonly Call[], scope: Scope): Generator<Broken> {
  const { python, repository } = view;
  if (!repository.files.some(({ path }) => /(^|\/)templates\//.test(path))) return;
  if (python.modules().some(({ file }) => LOADERS.test(file.text))) return;
  for (const call of calls) {
    const name = call.args[0]?.value;
    if (name?.kind !== 'string' || !RENDERS.includes(python.nameOf(call.callee, scope))) continue;
    if (!hasTemplate(repository, name.value) && hasFolder(repository, name.value))
      yield { at: call, scope, says: `renders ${name.value}, which is not in the repository` };
  }
}

const escaped = (name: string): string => name.replace(/\$/g, '\\$&');

/** Whether anything in the text could give this name a meaning. */
const isBoundSomewhere = (text: string, name: string): boolean => {
  const word = escaped(name);
  return new RegExp(
    `\\b${word}\\b\\s*(=[^=]|:=|,|:|\\)|\\]|\\s+in\\b)|\\b(as|def|class|import|global|nonlocal|for|case|type|lambda)\\b[^\\n]*\\b${word}\\b|["']${word}["']`,
  ).test(text.replace(new RegExp(`\\b${word}\\b\\s*[(.\\[]`, 'g'), ''));
};

function* undefinedNames(
  python: PythonView,
  expressions: readonly Expression[],
  scope: Scope,
): Generator<Broken> {
  const { module } = scope;
  if (
    /\bimport\s+\*|\bexec\(|\bglobals\(\)|__getattr__/.test(module.file.text) ||
    module.tree.damage.length > 0
  )
    return;
  const seen = new Set<string>();
  for (const each of expressions) {
    if (each.kind !== 'name' || seen.has(each.name) || BUILTINS.has(each.name)) continue;
    seen.add(each.name);
    if (python.code.resolver.bindings(each.name, scope, each.start)) continue;
    if (!isBoundSomewhere(module.file.text, each.name))
      yield { at: each, scope, says: `uses ${each.name}, which nothing defines or imports` };
  }
}

/** Parameters that a call leaves out; empty when it cannot be told. */
function missingIn(call: Call, { params, decorators }: FunctionDefinition): readonly string[] {
  if (decorators.length > 0 || call.args.some(({ spread }) => spread !== '')) return [];
  const positional = call.args.filter(({ name }) => name === '').length;
  const named = new Set(call.args.map(({ name }) => name));
  const plain = params.filter(({ spread }) => spread === '');
  return plain
    .filter(({ fallback, name }, index) => !fallback && index >= positional && !named.has(name))
    .map(({ name }) => name)
    .filter(name => name !== 'self' && name !== 'cls');
}

function* missingArguments(python: PythonView, calls: readonly Call[], scope: Scope): Generator<Broken> {
  for (const call of calls) {
    if (call.callee.kind !== 'name') continue;
    const bound = python.code.resolver.bindings(call.callee.name, scope, call.start);
    // More than one meaning, or one that depends on a condition.
    if (bound?.bindings.length !== 1) continue;
    const callee = python.resolve(call.callee, scope);
    if (callee?.kind !== 'function' || callee.self !== undefined) continue;
    const missing = missingIn(call, callee.definition);
    if (missing.length > 0)
      yield { at: call, scope, says: `calls ${callee.definition.name} without ${missing.join(', ')}` };
  }
}

const MODELS = [
  'flask_sqlalchemy.SQLAlchemy().Model',
  'sqlalchemy.orm.declarative_base()',
  'sqlalchemy.ext.declarative.declarative_base()',
  'sqlalchemy.orm.DeclarativeBase',
];

/** Models take their columns by name alone, unless they have a constructor of their own. */
function takesNamesAlone({ code: { resolver } }: PythonView, of: ClassEntity): boolean {
  const outside = resolver.basesOf(of).flatMap(base => (base.kind === 'external' ? [base.name] : []));
  return (
    outside.length > 0 &&
    outside.every(name => MODELS.includes(name)) &&
    of.definition.decorators.length === 0 &&
    resolver.memberBindings(of, '__init__').length === 0
  );
}

function* columnsByPosition(python: PythonView, calls: readonly Call[], scope: Scope): Generator<Broken> {
  for (const call of calls) {
    if (call.callee.kind !== 'name' || !call.args.some(({ name, spread }) => name === '' && spread === ''))
      continue;
    const callee = python.resolve(call.callee, scope);
    if (callee?.kind !== 'class' || !takesNamesAlone(python, callee)) continue;
    // Another base may be set for all models. Asked last, as it goes through every file.
    if (python.modules().some(({ file }) => file.text.includes('model_class'))) return;
    yield { at: call, scope, says: `gives ${call.callee.name} its columns without their names` };
  }
}

function* brokenIn(view: ServiceView, { function: of }: Handler): Generator<Broken> {
  const scope = of.scope.inner(of.definition);
  const expressions = [...statementsIn(of.definition.body)].flatMap(headOf).flatMap(expressionsIn);
  const calls = expressions.filter(each => each.kind === 'call');
  yield* missingTemplates(view, calls, scope);
  yield* undefinedNames(view.python, expressions, scope);
  yield* missingArguments(view.python, calls, scope);
  yield* columnsByPosition(view.python, calls, scope);
}

const isProduction = ({ file }: Module): boolean => file.role === 'production';

/** Routes that cannot succeed as they are written: a template, name or argument is missing. */
export default defineExtractor({
  id: 'python/standard/broken-routes',
  reads: [],
  produces: ['brokenRoute'],
  understands: hasPython,
  *extract(view): Generator<BrokenRoute> {
    for (const handler of handlersOf(view.python)) {
      const { route, function: of } = handler;
      if (route.reached === 'no' || !isProduction(of.scope.module)) continue;
      for (const { at, scope, says } of brokenIn(view, handler))
        yield { kind: 'brokenRoute', at: view.python.at(scope, at), route: routeName(route), says, way: [] };
    }
  },
});
