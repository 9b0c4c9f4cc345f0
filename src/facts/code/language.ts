import type { Call, Expression, FunctionDefinition, Parameter } from '../../read/syntax.ts';
import type { Code } from './code.ts';
import type { Entity } from './entities.ts';
import type { Knowledge } from './evaluate.ts';
import type { Module } from './modules.ts';
import type { Scope } from './scopes.ts';
import type { CodeView } from './view.ts';

/** What the engine must know of a language to follow its code. */
export interface Language {
  readonly knowledge: Knowledge;
  readonly names: Names;
  readonly dynamic: Dynamic;
  handled(view: CodeView): Handled;
}

/** What frameworks fill into the parameters of functions that answer requests. */
export interface Handled {
  /** As what it counts; `undefined` for a parameter that no caller of the service fills. */
  as(definition: FunctionDefinition, parameter: Parameter): 'input' | 'checked' | undefined;
  /** It is one segment of the path, so that no slash can stand in it. */
  isSegment(definition: FunctionDefinition, parameter: Parameter): boolean;
}

/** Calls that load a module by a name that is a value. */
export interface Dynamic {
  /** The last words of such calls. */
  readonly words: readonly string[];
  loadedBy(code: Code, call: Call, scope: Scope): Loaded;
}

export interface Loaded {
  readonly modules: readonly Module[];
  readonly entities: readonly Entity[];
  /** It loads something that reading cannot tell. */
  readonly isBlind: boolean;
}

/** How things from outside of the repository are called. */
export interface Names {
  /** One thing has one name, whichever way it was imported. */
  canonical(name: string): string;
  /** A name that nothing binds. */
  global(name: string): string;
  /** What a call of this gives: mostly `name()`. */
  resultOf(name: string): string;
  /** Whether a call of this gives back its first argument, perhaps wrapped: `Object.freeze`. */
  passesOn(name: string): boolean;
  /** Whether a call of this gives an object of the class that it is given: `app.get(Users)`. */
  givesObject(name: string): boolean;
  /** Types that say nothing of the object: `typing.Any`, `string`. */
  isPlainType(name: string): boolean;
  /** The package that code must come by to use this; empty when any code can. */
  packageOf(name: string): string;
  /** The package that an import names: `sqlalchemy` of `sqlalchemy.orm`, `next` of `next/server`. */
  importedPackage(module: string): string;
  /** Whether objects of a package are mostly handed on as parameters, to modules that do not import it. */
  readonly areHandedOn: boolean;
  /** The method by which objects of this name get members that the repository makes: `decorate` of `fastify()`. */
  addsMembers(name: string): string | undefined;
  /** What a function from outside gives to the parameters of a function that is handed to it. */
  given(callee: string, position: number, definition: FunctionDefinition): readonly string[];
  /** What a function of this type gets: `express.RequestHandler`. */
  givenByType(type: string): readonly string[];
  /** What the parameters of a function are by their names alone, when nothing else tells. */
  likely(definition: FunctionDefinition): readonly string[];
  /** The name of the module that a call loads: `require("./users")`. */
  loadedBy(call: Call): string | undefined;
}

/** `require("x")` and `import("x")` of a name that is written there; only where no own function has that name. */
export function loadedByWord(call: Call, words: readonly string[]): string | undefined {
  const { callee, args } = call;
  const first: Expression | undefined = args[0]?.value;
  if (callee.kind !== 'name' || !words.includes(callee.name) || first?.kind !== 'string') return undefined;
  return first.value;
}
