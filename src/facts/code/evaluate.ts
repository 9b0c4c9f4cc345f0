import type { Location, Option, Term } from '../../model/index.ts';
import { choiceLabel, literal, oneOf, unclearTerm } from '../../model/index.ts';
import type { Call, Expression, FunctionDefinition, Parameter, Span, SyntaxTree } from '../../read/syntax.ts';
import { argumentsBy, type Arguments, type CallsEnding } from './arguments.ts';
import { nameOfEntity, type ClassEntity, type Entity, type FunctionEntity } from './entities.ts';
import { binaryTerm, coalesced, mapTerm, ored, textOfParts } from './operators.ts';
import { decidedIn } from './readers.ts';
import type { Resolver } from './resolve.ts';
import { isGetter } from './resolve.ts';
import { resultsIn } from './results.ts';
import type { Binding, Condition, Scope } from './scopes.ts';

/** What libraries add: their own readers of the environment, settings classes, sources of input. */
export interface Knowledge {
  /** By canonical name of the callee, e.g. `os.environ.get`, `decouple.config`. */
  readonly calls: Readonly<Record<string, (args: Arguments) => Term | undefined>>;
  /** The same for libraries whose calls are written in a row, so that their names have no end. */
  readonly called: (name: string, args: Arguments) => Term | undefined;
  /** A member or element of something external by canonical name, e.g. `os.environ[]`. */
  readonly elements: Readonly<Record<string, (key: Term, at: Location) => Term | undefined>>;
  /** The value of something external by its whole name: `process.env.PORT`. */
  readonly value: (name: string, at: Location) => Term | undefined;
  /** Methods of values that can be told: `toLowerCase`, `strip`. */
  readonly methods: Readonly<Record<string, MethodReader>>;
  /** A field of a settings class that is filled from the environment. */
  readonly field: (of: ClassEntity, name: string, evaluator: Evaluator) => Term | undefined;
  /** Data of the caller: the canonical name of an expression to a description. */
  readonly input: (name: string) => string | undefined;
  /** Data of the caller that arrives as a parameter of a function. */
  readonly parameter: (scope: Scope, name: string) => string | undefined;
  /** What a library hands to a parameter, as its type or decorator says. */
  readonly handed: (parameter: Parameter, scope: Scope, evaluator: Evaluator) => Term | undefined;
}

export interface Evaluator {
  readonly resolver: Resolver;
  evaluate(expression: Expression, scope: Scope): Term;
  /** A member of what an entity stands for: `config.KEY`. */
  memberOf(entity: Entity, name: string, at: Location): Term | undefined;
  argumentsOf(call: Call, scope: Scope): Arguments;
  /** The entity behind a `reference` term. */
  entityOf(target: string): Entity | undefined;
}

/** How deep names are followed, and how many calls of own functions are gone into. */
const DEEPEST = 40;
const DEEPEST_CALLS = 4;

/** Steps of one question: code made to be slow, or too large to be followed, ends as `unclear`. */
const MOST_STEPS = 1_500;

type Given = ReadonlyMap<string, Term>;

/** Where a function of the repository is called; few are enough to tell what a parameter is. */
export type CallersOf = (
  definition: FunctionDefinition,
) => readonly { readonly call: Call; readonly scope: Scope }[];

/** A function that is called in more places than this takes anything. */
const MOST_CALLERS = 3;

/** `secret = config.jwt.secret`: what is known of the value says more than where it comes from. */
function usual(
  { fallback }: Parameter,
  entity: Entity,
  scope: Scope,
  evaluate: Evaluator['evaluate'],
): Term | undefined {
  const term = fallback && entity.kind === 'external' ? evaluate(fallback, scope.parent ?? scope) : undefined;
  return term?.kind === 'env' || term?.kind === 'oneOf' ? term : undefined;
}

export function createEvaluator(
  resolver: Resolver,
  knowledge: Knowledge,
  callersOf: CallersOf,
  callsEnding: CallsEnding,
): Evaluator {
  const { methods } = knowledge;
  const references = new Map<string, Entity>();
  const done = new WeakMap<Expression, Term>();
  let depth = 0;
  let steps = 0;
  let calls = 0;
  /** Arguments of the call that one is inside of, by scope. */
  const given: { scope: Scope; values: Given }[] = [];

  const locate = (scope: Scope, span: Span): Location => treeOf(scope).locate(span);

  const evaluate = (expression: Expression, scope: Scope): Term => {
    const before = given.length === 0 ? done.get(expression) : undefined;
    if (before) return before;
    const at = locate(scope, expression);
    if (depth === 0) steps = 0;
    if (depth > DEEPEST || ++steps > MOST_STEPS)
      return unclearTerm('it is defined in a circle or over too many steps', at);
    depth++;
    const term = evaluateNew(expression, scope, at);
    depth--;
    if (given.length === 0 && depth < DEEPEST / 2 && steps < MOST_STEPS) done.set(expression, term);
    return term;
  };

  const evaluateNew = (expression: Expression, scope: Scope, at: Location): Term => {
    switch (expression.kind) {
      case 'string':
      case 'constant':
        return literal(expression.value, at);
      case 'name':
        return evaluateName(expression.name, expression, scope, at);
      case 'attribute':
        return evaluateAttribute(expression, scope, at);
      case 'subscript':
        return evaluateSubscript(expression.object, expression.index, expression, scope, at);
      case 'call':
        return evaluateCall(expression, scope, at);
      case 'template':
        return textOfParts(
          expression.parts.map(part => evaluate(part, scope)),
          at,
        );
      case 'collection':
        return { kind: 'list', items: expression.items.map(item => evaluate(item, scope)), at };
      case 'dictionary':
        return evaluateDictionary(expression, scope, at);
      case 'binary':
        return binaryTerm(
          expression.operator,
          evaluate(expression.left, scope),
          evaluate(expression.right, scope),
          at,
        );
      case 'logical':
        return evaluateLogical(expression, scope, at);
      case 'unary':
        return evaluateUnary(expression, scope, at);
      case 'conditional':
        return evaluateConditional(expression, scope, at);
      case 'await':
      case 'walrus':
      case 'spread':
        return evaluate(expression.value, scope);
      case 'function':
      case 'class':
        return entityTerm(resolver.resolve(expression, scope), at, textOf(scope, expression));
      case 'comprehension': {
        // What a list is made of is what its element is made of.
        const element = evaluate(expression.element, scope);
        return { kind: 'list', items: [element], at };
      }
      default:
        return unclearTerm(`\`${textOf(scope, expression)}\` is not followed`, at);
    }
  };

  const evaluateLogical = (
    expression: Extract<Expression, { kind: 'logical' }>,
    scope: Scope,
    at: Location,
  ): Term => {
    const left = evaluate(expression.left, scope);
    const right = evaluate(expression.right, scope);
    if (expression.operator === '??') return coalesced(left, right, at);
    return expression.operator === 'or'
      ? ored(left, right, at)
      : oneOf(
          [
            { when: 'otherwise', term: left },
            { when: textOf(scope, expression.left), term: right },
          ],
          at,
        );
  };

  const evaluateUnary = (
    expression: Extract<Expression, { kind: 'unary' }>,
    scope: Scope,
    at: Location,
  ): Term => {
    const operand = evaluate(expression.operand, scope);
    if (expression.operator === '+') return operand;
    if (operand.kind !== 'literal') return unclearTerm(`\`${textOf(scope, expression)}\``, at);
    if (expression.operator === 'not') return literal(!operand.value, at);
    return expression.operator === '-' ? literal(-Number(operand.value), at) : operand;
  };

  const evaluateName = (name: string, expression: Expression, scope: Scope, at: Location): Term => {
    const argument = given.findLast(each => each.scope === scope)?.values.get(name);
    if (argument) return argument;
    const found = resolver.bindings(name, scope, expression.start);
    if (!found) return entityTerm(resolver.resolve(expression, scope), at, name);
    const options = found.bindings.map((binding): Option => ({
      when: wordsOf(binding.conditions, found.scope),
      term: evaluateBinding(binding, name, found.scope, at),
    }));
    const grown = found.bindings.some(binding => binding.kind === 'augment');
    return grown
      ? textOfParts(
          options.toReversed().map(option => option.term),
          at,
        )
      : oneOf(options, at);
  };

  const evaluateBinding = (binding: Binding, name: string, scope: Scope, at: Location): Term => {
    switch (binding.kind) {
      case 'value':
      case 'augment':
        return evaluate(binding.value, scope);
      case 'parameter': {
        const source = knowledge.parameter(scope, name);
        if (source) return { kind: 'input', source, at: locate(scope, binding.parameter) };
        const handed = knowledge.handed(binding.parameter, scope, evaluator);
        if (handed) return handed;
        const entity = resolver.entityOf(binding, scope);
        if (entity) return usual(binding.parameter, entity, scope, evaluate) ?? entityTerm(entity, at, name);
        const list = listGoneThrough(binding.position, scope);
        const element = list && anyOf(evaluate(list.expression, list.scope));
        if (element) return element;
        return fromCallers(binding, scope, at) ?? unclearTerm(`\`${name}\` is a parameter`, at);
      }
      case 'later':
        return entityTerm(resolver.entityOf(binding, scope), at, name);
      case 'import-from':
        return importedTerm(binding, scope, at) ?? entityTerm(resolver.entityOf(binding, scope), at, name);
      case 'element': {
        const list = evaluate(binding.iterable, scope);
        if (list.kind === 'list' && binding.index === undefined)
          return oneOf(
            list.items.map(term => ({ when: '', term })),
            at,
          );
        return list.kind === 'input' ? list : unclearTerm(`\`${name}\` is an element`, at);
      }
      case 'item': {
        const whole = evaluate(binding.value, scope);
        const item = whole.kind === 'list' ? whole.items[binding.index] : undefined;
        return (
          item ?? (whole.kind === 'input' ? whole : unclearTerm(`\`${name}\` is a part of a result`, at))
        );
      }
      default:
        return entityTerm(resolver.entityOf(binding, scope), at, name);
    }
  };

  /** `create_app(os.getenv("APP_ENV") or "default")`: what the callers of the own function hand over. */
  const fromCallers = (
    { parameter, position }: Extract<Binding, { kind: 'parameter' }>,
    scope: Scope,
    at: Location,
  ): Term | undefined => {
    const { definition } = scope;
    if (definition?.kind !== 'function' || scope.parent?.kind === 'class' || parameter.spread !== '')
      return undefined;
    const callers = callersOf(definition).filter(({ scope: from }) => from.module.file.role !== 'test');
    if (callers.length === 0 || callers.length > MOST_CALLERS) return undefined;
    const given = callers.flatMap(({ call, scope: from }) => {
      const args = argumentsOf(call, from);
      const value =
        args.arg(position, parameter.name) ??
        (parameter.fallback && !args.isOpen
          ? evaluate(parameter.fallback, scope.parent ?? scope)
          : undefined);
      return value ? [{ when: '', term: value }] : [];
    });
    return given.length === callers.length ? oneOf(given, at) : undefined;
  };

  /** `from settings import SECRET_KEY`: the value that the other module gives to it. */
  const importedTerm = (
    binding: Extract<Binding, { kind: 'import-from' }>,
    scope: Scope,
    at: Location,
  ): Term | undefined => {
    const origin = resolver.modules.resolve(scope.module, binding.module, binding.level);
    return origin.kind === 'module' && origin.module !== scope.module
      ? memberOf({ kind: 'module', module: origin.module }, binding.name, at)
      : undefined;
  };

  const entityTerm = (entity: Entity | undefined, at: Location, name: string): Term => {
    if (!entity) return unclearTerm(`\`${name}\` cannot be followed`, at);
    if (entity.kind === 'record') return evaluate(entity.expression, entity.scope);
    const target = nameOfEntity(entity);
    const outside = entity.kind === 'external' ? outsideTerm(target, at) : undefined;
    if (outside) return outside;
    references.set(target, entity);
    return { kind: 'reference', target, at };
  };

  /** What is known of something from outside by its name: data of a caller, a variable of the environment. */
  const outsideTerm = (name: string, at: Location): Term | undefined => {
    const source = knowledge.input(name);
    return source ? { kind: 'input', source, at } : knowledge.value(name, at);
  };

  const evaluateAttribute = (
    expression: Extract<Expression, { kind: 'attribute' }>,
    scope: Scope,
    at: Location,
  ): Term => {
    const entity = resolver.resolve(expression, scope);
    const source = entity?.kind === 'external' ? knowledge.input(entity.name) : undefined;
    if (source) return { kind: 'input', source, at };
    const object = evaluate(expression.object, scope);
    return attributeOf(object, expression.name, at) ?? entityTerm(entity, at, textOf(scope, expression));
  };

  /** A member of a term: an entry, or the member of what it refers to; choices are gone through. */
  const attributeOf = (object: Term, name: string, at: Location): Term | undefined => {
    switch (object.kind) {
      case 'input':
        return { ...object, at };
      case 'object':
        return object.entries.find(([key]) => key === name)?.[1];
      case 'reference': {
        const entity = references.get(object.target);
        return entity && memberOf(entity, name, at);
      }
      case 'oneOf': {
        const options = object.options.flatMap(({ when, term }): Option[] => {
          const found = attributeOf(term, name, at);
          return found ? [{ when, term: found }] : [];
        });
        return options.length > 0 ? oneOf(options, at) : undefined;
      }
      default:
        return undefined;
    }
  };

  const memberOf = (entity: Entity, name: string, at: Location): Term | undefined => {
    switch (entity.kind) {
      case 'module': {
        if (entity.module.language !== 'python') return exportedTerm(entity, name, at);
        const scope = resolver.scopeOf(entity.module);
        const here = {
          kind: 'name',
          name,
          start: Number.MAX_SAFE_INTEGER,
          end: Number.MAX_SAFE_INTEGER,
        } as const;
        if (scope.bindings().has(name)) return evaluateName(name, here, scope, at);
        const member = resolver.member(entity, name);
        return member && entityTerm(member, at, name);
      }
      case 'record':
        return attributeOf(evaluate(entity.expression, entity.scope), name, at);
      case 'class':
      case 'object':
        return fieldOf(entity.kind === 'object' ? entity.of : entity, name, at);
      default:
        return undefined;
    }
  };

  /** What a module gives to others by this name: its own, passed on, or an entry of the value that it is. */
  const exportedTerm = (
    entity: Extract<Entity, { kind: 'module' }>,
    name: string,
    at: Location,
  ): Term | undefined => {
    const found = resolver.exportsOf(entity.module, name);
    if (found.length > 0)
      return oneOf(
        found.map(({ scope, binding }) => ({
          when: wordsOf(binding.conditions, scope),
          term: evaluateBinding(binding, name, scope, at),
        })),
        at,
      );
    const whole = name === '=' ? undefined : exportedTerm(entity, '=', at);
    if (whole && name === 'default') return whole;
    const member = whole && attributeOf(whole, name, at);
    if (member) return member;
    const known = name === '=' ? undefined : resolver.member(entity, name);
    return known && entityTerm(known, at, name);
  };

  const fieldOf = (of: ClassEntity, name: string, at: Location): Term | undefined => {
    const field = knowledge.field(of, name, evaluator);
    if (field) return field;
    const [own] = resolver.memberBindings(of, name);
    if (!own) return undefined;
    const { scope, binding } = own;
    if (binding.kind === 'function') return propertyOf({ definition: binding.definition, scope, of }, at);
    const all = resolver.memberBindings(of, name).filter(each => each.scope === scope);
    return oneOf(
      all.map(each => ({
        when: wordsOf(each.binding.conditions, scope),
        term: evaluateBinding(each.binding, name, scope, at),
      })),
      at,
    );
  };

  const propertyOf = (
    method: Pick<FunctionEntity, 'definition' | 'scope'> & { readonly of: ClassEntity },
    at: Location,
  ): Term | undefined => {
    const entity: FunctionEntity = {
      kind: 'function',
      definition: method.definition,
      scope: method.scope,
      self: method.of,
    };
    return isGetter(method.definition) ? insideCall(entity, new Map(), at) : undefined;
  };

  const evaluateSubscript = (
    objectExpression: Expression,
    index: Expression,
    whole: Expression,
    scope: Scope,
    at: Location,
  ): Term => {
    const entity = resolver.resolve(objectExpression, scope);
    if (entity?.kind === 'external') {
      const reader = knowledge.elements[`${entity.name}[]`];
      const read = reader?.(evaluate(index, scope), at);
      if (read) return read;
      const source = knowledge.input(`${entity.name}[]`) ?? knowledge.input(entity.name);
      if (source) return { kind: 'input', source, at };
    }
    const object = evaluate(objectExpression, scope);
    if (object.kind === 'input') return { ...object, at };
    return (
      elementOf(object, evaluate(index, scope), at) ??
      entityTerm(resolver.resolve(whole, scope), at, textOf(scope, whole))
    );
  };

  const evaluateDictionary = (
    expression: Extract<Expression, { kind: 'dictionary' }>,
    scope: Scope,
    at: Location,
  ): Term => {
    let open = false;
    const entries = expression.entries.flatMap(({ key, value }): (readonly [string, Term])[] => {
      const term = evaluate(value, scope);
      if (key) {
        const name = evaluate(key, scope);
        if (name.kind === 'literal') return [[String(name.value), term]];
      } else if (term.kind === 'object') {
        open ||= term.open;
        return [...term.entries];
      }
      open = true;
      return [];
    });
    // What comes later under the same name counts.
    return { kind: 'object', entries: [...new Map(entries)], open, at };
  };

  const evaluateConditional = (
    { test, then, otherwise }: Extract<Expression, { kind: 'conditional' }>,
    scope: Scope,
    at: Location,
  ): Term => {
    const words = textOf(scope, test);
    const decided = evaluate(test, scope);
    if (decided.kind === 'literal') return evaluate(decided.value ? then : otherwise, scope);
    return oneOf(
      [
        { when: words, term: evaluate(then, scope) },
        { when: `not (${words})`, term: evaluate(otherwise, scope) },
      ],
      at,
    );
  };

  const evaluateCall = (call: Call, scope: Scope, at: Location): Term => {
    const loaded = resolver.loadedBy(call, scope);
    if (loaded) {
      const module = { kind: 'module', module: loaded } as const;
      return memberOf(module, '=', at) ?? entityTerm(module, at, '');
    }
    const callee = resolver.resolve(call.callee, scope);
    const args = argumentsOf(call, scope);
    if (callee?.kind === 'external') {
      const known = knowledge.calls[callee.name]?.(args) ?? knowledge.called(callee.name, args);
      if (known) return known;
      const source = knowledge.input(`${callee.name}()`) ?? knowledge.input(callee.name);
      if (source) return { kind: 'input', source, at };
    }
    const method =
      call.callee.kind === 'attribute' ? methodTerm(call, call.callee, args, scope, at) : undefined;
    if (method) return method;
    if (callee?.kind === 'function') {
      const result = insideCall(callee, parametersGiven(callee, args), at);
      if (result && result.kind !== 'unclear') return result;
    }
    const made = resolver.resolve(call, scope);
    if (made?.kind === 'object') return entityTerm(made, at, textOf(scope, call.callee));
    const chosen = callee ? undefined : objectsOf(evaluate(call.callee, scope), at);
    if (chosen) return chosen;
    return callTerm(callee, call, scope, at);
  };

  /** `CLASSES[name]()`: an object of each class that may be meant. */
  const objectsOf = (classes: Term, at: Location): Term | undefined => {
    if (classes.kind === 'oneOf') {
      const options = classes.options.flatMap(({ when, term }): Option[] => {
        const made = objectsOf(term, at);
        return made ? [{ when, term: made }] : [];
      });
      return options.length === classes.options.length ? oneOf(options, at) : undefined;
    }
    const of = classes.kind === 'reference' ? references.get(classes.target) : undefined;
    return of?.kind === 'class' ? entityTerm({ kind: 'object', of, made: undefined }, at, '') : undefined;
  };

  const callTerm = (callee: Entity | undefined, call: Call, scope: Scope, at: Location): Term => {
    const positional = call.args.filter(arg => arg.name === '');
    const named = call.args.filter(arg => arg.name !== '');
    return {
      kind: 'call',
      target: callee ? nameOfEntity(callee) : textOf(scope, call.callee),
      args: positional.map(arg => evaluate(arg.value, scope)),
      named: Object.fromEntries(named.map(arg => [arg.name, evaluate(arg.value, scope)])),
      at,
    };
  };

  /** Methods of text, dictionaries and lists that give back what they were given. */
  const methodTerm = (
    call: Call,
    callee: Extract<Expression, { kind: 'attribute' }>,
    args: Arguments,
    scope: Scope,
    at: Location,
  ): Term | undefined => {
    const reader = Object.hasOwn(methods, callee.name) ? methods[callee.name] : undefined;
    if (!reader) return undefined;
    const object = evaluate(callee.object, scope);
    if (object.kind === 'reference' || object.kind === 'unclear') return undefined;
    return reader(object, args, at, elementOf, call);
  };

  const parametersGiven = (callee: FunctionEntity, args: Arguments): Given => {
    const skip = callee.scope.module.language === 'python' && callee.self && !isStatic(callee) ? 1 : 0;
    const values = new Map<string, Term>();
    callee.definition.params.slice(skip).forEach((parameter, index) => {
      if (parameter.spread !== '') return;
      const value =
        args.arg(index, parameter.name) ?? (parameter.fallback && evaluate(parameter.fallback, callee.scope));
      if (value) values.set(parameter.name, value);
    });
    return values;
  };

  const insideCall = (callee: FunctionEntity, values: Given, at: Location): Term | undefined => {
    if (calls >= DEEPEST_CALLS) return undefined;
    const inside = resolver.insideOf(callee);
    calls++;
    given.push({ scope: inside, values });
    const results = resultsIn(callee.definition);
    const decided = results.length > 1 ? decidedTerm(callee, inside) : undefined;
    const options = decided
      ? [{ when: '', term: decided }]
      : results.slice(0, 8).map(value => ({ when: '', term: evaluate(value, inside) }));
    given.pop();
    calls--;
    return options.length > 0 ? oneOf(options, at) : undefined;
  };

  /** The value of a reader whose tests can be told: a variable decides, and its fallback says what holds without. */
  const decidedTerm = ({ definition }: FunctionEntity, inside: Scope): Term | undefined => {
    const decided = decidedIn(definition.body, expression => evaluate(expression, inside));
    const term = decided && evaluate(decided.value, inside);
    if (term?.kind === 'env' || (term?.kind === 'literal' && !decided?.by)) return term;
    return term?.kind === 'literal' && decided?.by ? { ...decided.by, fallback: term } : undefined;
  };

  const argumentsOf = argumentsBy({
    resolver,
    evaluate,
    member: attributeOf,
    result: (of, at) => insideCall(of, new Map(), at),
    callsEnding,
  });

  const evaluator: Evaluator = {
    resolver,
    evaluate,
    memberOf,
    argumentsOf,
    entityOf: target => references.get(target),
  };
  return evaluator;
}

const treeOf = (scope: Scope): SyntaxTree => scope.module.tree;

const textOf = (scope: Scope, span: Span): string => treeOf(scope).textOf(span).slice(0, 80);

const wordsOf = (conditions: readonly Condition[], scope: Scope): string =>
  conditions
    .flatMap(condition => {
      if (condition.kind === 'loop') return [];
      if (condition.kind === 'except') return ['after an error'];
      const words = textOf(scope, condition.test);
      return [condition.holds ? words : `not (${words})`];
    })
    .join(' and ');

/** `settings[name]`: the entry, or all of them when the name is only known at run time. */
const elementOf = (object: Term, key: Term, at: Location): Term | undefined => {
  if (object.kind === 'list' && key.kind === 'literal' && typeof key.value === 'number')
    return object.items.at(key.value);
  if (object.kind !== 'object') return undefined;
  const wanted = key.kind === 'literal' ? String(key.value) : undefined;
  if (wanted !== undefined) return object.entries.find(([name]) => name === wanted)?.[1];
  const byDefault = key.kind === 'env' && key.fallback?.kind === 'literal' ? String(key.fallback.value) : '';
  const by = key.kind === 'env' ? key.name : '';
  const options = object.entries.map(([name, term]) => ({
    when: choiceLabel(name, by, name === byDefault),
    term,
  }));
  return options.length > 0 ? oneOf(options, at) : undefined;
};

/** Methods of lists that call a function with each element. */
const ELEMENT_METHODS = new Set(['forEach', 'map', 'filter', 'find', 'some', 'every', 'flatMap', 'findLast']);

/** `routes.forEach(route => …)`: the list whose elements the parameter is. */
function listGoneThrough(
  position: number,
  { definition, parent }: Scope,
): { readonly expression: Expression; readonly scope: Scope } | undefined {
  const [given] = definition?.kind === 'function' ? definition.handedTo : [];
  if (position !== 0 || !parent || given?.position !== 0) return undefined;
  const { callee } = given.call;
  return callee.kind === 'attribute' && ELEMENT_METHODS.has(callee.name)
    ? { expression: callee.object, scope: parent }
    : undefined;
}

/** One of the elements of a list; data of a caller stays that. */
function anyOf(list: Term): Term | undefined {
  if (list.kind === 'input') return list;
  return list.kind === 'list' && list.items.length > 0
    ? oneOf(
        list.items.map(term => ({ when: '', term })),
        list.at,
      )
    : undefined;
}

const isStatic = ({ definition }: FunctionEntity): boolean =>
  definition.decorators.some(each => each.kind === 'name' && each.name === 'staticmethod');

/** What a method of a text, a list or an object gives; `undefined` where that cannot be told. */
export type MethodReader = (
  object: Term,
  args: Arguments,
  at: Location,
  element: (object: Term, key: Term, at: Location) => Term | undefined,
  call: Call,
) => Term | undefined;

/** A text changed, wherever it stands in a term. */
export const mapText = (object: Term, change: (text: string) => string, at: Location): Term =>
  mapTerm(object, (value, own) =>
    typeof value === 'string' ? literal(change(value), at) : literal(value, own),
  );
