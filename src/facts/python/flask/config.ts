import type { AppSetting, Location, Term } from '../../../model/index.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import { argumentOf } from '../../code/callers.ts';
import type { ClassEntity, Entity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite, StatementSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const APPS = [
  'flask.Flask()',
  'flask.current_app',
  'apiflask.APIFlask()',
  'quart.Quart()',
  'connexion.FlaskApp().app',
];

/** The app object, or a parameter that is called so in a function which is given one. */
function isApp(python: PythonView, expression: Parameters<PythonView['nameOf']>[0], scope: Scope): boolean {
  const entity = python.resolve(expression, scope);
  // `self` of a class that is derived from Flask, and its objects.
  if (entity?.kind === 'object') return python.isKindOf(entity.of, 'flask.Flask', 'quart.Quart');
  const name = python.nameOf(expression, scope);
  if (name !== '' && !name.startsWith('builtins.')) return APPS.includes(name);
  return expression.kind === 'name' && ['app', 'application', 'flask_app'].includes(expression.name);
}

/** `app.config["KEY"] = value`, `app.secret_key = value`. */
function* assigned(python: PythonView): Generator<AppSetting> {
  for (const site of python.statements('.config', 'secret_key', '.debug', 'permanent_session_lifetime')) {
    const { statement, scope } = site;
    if (statement.kind !== 'assign' || !statement.value) continue;
    for (const target of statement.targets) {
      const key = keyOf(python, target, scope);
      if (key === undefined) continue;
      const at = python.at(scope, statement);
      const term = python.evaluate(statement.value, scope);
      yield setting(python, site, key, term, at, conditionWords(python, site));
    }
  }
}

function keyOf(
  python: PythonView,
  target: Parameters<PythonView['nameOf']>[0],
  scope: Scope,
): string | undefined {
  if (target.kind === 'attribute' && target.name === 'secret_key' && isApp(python, target.object, scope))
    return 'SECRET_KEY';
  if (target.kind === 'attribute' && target.name === 'debug' && isApp(python, target.object, scope))
    return 'DEBUG';
  if (
    target.kind === 'attribute' &&
    target.name === 'permanent_session_lifetime' &&
    isApp(python, target.object, scope)
  )
    return 'PERMANENT_SESSION_LIFETIME';
  if (target.kind !== 'subscript' || target.object.kind !== 'attribute' || target.object.name !== 'config')
    return undefined;
  if (!isApp(python, target.object.object, scope)) return undefined;
  const key = python.evaluate(target.index, scope);
  return key.kind === 'literal' ? String(key.value) : undefined;
}

const conditionWords = (python: PythonView, { conditions, scope }: StatementSite | CallSite): string =>
  conditions
    .flatMap(each =>
      each.kind === 'if'
        ? [`${each.holds ? '' : 'not '}${python.textOf(scope, each.test).slice(0, 60)}`]
        : [],
    )
    .join(' and ');

/** Of a choice between several, where the literal is written, for it is what a person has to look at. */
const writtenAt = (term: Term): Location => {
  if (term.kind !== 'oneOf') return term.at;
  const terms = term.options.map(option => option.term);
  return (terms.find(each => each.kind === 'literal') ?? terms[0] ?? term).at;
};

const setting = (
  python: PythonView,
  site: StatementSite | CallSite,
  key: string,
  term: Term,
  at: Location,
  when: string,
): AppSetting => ({
  kind: 'appSetting',
  at,
  valueAt: writtenAt(term),
  key,
  term,
  reached: python.reached(site),
  when,
});

/** `app.config.update(…)`, `from_mapping(…)`, `setdefault(…)`, `from_object(…)`. */
function* called(python: PythonView): Generator<AppSetting> {
  for (const site of python.callsEnding('update', 'from_mapping', 'setdefault', 'from_object')) {
    const { call, scope } = site;
    const { callee } = call;
    if (callee.kind !== 'attribute' || callee.object.kind !== 'attribute' || callee.object.name !== 'config')
      continue;
    if (!isApp(python, callee.object.object, scope)) continue;
    const args = python.args(site);
    if (callee.name === 'from_object') {
      const [first] = call.args;
      // `from_object(__name__)`: the module that it stands in.
      const isOwn = first?.value.kind === 'name' && first.value.name === '__name__';
      const object = argumentOf(python, site, 0, 'obj');
      if (isOwn) yield* fromEntity(python, site, { kind: 'module', module: scope.module }, '');
      else if (object) yield* fromObject(python, site, object, '');
    } else if (callee.name === 'setdefault') {
      const key = args.arg(0, 'key');
      const value = args.arg(1, 'default');
      if (key?.kind === 'literal' && value)
        yield setting(python, site, String(key.value), value, args.at, conditionWords(python, site));
    } else {
      for (const arg of call.args) {
        if (arg.spread === '*') continue;
        const term = python.evaluate(arg.value, scope);
        const entries: readonly (readonly [string, Term])[] =
          arg.name !== '' ? [[arg.name, term]] : term.kind === 'object' ? term.entries : [];
        for (const [key, value] of entries)
          yield setting(python, site, key, value, value.at, conditionWords(python, site));
      }
    }
  }
}

function* fromObject(python: PythonView, site: CallSite, object: Term, when: string): Generator<AppSetting> {
  switch (object.kind) {
    case 'oneOf':
      for (const option of object.options) yield* fromObject(python, site, option.term, option.when || when);
      return;
    case 'reference': {
      const entity = python.code.evaluator.entityOf(object.target);
      if (entity) yield* fromEntity(python, site, entity, when);
      return;
    }
    case 'literal':
      if (typeof object.value === 'string') {
        const entity = entityNamed(python, site, object.value);
        if (entity) yield* fromEntity(python, site, entity, when);
      }
      return;
    case 'text': {
      // `f"config.{name}Config"`: every class of that module may be the one.
      const [first] = object.parts;
      const module = first?.kind === 'literal' ? String(first.value).split('.').slice(0, -1).join('.') : '';
      const entity = module === '' ? undefined : entityNamed(python, site, module);
      if (entity?.kind !== 'module') return;
      for (const { definition, scope } of python.code.search.classesOf(entity.module))
        yield* fromEntity(python, site, { kind: 'class', definition, scope }, definition.name);
      return;
    }
    case 'env':
      if (object.fallback) yield* fromObject(python, site, object.fallback, 'by default');
      return;
    default:
  }
}

/** `"config.ProductionConfig"` by way of the modules. */
function entityNamed(python: PythonView, site: CallSite, dotted: string): Entity | undefined {
  const { modules, resolver } = python.code;
  const whole = modules.resolve(site.scope.module, dotted, 0);
  if (whole.kind === 'module') return whole;
  const cut = dotted.lastIndexOf('.');
  const outer = modules.resolve(site.scope.module, dotted.slice(0, cut), 0);
  return outer.kind === 'module' ? resolver.member(outer, dotted.slice(cut + 1)) : undefined;
}

function* fromEntity(
  python: PythonView,
  site: CallSite,
  entity: Entity,
  when: string,
): Generator<AppSetting> {
  const { evaluator } = python.code;
  const label = entity.kind === 'class' ? when || entity.definition.name : when;
  for (const name of namesOf(python, entity)) {
    const term = evaluator.memberOf(entity, name, python.at(site.scope, site.call));
    if (term) yield setting(python, site, name, term, term.at, label);
  }
}

const isSettingName = (name: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(name);

function namesOf(python: PythonView, entity: Entity): readonly string[] {
  const { resolver } = python.code;
  if (entity.kind === 'module')
    return [...resolver.scopeOf(entity.module).bindings().keys()].filter(isSettingName);
  const of: ClassEntity | undefined =
    entity.kind === 'class' ? entity : entity.kind === 'object' ? entity.of : undefined;
  if (!of) return [];
  const classes = [of, ...resolver.basesOf(of).filter((base): base is ClassEntity => base.kind === 'class')];
  return [
    ...new Set(
      classes.flatMap(each => [...each.scope.inner(each.definition).bindings().keys()].filter(isSettingName)),
    ),
  ];
}

/** Every setting of the Flask app: assigned, updated, or taken from settings classes and modules. */
export default defineExtractor({
  id: 'python/flask/config',
  reads: [],
  produces: ['appSetting'],
  understands: hasPython,
  *extract({ python }: ServiceView) {
    yield* assigned(python);
    yield* called(python);
  },
});
