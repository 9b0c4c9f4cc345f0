import type { DataOrigin } from '../../../model/index.ts';
import type { Expression, FunctionDefinition, Name, Parameter, Statement } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import type { Binding, Scope } from '../scopes.ts';
import { argumentFor, originOf, worstOf } from './flow.ts';
import { isGuarded, notSame, type Use } from './guards.ts';
import { isEnding } from './members.ts';
import { elsewhere, isHarmlessType, lookupIn, originOfTerm, type Context, type Tracer } from './trace.ts';

/** Of a function with more callers than these, the first tell. */
const MOST_CALLERS = 12;

export function originOfName(tracer: Tracer, expression: Name, context: Context): DataOrigin {
  const { view, policy } = tracer;
  const { name } = expression;
  const { scope } = context;
  const local = context.locals.get(name);
  if (local) return local;
  const at = view.at(scope, expression);
  const found = view.code.resolver.bindings(name, scope, expression.start);
  // A class or exception as a sign is nothing that anybody sends, nor is the folder of the code.
  const otherwise = /^[A-Z]|^__(dir|file)name$/.test(name) ? 'own' : 'unclear';
  if (!found) return originOfTerm(view.evaluate(expression, scope)) ?? originOf(otherwise, name, at);
  const body = scope.definition?.kind === 'function' ? scope.definition.body : scope.module.tree.body;
  const use: Use = { name, at: expression.start, body, same: notSame };
  if (isGuarded(use, policy, lookupIn(tracer, scope)))
    return originOf('checked', `${name} is held against what is allowed`, at);
  const holder = { ...context, scope: found.scope };
  const origins = found.bindings.map(binding => originOfBinding(tracer, binding, expression, holder));
  const added = addedTo(name, found.scope, expression.start).map(value => tracer.of(value, holder));
  return worstOf([...origins, ...added], originOf('unclear', name, at));
}

function originOfBinding(tracer: Tracer, binding: Binding, expression: Name, context: Context): DataOrigin {
  const { view } = tracer;
  switch (binding.kind) {
    case 'value':
    case 'augment':
      return tracer.of(binding.value, context);
    case 'item':
      return isEnding(tracer, binding.value, binding.index)
        ? originOf('checked', 'the ending of a name', view.at(context.scope, expression))
        : tracer.of(binding.value, context);
    case 'element':
      return binding.index === 0 && isKeywords(tracer, binding.iterable, context)
        ? originOf('checked', 'the names of keywords', view.at(context.scope, expression))
        : tracer.of(binding.iterable, context);
    case 'context':
      return tracer.of(binding.context, context);
    case 'parameter':
      return originOfParameter(tracer, binding.parameter, binding.position, expression, context);
    default: {
      const at = view.at(context.scope, expression);
      return originOfTerm(view.evaluate(expression, context.scope)) ?? originOf('own', expression.name, at);
    }
  }
}

/** `for key, value in options.items()` over `**options`, where all callers write the names themselves. */
function isKeywords({ calls }: Tracer, iterable: Expression, { scope }: Context): boolean {
  if (iterable.kind !== 'call' || iterable.callee.kind !== 'attribute' || iterable.callee.name !== 'items')
    return false;
  const { object } = iterable.callee;
  const { definition, parent } = scope;
  if (object.kind !== 'name' || definition?.kind !== 'function' || !parent) return false;
  const isOptions = definition.params.some(each => each.name === object.name && each.spread === '**');
  const sites = isOptions ? calls.callersOf(definition, parent) : [];
  return sites.length > 0 && sites.every(site => site.call.args.every(arg => arg.spread !== '**'));
}

const ADDERS = /^(append|extend|insert|add|update|appendleft|push|unshift)$/;

/** `parts.append(x)`, `row["k"] = x`: what a list or dictionary gets after it was made. */
function addedTo(name: string, scope: Scope, before: number): readonly Expression[] {
  const body = scope.definition?.kind === 'function' ? scope.definition.body : [];
  return [...statementsIn(body)].flatMap(statement =>
    statement.start < before ? addedBy(statement, name) : [],
  );
}

const isNamed = (expression: Expression, name: string): boolean =>
  expression.kind === 'name' && expression.name === name;

function addedBy(statement: Statement, name: string): readonly Expression[] {
  if (statement.kind === 'assign' && statement.value) {
    const isKept = statement.targets.some(
      target => target.kind === 'subscript' && isNamed(target.object, name),
    );
    return isKept ? [statement.value] : [];
  }
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return [];
  const { callee, args } = statement.value;
  return callee.kind === 'attribute' && isNamed(callee.object, name) && ADDERS.test(callee.name)
    ? args.map(arg => arg.value)
    : [];
}

const INJECTED =
  /\b(Depends|Security)\b|Dep\b|^(Request|Response|Session|AsyncSession|WebSocket|BackgroundTasks)\b/;

function originOfParameter(
  tracer: Tracer,
  parameter: Parameter,
  position: number,
  expression: Name,
  context: Context,
): DataOrigin {
  const { view } = tracer;
  const { scope, frames, depth } = context;
  const given = frames.findLast(frame => frame.scope === scope)?.values.get(parameter.name);
  if (given) return tracer.of(given.expression, elsewhere(given.scope, depth, given.frames));
  const at = view.at(scope, parameter);
  if (parameter.name === 'self' || parameter.name === 'cls') return originOf('own', parameter.name, at);
  const annotation = parameter.annotation ? view.textOf(scope, parameter.annotation) : '';
  const found = originOfArgument(tracer, parameter, position, expression, context, annotation);
  // What is declared a number is one, where a framework or a caller keeps to it.
  // A type that is gone at run time binds those who write the code, not those who call the service.
  const isChecked = scope.module.language === 'python' && found.way.length === 0;
  const isTyped = isHarmlessType(annotation) && (found.kind === 'unclear' || isChecked);
  return isTyped ? { ...found, kind: 'checked' } : found;
}

function originOfArgument(
  tracer: Tracer,
  parameter: Parameter,
  position: number,
  expression: Name,
  context: Context,
  annotation: string,
): DataOrigin {
  const { view } = tracer;
  const { scope } = context;
  const at = view.at(scope, parameter);
  const definition = scope.definition?.kind === 'function' ? scope.definition : undefined;
  const says = `the parameter ${parameter.name}${definition && definition.name !== '' ? ` of ${definition.name}` : ''}`;
  const list = definition && listGoneThrough(definition);
  if (list) return position === 0 ? tracer.of(list, around(scope, context)) : originOf('checked', says, at);
  const handled = definition && handledAs(tracer, definition, parameter, scope, annotation);
  if (handled && tracer.policy.id === 'path' && tracer.calls.isSegment(definition, parameter))
    return originOf('checked', `${parameter.name}, a part of the route's path without a slash`, at);
  if (handled) return originOf(handled, says, at);
  const byCallers =
    definition && scope.parent
      ? originByCallers(tracer, definition, scope.parent, parameter, position, context.depth)
      : undefined;
  if (byCallers) return byCallers;
  // What stands on a command line is chosen by whoever runs the service.
  const decorators = definition?.decorators.map(each => view.textOf(scope, each)).join(' ') ?? '';
  if (/\b(command|option|argument|task|shared_task|fixture)\b/.test(decorators))
    return originOf('own', says, at);
  const term = view.evaluate(expression, scope);
  return term.kind === 'input' ? originOf('input', term.source, at) : originOf('unclear', says, at);
}

/** `list.map(each => …)`: the list whose elements an inline function gets. */
function listGoneThrough({ isInline, handedTo: [to] }: FunctionDefinition): Expression | undefined {
  const callee = isInline && to?.position === 0 ? to.call.callee : undefined;
  return callee?.kind === 'attribute' && GOES_THROUGH.test(callee.name) ? callee.object : undefined;
}

const GOES_THROUGH = /^(map|forEach|filter|find|some|every|flatMap)$/;

const around = (scope: Scope, context: Context): Context => ({ ...context, scope: scope.parent ?? scope });

function handledAs(
  { calls, view }: Tracer,
  definition: FunctionDefinition,
  parameter: Parameter,
  scope: Scope,
  annotation: string,
): DataOrigin['kind'] | undefined {
  const fallback = parameter.fallback ? view.textOf(scope, parameter.fallback) : '';
  return INJECTED.test(`${annotation} ${fallback}`) ? undefined : calls.handled(definition, parameter);
}

function originByCallers(
  tracer: Tracer,
  definition: FunctionDefinition,
  scope: Scope,
  parameter: Parameter,
  position: number,
  depth: number,
): DataOrigin | undefined {
  const { view, calls } = tracer;
  const sites = calls.callersOf(definition, scope);
  if (sites.length === 0) return undefined;
  const isMethod = scope.kind === 'class' && /^(self|cls)$/.test(definition.params[0]?.name ?? '');
  const says = `the parameter ${parameter.name} of ${definition.name}`;
  const origins = sites.slice(0, MOST_CALLERS).map((site): DataOrigin => {
    const argument = argumentFor(site.call, parameter, position, isMethod);
    const at = view.at(site.scope, site.call);
    if (argument) {
      const origin = tracer.of(argument, elsewhere(site.scope, depth));
      const step = { at, says: `gives ${parameter.name} to ${definition.name}` };
      return { ...origin, way: [...origin.way, step] };
    }
    return parameter.fallback
      ? tracer.of(parameter.fallback, elsewhere(scope, depth))
      : originOf('unclear', says, at);
  });
  return worstOf(origins, originOf('unclear', says, view.at(scope, parameter)));
}
