import type { Call, ClassDefinition, Expression, FunctionDefinition } from '../../read/syntax.ts';
import { expressionsIn } from '../../read/walk.ts';
import type { ImportGraph } from './import-graph.ts';
import type { Resolver } from './resolve.ts';
import type { Binding, Scope } from './scopes.ts';
import type { Search } from './search.ts';
import type { CallSite } from './sites.ts';

/** Where functions and variables are used: found by their names, and only as far as is needed to tell what they are. */
export interface Uses {
  /** The calls to which a function is given: where it stands, or by its name. */
  handedTo(
    definition: FunctionDefinition,
    scope: Scope,
  ): readonly { readonly call: Call; readonly position: number; readonly scope: Scope }[];
  /** The calls of a function of the repository; for a constructor those that make objects. */
  callersOf(definition: FunctionDefinition, scope: Scope): readonly CallSite[];
  /** What is assigned to a variable of this scope anywhere in its file. */
  assignmentsOf(name: string, scope: Scope): readonly { readonly value: Expression; readonly scope: Scope }[];
  callsInside(definition: FunctionDefinition): readonly CallSite[];
  /** What is given under a name to a method: `decorate("users", new Users())`. */
  namedBy(method: string, name: string): readonly { readonly value: Expression; readonly scope: Scope }[];
}

/** A name that stands in more places than this says too little to be followed. */
const MOST_PLACES = 60;

export function usesOf(search: Search, resolver: Resolver, imports: ImportGraph): Uses {
  const callers = new WeakMap<FunctionDefinition, readonly CallSite[]>();
  const named = new Map<string, ReturnType<typeof namedIn>>();
  const handed = new WeakMap<FunctionDefinition, ReturnType<Uses['handedTo']>>();

  const isThis = (expression: Expression, scope: Scope, definition: FunctionDefinition): boolean => {
    const entity = resolver.resolve(expression, scope);
    return entity?.kind === 'function' && entity.definition === definition;
  };

  const makes = (expression: Expression, scope: Scope, of: Scope['definition']): boolean => {
    const entity = resolver.resolve(expression, scope);
    return entity?.kind === 'class' && entity.definition === of;
  };

  const newCallers = (definition: FunctionDefinition, scope: Scope): readonly CallSite[] => {
    const owner = scope.definition?.kind === 'class' ? scope.definition : undefined;
    const isConstructor = owner !== undefined && definition.name === 'constructor';
    const name = isConstructor ? owner.name : definition.name;
    if (name === '') return [];
    const within = imports.comingBy(scope.module);
    const own = isConstructor ? owner : definition;
    return wordsFor(own, name, resolver.scopeOf(scope.module))
      .flatMap(word => search.callsEnding(word, within))
      .slice(0, MOST_PLACES)
      .filter(({ call, scope: from }) =>
        isConstructor ? makes(call.callee, from, owner) : isThis(call.callee, from, definition),
      );
  };

  return {
    callersOf(definition, scope) {
      const before = callers.get(definition);
      if (before) return before;
      callers.set(definition, []);
      const found = newCallers(definition, scope);
      callers.set(definition, found);
      return found;
    },
    handedTo(definition, scope) {
      const { handedTo, name } = definition;
      if (handedTo.length > 0) return handedTo.map(each => ({ ...each, scope }));
      const before = handed.get(definition);
      if (before) return before;
      handed.set(definition, []);
      const found = wordsFor(definition, name, resolver.scopeOf(scope.module))
        .flatMap(word => search.callsGiving(word, imports.comingBy(scope.module)))
        .slice(0, MOST_PLACES)
        .flatMap(site => placesIn(site, (value, from) => isThis(value, from, definition)));
      handed.set(definition, found);
      return found;
    },
    assignmentsOf(name, scope) {
      const { module } = scope;
      return search.statementsOf(module, [name]).flatMap(({ statement, scope: from }) => {
        if (statement.kind !== 'assign' || !statement.value || statement.declares !== 'nothing') return [];
        const isOwn = statement.targets.some(
          target =>
            target.kind === 'name' &&
            target.name === name &&
            resolver.bindings(name, from, statement.start)?.scope === scope,
        );
        return isOwn ? [{ value: statement.value, scope: from }] : [];
      });
    },
    callsInside: definition => search.callsInside(definition),
    namedBy(method, name) {
      let known = named.get(method);
      if (!known) named.set(method, (known = namedIn(search.callsEnding(method))));
      return known.get(name) ?? [];
    },
  };
}

/** Under which words others may call it: by its name, and as `default` where its module gives it as such. */
function wordsFor(
  of: FunctionDefinition | ClassDefinition,
  name: string,
  outermost: Scope,
): readonly string[] {
  if (name === '' || name === 'default') return name === '' ? [] : [name];
  const isDefault = ['default', '='].some(word =>
    outermost
      .exported()
      .get(word)
      ?.some(binding => isMeant(binding, of, name)),
  );
  return isDefault ? [name, 'default'] : [name];
}

/** Whether a binding is this definition, or a value in which its name stands. */
const isMeant = (binding: Binding, of: FunctionDefinition | ClassDefinition, name: string): boolean => {
  if (binding.kind === 'function' || binding.kind === 'class') return binding.definition === of;
  return (
    binding.kind === 'value' &&
    expressionsIn(binding.value).some(each => each === of || (each.kind === 'name' && each.name === name))
  );
};

/** Where a call is given what is asked for. */
const placesIn = (
  { call, scope }: CallSite,
  isIt: (value: Expression, scope: Scope) => boolean,
): ReturnType<Uses['handedTo']> =>
  call.args.flatMap(({ value }, position) => (isIt(value, scope) ? [{ call, position, scope }] : []));

type Named = ReadonlyMap<string, readonly { readonly value: Expression; readonly scope: Scope }[]>;

/** The second arguments of calls by the text that is their first. */
function namedIn(sites: readonly CallSite[]): Named {
  const found = new Map<string, { value: Expression; scope: Scope }[]>();
  for (const { call, scope } of sites) {
    const [key, value] = call.args;
    if (key?.value.kind !== 'string' || !value) continue;
    const list = found.get(key.value.value);
    if (list) list.push({ value: value.value, scope });
    else found.set(key.value.value, [{ value: value.value, scope }]);
  }
  return found;
}
