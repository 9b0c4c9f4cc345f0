import type { Guard } from '../../../model/index.ts';
import { purposeOf } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Entity, FunctionEntity } from '../../code/entities.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite, DefinitionSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { letsStrangersIn } from './http-auth.ts';
import { refusalIn, refusesAtAll } from './refusals.ts';

/** Decorators of libraries that turn away who is not known; those that also ask for a role. */
const IDENTITY =
  /^(flask_login\.(login_required|fresh_login_required)|flask_jwt_extended\.jwt_required(\(\))?|flask_jwt\.jwt_required(\(\))?|flask_security\.(auth_required|login_required|auth_token_required|http_auth_required)(\(\))?|flask_httpauth\.\w+\(\)\.login_required(\(\))?|flask_praetorian\.auth_required|flask_user\.login_required|fastapi_login\..*|flask_oidc\.OpenIDConnect\(\)\.(require_login|accept_token)(\(\))?|authlib\..*ResourceProtector\(\)(\(\))?|starlette\.authentication\.requires\(\)|flask_basicauth\.BasicAuth\(\)\.required|flask_dance\..*|django\.contrib\.auth\.decorators\.login_required)$/;
const ROLE =
  /^(flask_security\.(roles_required|roles_accepted|permissions_required|permissions_accepted)\(\)|flask_user\.roles_required\(\)|flask_principal\.Permission\(\)\.require\(\)|flask_praetorian\.roles_(required|accepted)\(\))$/;

/** Objects that FastAPI asks before the function: they answer 401 or 403 by themselves. */
const SCHEMES =
  /^fastapi\.security(\.\w+)*\.(OAuth2PasswordBearer|OAuth2AuthorizationCodeBearer|HTTPBearer|HTTPBasic|HTTPDigest|APIKeyHeader|APIKeyQuery|APIKeyCookie|OAuth2|OpenIdConnect)\(\)$/;

interface Found {
  readonly checks: Guard['checks'];
  readonly name: string;
}

function decoratorGuard(python: PythonView, decorator: Expression, scope: Scope): Found | undefined {
  const name = python.nameOf(decorator, scope);
  const text = python.textOf(scope, decorator).slice(0, 60);
  if (ROLE.test(name)) return { checks: 'role', name: text };
  if (IDENTITY.test(name)) {
    const optional =
      decorator.kind === 'call' &&
      decorator.args.some(arg => arg.name === 'optional' && python.textOf(scope, arg.value) === 'True');
    return optional || letsStrangersIn(python, decorator, scope)
      ? undefined
      : { checks: 'identity', name: text };
  }
  const own = decorator.kind === 'call' ? decorator.callee : decorator;
  const made = python.resolve(decorator, scope);
  if (made?.kind === 'object') {
    const called = callMethod(python, made);
    const refusal = called && refusalIn(python, called);
    if (refusal) return { checks: refusal.checks, name: text };
  }
  const entity = python.resolve(own, scope);
  if (entity?.kind !== 'function') return undefined;
  const refusal = refusalIn(python, entity) ?? refusalOfMade(python, entity);
  if (refusal) return { checks: refusal.checks, name: text };
  // A decorator made of another one: `admin_required` that wraps `login_required`.
  const inner = python.code.search
    .functionsOf(entity.scope.module)
    .find(site => site.scope.definition === entity.definition);
  const wrapped = inner?.definition.decorators
    .map(each => decoratorGuard(python, each, inner.scope))
    .find(found => found !== undefined);
  return wrapped && { ...wrapped, name: text };
}

/** `def admin_required(view): return permission_required(ADMIN)(view)`: the check is in what it hands the view to. */
function refusalOfMade(python: PythonView, of: FunctionEntity, depth = 0): Found | undefined {
  if (depth > 2) return undefined;
  const handed = python.code.search
    .callsInside(of.definition)
    .filter(site => site.scope.definition === of.definition && site.statement.kind === 'return');
  for (const site of handed) {
    const entities = [python.resolve(site.call.callee, site.scope), python.resolve(site.call, site.scope)];
    for (const entity of entities) {
      const target =
        entity?.kind === 'function'
          ? entity
          : entity?.kind === 'object' || entity?.kind === 'class'
            ? callMethod(python, entity)
            : undefined;
      if (!target || target.definition === of.definition) continue;
      const refusal = refusalIn(python, target) ?? refusalOfMade(python, target, depth + 1);
      if (refusal) return { checks: refusal.checks, name: of.definition.name };
    }
  }
  return undefined;
}

/** What is asked: a name, or what a call gives, by its arguments: `Depends(authorizer(required=False))`. */
function dependencyOf(python: PythonView, expression: Expression, scope: Scope): Entity | undefined {
  if (expression.kind === 'call') {
    const term = python.evaluate(expression, scope);
    const chosen = term.kind === 'reference' ? python.code.evaluator.entityOf(term.target) : undefined;
    if (chosen?.kind === 'function') return chosen;
  }
  return python.resolve(expression, scope);
}

/** A scheme of FastAPI or a class derived from one; with `auto_error=False` it lets everybody through. */
function schemeOf(python: PythonView, entity: Entity | undefined): { readonly asks: boolean } | undefined {
  if (entity?.kind !== 'external' && entity?.kind !== 'object') return undefined;
  const isScheme =
    entity.kind === 'external'
      ? SCHEMES.test(entity.name)
      : python.code.resolver
          .basesOf(entity.of)
          .some(base => base.kind === 'external' && SCHEMES.test(`${base.name}()`));
  if (!isScheme) return undefined;
  const error = entity.made?.call.args.find(arg => arg.name === 'auto_error')?.value;
  return { asks: !(error?.kind === 'constant' && error.value === false) };
}

const saysTrue = (entity: Entity | undefined, name: string): boolean => {
  const args = entity?.kind === 'external' ? (entity.made?.call.args ?? []) : [];
  return args.some(arg => arg.name === name && arg.value.kind === 'constant' && arg.value.value === true);
};

/** `users.current_user(optional=True)` gives nothing for strangers, and lets them by. */
const isOptional = (entity: Entity | undefined): boolean => saysTrue(entity, 'optional');
const isForSuperusers = (entity: Entity | undefined): boolean => saysTrue(entity, 'superuser');

/** `Depends(get_current_user)`: a scheme, or a function that refuses or depends on one that does. */
function dependencyGuard(
  python: PythonView,
  expression: Expression,
  scope: Scope,
  depth = 0,
): Found | undefined {
  if (depth > 4) return undefined;
  const name = python.nameOf(expression, scope);
  const text = python.textOf(scope, expression).slice(0, 60);
  const entity = dependencyOf(python, expression, scope);
  const scheme = schemeOf(python, entity);
  if (scheme) return scheme.asks ? { checks: 'identity', name: text } : undefined;
  if (/^fastapi_users\.FastAPIUsers(\[\])?\(\)\.current_user\(\)$/.test(name))
    return isOptional(entity)
      ? undefined
      : { checks: isForSuperusers(entity) ? 'role' : 'identity', name: text };
  if (/^fastapi_jwt_auth|^fastapi_login\./.test(name)) return { checks: 'identity', name: text };
  const called: FunctionEntity | undefined =
    entity?.kind === 'function'
      ? entity
      : entity?.kind === 'class' || entity?.kind === 'object'
        ? callMethod(python, entity)
        : undefined;
  if (!called) return undefined;
  const refusal = refusalIn(python, called);
  const inner = injectedIn(python, called).flatMap(
    each => dependencyGuard(python, each, called.scope, depth + 1) ?? [],
  );
  const found = refusal ?? inner[0];
  return (
    found && {
      checks: [refusal?.checks, ...inner.map(each => each.checks)].includes('role') ? 'role' : found.checks,
      name: text,
    }
  );
}

function callMethod(
  python: PythonView,
  entity: Parameters<PythonView['code']['resolver']['member']>[0],
): FunctionEntity | undefined {
  const object =
    entity.kind === 'class' ? ({ kind: 'object', of: entity, made: undefined } as const) : entity;
  const method =
    python.code.resolver.member(object, '__call__') ?? python.code.resolver.member(object, '__init__');
  return method?.kind === 'function' ? method : undefined;
}

const DEPENDS = /(^|\.)(Depends|Security)$/;

/** What `Depends(x)` names, in a default or inside `Annotated`, also behind a name for it. */
function dependsIn(
  python: PythonView,
  expression: Expression,
  scope: Scope,
  depth = 0,
): readonly Expression[] {
  if (expression.kind === 'call' && DEPENDS.test(python.nameOf(expression.callee, scope)))
    return expression.args.slice(0, 1).map(arg => arg.value);
  if (expression.kind === 'subscript' && expression.index.kind === 'collection')
    return expression.index.items.flatMap(item => dependsIn(python, item, scope, depth));
  return [];
}

/** The dependencies of a function by its parameters, resolved through aliases such as `CurrentUser`. */
function injectedIn(python: PythonView, of: FunctionEntity): readonly Expression[] {
  return of.definition.params.flatMap(({ annotation, fallback }) =>
    [annotation, fallback].flatMap(each => (each ? dependsIn(python, each, of.scope) : [])),
  );
}

/** `CurrentUser = Annotated[User, Depends(get_current_user)]` used as an annotation. */
function aliasGuard(python: PythonView, handler: Handler): Found | undefined {
  for (const { annotation } of handler.function.definition.params) {
    if (annotation?.kind !== 'name') continue;
    const alias = aliasOf(python, annotation.name, handler.function.scope);
    if (!alias) continue;
    for (const each of dependsIn(python, alias.value, alias.scope)) {
      const found = dependencyGuard(python, each, alias.scope);
      if (found) return { ...found, name: annotation.name };
    }
  }
  return undefined;
}

function aliasOf(
  python: PythonView,
  name: string,
  scope: Scope,
  depth = 0,
): { value: Expression; scope: Scope } | undefined {
  if (depth > 4) return undefined;
  const { resolver } = python.code;
  const found = resolver.bindings(name, scope, Number.MAX_SAFE_INTEGER);
  for (const binding of found?.bindings ?? []) {
    if (binding.kind === 'value' && found) return { value: binding.value, scope: found.scope };
    if (binding.kind !== 'import-from' || !found) continue;
    const origin = resolver.modules.resolve(found.scope.module, binding.module, binding.level);
    if (origin.kind === 'module')
      return aliasOf(python, binding.name, resolver.scopeOf(origin.module), depth + 1);
  }
  return undefined;
}

/** `dependencies=[Depends(x)]` of a call that makes or mounts a router or app, or registers a route. */
function listedDependencies(python: PythonView, site: CallSite | undefined): readonly Found[] {
  const list = site?.call.args.find(arg => arg.name === 'dependencies')?.value;
  if (!site || list?.kind !== 'collection') return [];
  return list.items.flatMap(item =>
    dependsIn(python, item, site.scope).flatMap(each => dependencyGuard(python, each, site.scope) ?? []),
  );
}

interface Hook extends Found {
  readonly site: CallSite | undefined;
  readonly of: FunctionEntity;
  readonly router: string;
}

/** `@app.before_request`, `@bp.before_request`, `@app.middleware("http")` over functions that refuse. */
function hooksIn(python: PythonView): readonly Hook[] {
  return python.decorated().flatMap((site): Hook[] => {
    for (const [index, decorator] of site.definition.decorators.entries()) {
      const callee = decorator.kind === 'call' ? decorator.callee : decorator;
      if (
        callee.kind !== 'attribute' ||
        !/^(before_request|before_app_request|middleware)$/.test(callee.name)
      )
        continue;
      if (python.reached(site) === 'no') continue;
      const of: FunctionEntity = {
        kind: 'function',
        definition: site.definition,
        scope: site.scope,
        self: undefined,
      };
      const checks = refusalIn(python, of)?.checks ?? checksBelow(python, site, index);
      if (!checks) continue;
      const router = python.resolve(callee.object, site.scope);
      const isBlueprint =
        callee.name === 'before_request' && router?.kind === 'external' && /Blueprint\(\)$/.test(router.name);
      return [
        {
          checks,
          name: site.definition.name,
          site: undefined,
          of,
          router: isBlueprint && router.made ? keyOf(router.made.scope, router.made.call) : 'app',
        },
      ];
    }
    return [];
  });
}

/** `@bp.before_request` over `@auth.login_required`: the guard acts wherever the hook does. */
const checksBelow = (
  python: PythonView,
  { definition, scope }: DefinitionSite<FunctionDefinition>,
  index: number,
): Guard['checks'] | undefined =>
  definition.decorators
    .slice(index + 1)
    .map(each => decoratorGuard(python, each, scope)?.checks)
    .find(checks => checks !== undefined);

const keyOf = (scope: Scope, call: { readonly start: number }): string =>
  `${scope.module.path}:${call.start}`;

function* guardsOf(python: PythonView, handler: Handler, hooks: readonly Hook[]): Generator<Guard> {
  const { route, function: of, decorators, outside } = handler;
  const base = { kind: 'guard', route: route.id, reached: route.reached } as const;
  for (const [index, { expression, scope }] of decorators.entries()) {
    if (index <= outside && expression === handler.registration.call) continue;
    if (index < outside) continue; // it stands above the registration: the framework never calls it
    const found = decoratorGuard(python, expression, scope);
    if (found) yield { ...base, at: python.at(scope, expression), scope: 'route', ...found };
  }
  for (const each of injectedIn(python, of)) {
    const found = dependencyGuard(python, each, of.scope);
    if (found) yield { ...base, at: python.at(of.scope, each), scope: 'route', ...found };
  }
  const alias = aliasGuard(python, handler);
  if (alias) yield { ...base, at: python.at(of.scope, of.definition.head), scope: 'route', ...alias };
  for (const site of [handler.registration, handler.router, ...handler.mountedBy])
    for (const found of listedDependencies(python, site))
      if (site)
        yield {
          ...base,
          at: python.at(site.scope, site.call),
          scope: site === handler.registration ? 'route' : 'router',
          ...found,
        };
  for (const hook of hooks) {
    const own = handler.router ? keyOf(handler.router.scope, handler.router.call) : '';
    if (hook.router !== 'app' && hook.router !== own) continue;
    yield {
      ...base,
      at: python.at(hook.of.scope, hook.of.definition.head),
      scope: hook.router === 'app' ? 'app' : 'router',
      checks: hook.checks,
      name: hook.name,
    };
  }
  // A set-up that refuses once it was done protects itself.
  if (purposeOf(route) === 'setup' && refusesAtAll(of))
    yield {
      ...base,
      at: python.at(of.scope, of.definition.head),
      scope: 'body',
      checks: 'identity',
      name: 'a check of the state',
    };
  const refusal = refusalIn(python, of);
  if (refusal)
    yield {
      ...base,
      at: python.at(of.scope, { start: refusal.statement.start, end: refusal.statement.start + 1 }),
      scope: 'body',
      checks: refusal.checks,
      name: 'a check in the handler',
    };
}

/** Everything that checks who calls: decorators, dependencies, hooks, and checks inside handler bodies. */
export default defineExtractor({
  id: 'python/access/guards',
  reads: ['route'],
  produces: ['guard'],
  understands: hasPython,
  *extract({ python }) {
    const hooks = hooksIn(python);
    for (const handler of handlersOf(python)) yield* guardsOf(python, handler, hooks);
  },
});
