import type { DataOrigin, Term } from '../../../model/index.ts';
import type { Call, Expression, Parameter } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import { resultsIn } from '../resolve.ts';
import type { Binding, Scope } from '../scopes.ts';
import type { PythonView } from '../view.ts';
import { argumentFor, callsOf, givenBy, originOf, worstOf, type Calls, type Frame } from './flow.ts';
import { confines, isGuarded, type Lookup, type Use } from './guards.ts';
import { HARMLESS, PASSES, type Policy } from './policy.ts';

/** How far values are followed through names, parameters and results. */
const DEEPEST = 14;
const MOST_CALLERS = 12;

interface Context {
  readonly scope: Scope;
  readonly frames: readonly Frame[];
  /** Names that a comprehension binds. */
  readonly locals: ReadonlyMap<string, DataOrigin>;
  readonly depth: number;
}

export interface Origins {
  of(expression: Expression, scope: Scope, frames?: readonly Frame[]): DataOrigin;
}

const asked = new WeakMap<PythonView, Map<Policy['id'], Origins>>();

/** Where values come from, as far as it matters for one kind of place where they end. */
export function originsFor(python: PythonView, policy: Policy): Origins {
  const all = asked.get(python) ?? new Map<Policy['id'], Origins>();
  asked.set(python, all);
  const before = all.get(policy.id);
  if (before) return before;
  const made = createOrigins(callsOf(python), policy);
  all.set(policy.id, made);
  return made;
}

function createOrigins(calls: Calls, policy: Policy): Origins {
  const { python } = calls;
  const asking = new Set<object>();

  const of = (expression: Expression, context: Context): DataOrigin => {
    const at = python.at(context.scope, expression);
    if (context.depth > DEEPEST || asking.has(expression))
      return originOf('unclear', 'it is made in too many steps', at);
    asking.add(expression);
    const found = ofNew(expression, { ...context, depth: context.depth + 1 });
    asking.delete(expression);
    return found;
  };

  const says = (expression: Expression, { scope }: Context): string =>
    python.textOf(scope, expression).replace(/\s+/g, ' ').slice(0, 60);

  const constant = (expression: Expression, { scope }: Context) =>
    originOf('constant', 'a constant', python.at(scope, expression));

  const all = (parts: readonly Expression[], whole: Expression, context: Context): DataOrigin =>
    worstOf(
      parts.map(part => of(part, context)),
      constant(whole, context),
    );

  const ofNew = (expression: Expression, context: Context): DataOrigin => {
    const { scope } = context;
    switch (expression.kind) {
      case 'string':
      case 'constant':
        return constant(expression, context);
      case 'template':
        return all(expression.parts, expression, context);
      case 'collection':
        return all(expression.items, expression, context);
      case 'dictionary':
        return all(
          expression.entries.flatMap(({ key, value }) => (key ? [key, value] : [value])),
          expression,
          context,
        );
      case 'logical':
        return all([expression.left, expression.right], expression, context);
      case 'binary':
        return /^[+%/|*-]$/.test(expression.operator)
          ? all([expression.left, expression.right], expression, context)
          : originOf('checked', 'the result of a comparison', python.at(scope, expression));
      case 'conditional':
        return ofConditional(expression, context);
      case 'await':
      case 'walrus':
      case 'spread':
        return of(expression.value, context);
      case 'subscript':
        return ofSubscript(expression, context);
      case 'attribute':
        return ofAttribute(expression, context);
      case 'name':
        return ofName(expression, context);
      case 'call':
        return ofCall(expression, context);
      case 'comprehension':
        return of(expression.element, { ...context, locals: boundBy(expression, context) });
      case 'unary':
        return expression.operator === 'not'
          ? originOf('checked', 'a truth', python.at(scope, expression))
          : of(expression.operand, context);
      default:
        return originOf('unclear', says(expression, context), python.at(scope, expression));
    }
  };

  const boundBy = (
    { clauses }: Extract<Expression, { kind: 'comprehension' }>,
    context: Context,
  ): ReadonlyMap<string, DataOrigin> => {
    const locals = new Map(context.locals);
    for (const { target, iterable, conditions } of clauses) {
      const origin = of(iterable, { ...context, locals });
      for (const each of expressionsIn(target)) {
        if (each.kind !== 'name') continue;
        const use: Use = { name: each.name, at: each.start, body: [] };
        const isConfined = conditions.some(test =>
          confines(test, true, policy, use, lookupIn(context.scope)),
        );
        locals.set(each.name, isConfined ? { ...origin, kind: 'checked' } : origin);
      }
    }
    return locals;
  };

  const lookupIn = (scope: Scope): Lookup => ({
    functionOf: call => calls.functionOf(call, scope)?.definition,
  });

  const ofConditional = (
    expression: Extract<Expression, { kind: 'conditional' }>,
    context: Context,
  ): DataOrigin => {
    const branch = (part: Expression, outcome: boolean): DataOrigin => {
      const names = [...expressionsIn(part)].flatMap(each => (each.kind === 'name' ? [each.name] : []));
      const isConfined = names.some(name =>
        confines(
          expression.test,
          outcome,
          policy,
          { name, at: part.start, body: [] },
          lookupIn(context.scope),
        ),
      );
      const origin = of(part, context);
      return isConfined && origin.kind !== 'constant' ? { ...origin, kind: 'checked' } : origin;
    };
    return worstOf(
      [branch(expression.then, true), branch(expression.otherwise, false)],
      constant(expression, context),
    );
  };

  /** A term that the evaluator found; `undefined` when it says nothing of where the data comes from. */
  const ofTerm = (term: Term): DataOrigin | undefined => {
    switch (term.kind) {
      case 'literal':
        return originOf('constant', 'a constant', term.at);
      case 'env':
        return originOf('own', `the variable ${term.name}`, term.at);
      case 'input':
        return originOf('input', term.source, term.at);
      case 'list':
      case 'text': {
        const parts = (term.kind === 'list' ? term.items : term.parts).map(ofTerm);
        const found = parts.flatMap(part => part ?? []);
        return found.length === parts.length
          ? worstOf(found, originOf('constant', 'a constant', term.at))
          : undefined;
      }
      case 'object': {
        const parts = term.entries.map(([, value]) => ofTerm(value));
        const found = parts.flatMap(part => part ?? []);
        return found.length === parts.length && !term.open
          ? worstOf(found, originOf('constant', 'a constant', term.at))
          : undefined;
      }
      case 'oneOf': {
        const found = term.options.map(option => ofTerm(option.term));
        const clear = found.flatMap(each => each ?? []);
        return clear.length === found.length
          ? worstOf(clear, originOf('constant', 'a constant', term.at))
          : undefined;
      }
      default:
        return undefined;
    }
  };

  /** What an element of a constant table is, the caller may choose; what it comes to, not. */
  const ofSubscript = (
    expression: Extract<Expression, { kind: 'subscript' }>,
    context: Context,
  ): DataOrigin => {
    const term = python.evaluate(expression, context.scope);
    if (term.kind === 'env') return originOf('own', `the variable ${term.name}`, term.at);
    if (term.kind === 'input')
      return originOf('input', `${term.source} (${says(expression, context)})`, term.at);
    return of(expression.object, context);
  };

  const ofAttribute = (
    expression: Extract<Expression, { kind: 'attribute' }>,
    context: Context,
  ): DataOrigin => {
    const { scope } = context;
    const at = python.at(scope, expression);
    if (policy.harmlessMember.test(expression.name))
      return originOf('checked', says(expression, context), at);
    const typed = typeOfMember(expression, scope);
    if (typed && isHarmlessType(typed))
      return originOf('checked', `${says(expression, context)} is ${typed}`, at);
    const term = python.evaluate(expression, scope);
    if (term.kind === 'input') return originOf('input', `${term.source} (${says(expression, context)})`, at);
    const found = ofTerm(term);
    if (found && found.kind !== 'input') return found;
    const object = python.resolve(expression.object, scope);
    if (object?.kind === 'object' || object?.kind === 'class') {
      const of_ = object.kind === 'object' ? object.of : object;
      const values = python.code.resolver
        .memberBindings(of_, expression.name)
        .flatMap(({ binding, scope: inside }) =>
          binding.kind === 'value'
            ? [of(binding.value, { ...context, scope: inside, frames: [], locals: new Map() })]
            : [],
        );
      if (values.length > 0) return worstOf(values, originOf('unclear', says(expression, context), at));
    }
    if (object?.kind === 'external' || object?.kind === 'module' || object?.kind === 'folder')
      return originOf(policy.results, says(expression, context), at);
    const inner = of(expression.object, context);
    return inner.kind === 'constant'
      ? inner
      : { ...inner, says: inner.kind === 'input' ? inner.says : says(expression, context) };
  };

  /** The annotation of a field of a request model: `item.quantity` is an `int`. */
  const typeOfMember = (
    expression: Extract<Expression, { kind: 'attribute' }>,
    scope: Scope,
  ): string | undefined => {
    const object = python.resolve(expression.object, scope);
    if (object?.kind !== 'object') return undefined;
    const [member] = python.code.resolver.memberBindings(object.of, expression.name);
    if (!member || !('annotation' in member.binding) || !member.binding.annotation) return undefined;
    return python.textOf(member.scope, member.binding.annotation);
  };

  const ofName = (expression: Extract<Expression, { kind: 'name' }>, context: Context): DataOrigin => {
    const { name } = expression;
    const local = context.locals.get(name);
    if (local) return local;
    const { scope } = context;
    const at = python.at(scope, expression);
    const found = python.code.resolver.bindings(name, scope, expression.start);
    if (!found) return ofTerm(python.evaluate(expression, scope)) ?? originOf('unclear', name, at);
    const body = scope.definition?.kind === 'function' ? scope.definition.body : scope.module.tree.body;
    const use: Use = { name, at: expression.start, body };
    if (isGuarded(use, policy, lookupIn(scope)))
      return originOf('checked', `${name} is held against what is allowed`, at);
    const origins = found.bindings.map(binding =>
      ofBinding(binding, expression, { ...context, scope: found.scope }),
    );
    const added = addedTo(name, found.scope, expression.start).map(value =>
      of(value, { ...context, scope: found.scope }),
    );
    return worstOf([...origins, ...added], originOf('unclear', name, at));
  };

  const ofBinding = (
    binding: Binding,
    expression: Extract<Expression, { kind: 'name' }>,
    context: Context,
  ): DataOrigin => {
    const { scope } = context;
    const at = python.at(scope, expression);
    switch (binding.kind) {
      case 'value':
      case 'augment':
      case 'item':
        return of(binding.value, context);
      case 'element':
        return of(binding.iterable, context);
      case 'context':
        return of(binding.context, context);
      case 'parameter':
        return ofParameter(binding.parameter, binding.position, expression, context);
      default:
        return ofTerm(python.evaluate(expression, scope)) ?? originOf('own', expression.name, at);
    }
  };

  /** `parts.append(x)`, `parts += [x]`, `row["k"] = x`: what a list or dictionary gets after it was made. */
  const addedTo = (name: string, scope: Scope, before: number): readonly Expression[] => {
    const body = scope.definition?.kind === 'function' ? scope.definition.body : [];
    return [...statementsIn(body)].flatMap((statement): readonly Expression[] => {
      if (statement.start >= before) return [];
      if (statement.kind === 'assign' && statement.value)
        return statement.targets.some(
          target =>
            target.kind === 'subscript' && target.object.kind === 'name' && target.object.name === name,
        )
          ? [statement.value]
          : [];
      if (statement.kind !== 'expression' || statement.value.kind !== 'call') return [];
      const { callee, args } = statement.value;
      return callee.kind === 'attribute' &&
        callee.object.kind === 'name' &&
        callee.object.name === name &&
        /^(append|extend|insert|add|update|appendleft)$/.test(callee.name)
        ? args.map(arg => arg.value)
        : [];
    });
  };

  const ofParameter = (
    parameter: Parameter,
    position: number,
    expression: Extract<Expression, { kind: 'name' }>,
    context: Context,
  ): DataOrigin => {
    const { scope, frames } = context;
    const at = python.at(scope, parameter);
    const given = frames.findLast(frame => frame.scope === scope)?.values.get(parameter.name);
    if (given)
      return of(given.expression, {
        scope: given.scope,
        frames: given.frames,
        locals: new Map(),
        depth: context.depth,
      });
    const annotation = parameter.annotation ? python.textOf(scope.parent ?? scope, parameter.annotation) : '';
    const isTyped = isHarmlessType(annotation);
    const { definition, parent } = scope;
    if (definition?.kind === 'function') {
      const handled = calls.handled(definition, parameter);
      const injected =
        /\b(Depends|Security)\b|Dep\b|^(Request|Response|Session|AsyncSession|WebSocket|BackgroundTasks)$/;
      const isInjected = injected.test(
        `${annotation} ${parameter.fallback ? python.textOf(scope, parameter.fallback) : ''}`,
      );
      if (handled && !isInjected)
        return originOf(
          isTyped ? 'checked' : handled,
          `the parameter ${parameter.name} of ${definition.name}`,
          at,
        );
    }
    const term = python.evaluate(expression, scope);
    if (term.kind === 'input') return originOf(isTyped ? 'checked' : 'input', term.source, at);
    if (parameter.name === 'self' || parameter.name === 'cls') return originOf('own', parameter.name, at);
    const byCallers =
      definition?.kind === 'function' && parent
        ? ofCallers(definition, parent, parameter, position, context)
        : undefined;
    if (byCallers)
      return isTyped && byCallers.kind === 'unclear' ? { ...byCallers, kind: 'checked' } : byCallers;
    const where = definition?.kind === 'function' ? ` of ${definition.name}` : '';
    return originOf(isTyped ? 'checked' : 'unclear', `the parameter ${parameter.name}${where}`, at);
  };

  const ofCallers = (
    definition: Parameters<Calls['callersOf']>[0],
    scope: Scope,
    parameter: Parameter,
    position: number,
    context: Context,
  ): DataOrigin | undefined => {
    const sites = calls.callersOf(definition, scope);
    if (sites.length === 0) return undefined;
    const isMethod = scope.kind === 'class' && /^(self|cls)$/.test(definition.params[0]?.name ?? '');
    const origins = sites.slice(0, MOST_CALLERS).map((site): DataOrigin => {
      const argument = argumentFor(site.call, parameter, position, isMethod);
      if (argument) {
        const origin = of(argument, {
          scope: site.scope,
          frames: [],
          locals: new Map(),
          depth: context.depth,
        });
        return {
          ...origin,
          way: [
            { at: python.at(site.scope, site.call), says: `gives ${parameter.name} to ${definition.name}` },
            ...origin.way,
          ],
        };
      }
      if (parameter.fallback) return of(parameter.fallback, { ...context, scope });
      return originOf(
        'unclear',
        `the parameter ${parameter.name} of ${definition.name}`,
        python.at(site.scope, site.call),
      );
    });
    return worstOf(origins, originOf('unclear', parameter.name, python.at(scope, parameter)));
  };

  const ofCall = (call: Call, context: Context): DataOrigin => {
    const { scope } = context;
    const at = python.at(scope, call);
    const word = call.callee.kind === 'name' || call.callee.kind === 'attribute' ? call.callee.name : '';
    if (policy.cleans.test(word)) return originOf('checked', `${word}()`, at);
    const callee = calls.functionOf(call, scope);
    if (HARMLESS.test(word) && !callee) return originOf('checked', `${word}()`, at);
    const term = python.evaluate(call, scope);
    if (term.kind === 'input' && !callee)
      return originOf('input', `${term.source} (${says(call, context)})`, at);
    if (term.kind === 'env' || term.kind === 'literal') return ofTerm(term) ?? constant(call, context);
    if (callee) {
      const frame = givenBy(call, callee, scope, context.frames);
      const inside = callee.scope.inner(callee.definition);
      const results = resultsIn(callee.definition)
        .slice(0, 8)
        .map(result =>
          of(result, {
            scope: inside,
            frames: [...context.frames, frame],
            locals: new Map(),
            depth: context.depth,
          }),
        );
      return worstOf(results, originOf(policy.results, says(call, context), at));
    }
    const object = call.callee.kind === 'attribute' ? [call.callee.object] : [];
    const args = call.args.map(arg => arg.value);
    if (PASSES.test(word)) {
      const parts = /^(get|pop)$/.test(word) ? [...object, ...args.slice(1)] : [...object, ...args];
      const known = parts.filter(
        part => python.nameOf(part, scope).startsWith('builtins.') === false || part.kind !== 'name',
      );
      return all(
        known.filter(part => !isModule(part, scope)),
        call,
        context,
      );
    }
    const made = all(args, call, context);
    if (made.kind === 'constant' && object.length === 0) return originOf('own', says(call, context), at);
    return originOf(policy.results, says(call, context), at);
  };

  /** `json` of `json.loads`, `os.path` of `os.path.join`. */
  const isModule = (part: Expression, scope: Scope): boolean => {
    if (part.kind !== 'name' && part.kind !== 'attribute') return false;
    const entity = python.resolve(part, scope);
    if (entity?.kind === 'module' || entity?.kind === 'folder') return true;
    return (
      entity?.kind === 'external' &&
      /^(json|os|os\.path|urllib\.parse|pathlib|base64|copy|ast|textwrap|inspect|html|sqlalchemy|psycopg2?\.sql|typing|itertools)$/.test(
        entity.name,
      )
    );
  };

  return {
    of: (expression, scope, frames = []) => of(expression, { scope, frames, locals: new Map(), depth: 0 }),
  };
}

/** Types whose values cannot carry text of the caller's choice. */
export const isHarmlessType = (annotation: string): boolean =>
  /^(typing\.)?(Optional\[|Annotated\[|List\[|list\[|Literal\[)?\s*(int|float|bool|UUID|uuid\.UUID|date|datetime|datetime\.\w+|Decimal|PositiveInt|conint\(|["']\w)/.test(
    annotation.trim(),
  ) || /(^|\.)\w*(Enum)\b/.test(annotation);
