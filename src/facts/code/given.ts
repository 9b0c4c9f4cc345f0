import type { Expression, Parameter } from '../../read/syntax.ts';
import type { Entity, FunctionEntity } from './entities.ts';
import type { Names } from './language.ts';
import type { Binding, Scope } from './scopes.ts';
import type { Uses } from './uses.ts';

/** What a name stands for that gets its value elsewhere: from a caller, or from a later assignment. */
export interface Given {
  parameter(binding: Extract<Binding, { kind: 'parameter' }>, scope: Scope): Entity | undefined;
  later(binding: Extract<Binding, { kind: 'later' }>, scope: Scope): Entity | undefined;
}

/** The means of the resolver; `guarded` ends what asks for itself. */
interface Means {
  readonly names: Names;
  readonly uses: () => Uses;
  readonly resolve: (expression: Expression, scope: Scope) => Entity | undefined;
  readonly instanceOf: (annotation: Expression, scope: Scope) => Entity | undefined;
  readonly guarded: <T>(binding: Binding, ask: () => T) => T | undefined;
}

export function createGiven({ names, uses, resolve, instanceOf, guarded }: Means): Given {
  /** `let app;` and somewhere else `app = express()`. */
  const later: Given['later'] = (binding, scope) => {
    for (const { value, scope: from } of uses().assignmentsOf(binding.name, scope)) {
      const entity = guarded(binding, () => resolve(value, from));
      if (entity) return entity;
    }
    return undefined;
  };

  /** What a parameter is: by its type, by what hands the function on, by its callers. */
  const parameter: Given['parameter'] = (binding, scope) => {
    const { parameter: declared, position } = binding;
    const seen = scope.parent ?? scope;
    return (
      (declared.annotation && instanceOf(declared.annotation, seen)) ??
      typedEntity(position, scope) ??
      guarded(binding, () => handedEntity(declared, position, scope)) ??
      (declared.fallback && resolve(declared.fallback, seen)) ??
      likelyEntity(position, scope)
    );
  };

  /** `const list: RequestHandler = (req, res) => …` */
  const typedEntity = (position: number, { definition, parent }: Scope): Entity | undefined => {
    const type = definition?.kind === 'function' ? definition.type : undefined;
    if (!type || !parent) return undefined;
    const entity = resolve(type.kind === 'subscript' ? type.object : type, parent);
    const name = entity?.kind === 'external' ? (names.givenByType(entity.name)[position] ?? '') : '';
    return name === '' ? undefined : { kind: 'external', name, made: undefined };
  };

  const likelyEntity = (position: number, { definition }: Scope): Entity | undefined => {
    const name = definition?.kind === 'function' ? (names.likely(definition)[position] ?? '') : '';
    return name === '' ? undefined : { kind: 'external', name, made: undefined };
  };

  const handedEntity = (
    { spread }: Parameter,
    position: number,
    { definition, parent }: Scope,
  ): Entity | undefined => {
    if (definition?.kind !== 'function' || !parent || spread !== '') return undefined;
    for (const handed of uses().handedTo(definition, parent)) {
      const callee = resolve(handed.call.callee, handed.scope);
      const given = callee?.kind === 'external' ? names.given(callee.name, handed.position, definition) : [];
      const name = given[position] ?? '';
      if (name !== '')
        return { kind: 'external', name, made: callee?.kind === 'external' ? callee.made : undefined };
      const passed = callee?.kind === 'function' ? passedTo(callee, handed.position, position) : undefined;
      if (passed) return passed;
    }
    for (const { call, scope: from } of uses().callersOf(definition, parent)) {
      const argument = call.args[position];
      if (!argument || call.args.slice(0, position + 1).some(each => each.spread !== '')) continue;
      const entity = resolve(argument.value, from);
      if (entity) return entity;
    }
    return undefined;
  };

  /** An own function calls what it is given: `const wrap = handler => (req, res) => handler(req, res)`. */
  const passedTo = (callee: FunctionEntity, position: number, wanted: number): Entity | undefined => {
    const name = callee.definition.params[position]?.name;
    if (name === undefined) return undefined;
    for (const { call, scope } of uses().callsInside(callee.definition)) {
      const argument = call.args[wanted];
      if (call.callee.kind !== 'name' || call.callee.name !== name || !argument) continue;
      const entity = resolve(argument.value, scope);
      if (entity) return entity;
    }
    return undefined;
  };

  return { parameter, later };
}
