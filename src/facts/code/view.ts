import type { Location, Term, Truth } from '../../model/index.ts';
import type { ClassDefinition, Expression, FunctionDefinition, Span } from '../../read/syntax.ts';
import type { Code } from './code.ts';
import type { ClassEntity, Entity, FunctionEntity } from './entities.ts';
import type { Arguments } from './arguments.ts';
import { derivedFrom } from './derived.ts';
import type { Module } from './modules.ts';
import type { Reach } from './reach.ts';
import type { Scope } from './scopes.ts';
import type { CallSite, DefinitionSite, Piece, StatementSite } from './sites.ts';

/**
 * The code of one service in one language, as extractors see it: its production modules (and scripts or others that
 * a start path reaches), never tests, examples or vendored files.
 */
export interface CodeView {
  readonly code: Code;
  readonly reach: Reach;
  modules(): readonly Module[];
  /** Paths of the modules, for `searched`. */
  paths(): readonly string[];
  /** Calls by canonical name: `flask.Flask`, `flask.Flask().route`, `requests.get`; `x.*` for every member. */
  calls(...names: readonly string[]): readonly CallSite[];
  /** Calls whose callee ends in one of these words, whatever it belongs to. */
  callsEnding(...words: readonly string[]): readonly CallSite[];
  /** The same, without methods of a `Map` and the like where nothing else is meant: for objects of packages. */
  callsOnOthers(...words: readonly string[]): readonly CallSite[];
  /** Calls in the functions in whose text one of these words stands, and outside of functions where one does. */
  callsNear(...words: readonly string[]): readonly CallSite[];
  /** Calls that give an argument by one of these names. */
  callsNaming(...names: readonly string[]): readonly CallSite[];
  functions(): readonly DefinitionSite<FunctionDefinition>[];
  /** The functions that have a decorator. */
  decorated(): readonly DefinitionSite<FunctionDefinition>[];
  classes(): readonly DefinitionSite<ClassDefinition>[];
  /** Classes that have one of these from outside as a base, directly or through others, in the order of the text. */
  derivedFrom(...names: readonly string[]): readonly DefinitionSite<ClassDefinition>[];
  /** Classes by these names. */
  classesNamed(name: RegExp): readonly DefinitionSite<ClassDefinition>[];
  /** Classes of the modules that speak of a word. */
  classesNaming(word: string): readonly DefinitionSite<ClassDefinition>[];
  /**
   * Statements of the functions in whose text one of these words stands, and those outside of functions where one
   * stands there; a word is any text. Without a word all statements, which reads every function: give words.
   */
  statements(...words: readonly string[]): readonly StatementSite[];
  /** The same, only in outermost functions of which the test says so, and outside of functions. */
  statementsWhere(isWanted: (piece: Piece) => boolean, ...words: readonly string[]): readonly StatementSite[];
  /** Whether production comes by: its module is imported and its function is referred to from a start path. */
  reached(site: { readonly scope: Scope; readonly conditions?: CallSite['conditions'] }): Truth;
  /** Whether a function or class of the repository is referred to by what production reaches. */
  reachesDefinition(definition: FunctionDefinition | ClassDefinition): Truth;
  args(site: CallSite): Arguments;
  evaluate(expression: Expression, scope: Scope): Term;
  resolve(expression: Expression, scope: Scope): Entity | undefined;
  /** The canonical name of what an expression stands for; empty when it cannot be followed. */
  nameOf(expression: Expression, scope: Scope): string;
  /** Calls inside a function, and inside the own functions that it calls, to this depth. */
  callsWithin(of: FunctionEntity, depth?: number): readonly CallSite[];
  /** Whether a class has one of these external bases, directly or through others. */
  isKindOf(of: ClassEntity, ...names: readonly string[]): boolean;
  /** The import statements of the modules that import something of which this holds, as it is written. */
  importsNear(isWanted: (module: string) => boolean): readonly StatementSite[];
  /** Whether any module imports this package. */
  imports(...packages: readonly string[]): boolean;
  at(scope: Scope, span: Span): Location;
  textOf(scope: Scope, span: Span): string;
}

export function viewOf(code: Code, reach: Reach, belongs: (module: Module) => boolean): CodeView {
  const own = new Set(code.modules.all.filter(belongs));
  const modules = [...own];
  const inside = (site: { readonly scope: Scope }) => own.has(site.scope.module);
  const { resolver } = code;
  const ranks = new Map(modules.map((module, index) => [module, index]));
  const rank = (module: Module): number => ranks.get(module) ?? 0;
  const once = <T>(make: () => T): (() => T) => {
    let made: { readonly value: T } | undefined;
    return () => (made ??= { value: make() }).value;
  };
  const functions = once(() => modules.flatMap(module => code.search.functionsOf(module)));
  const imported = once(
    () =>
      new Set(
        modules.flatMap(({ tree }) =>
          tree.mentions.imports.flatMap(({ level, module }) =>
            level === 0 ? code.language.names.importedPackage(module) : [],
          ),
        ),
      ),
  );
  return {
    code,
    reach,
    modules: () => modules,
    paths: once(() => modules.map(module => module.path)),
    calls: (...names) => code.calls(...names).filter(inside),
    callsEnding: (...words) => code.callsEnding(...words).filter(inside),
    callsOnOthers: (...words) => words.flatMap(word => code.search.callsOnOthers(word)).filter(inside),
    callsNear: (...words) => modules.flatMap(module => code.search.callsNear(module, words)),
    callsNaming: (...names) => modules.flatMap(module => code.search.callsNaming(module, names)),
    functions,
    decorated: once(() => functions().filter(({ definition }) => definition.decorators.length > 0)),
    derivedFrom: (...names) =>
      derivedFrom(code.search, resolver, names)
        .filter(inside)
        .sort(
          (a, b) => rank(a.scope.module) - rank(b.scope.module) || a.definition.start - b.definition.start,
        ),
    classesNamed: name =>
      modules
        .filter(({ tree }) => tree.mentions.definitions.some(each => name.test(each.name)))
        .flatMap(module => code.search.classesOf(module))
        .filter(({ definition }) => name.test(definition.name)),
    classesNaming: word =>
      [...new Set(code.search.mentioning(word).map(({ module }) => module))]
        .filter(module => own.has(module))
        .flatMap(module => code.search.classesOf(module)),
    classes: once(() => modules.flatMap(module => code.search.classesOf(module))),
    statements: (...words) =>
      modules.flatMap(module => code.search.statementsOf(module, words.length > 0 ? words : undefined)),
    statementsWhere: (isWanted, ...words) =>
      modules.flatMap(module => code.search.statementsOf(module, words, isWanted)),
    reached: site => reach.reaches(site.scope, site.conditions ?? []),
    reachesDefinition: definition => reach.reachesDefinition(definition),
    args: site => code.argumentsOf(site),
    evaluate: (expression, scope) => code.evaluator.evaluate(expression, scope),
    resolve: (expression, scope) => resolver.resolve(expression, scope),
    nameOf: (expression, scope) => code.nameOf(expression, scope),
    callsWithin: (of, depth = 2) => callsWithin(code, of, depth),
    isKindOf: (of, ...names) =>
      resolver.basesOf(of).some(base => base.kind === 'external' && names.includes(base.name)),
    importsNear: isWanted =>
      modules
        .filter(({ tree }) => tree.mentions.imports.some(({ module }) => isWanted(module)))
        .flatMap(module => code.search.importsOf(module)),
    imports: (...packages) => packages.some(name => imported().has(name)),
    at: (scope, span) => code.at(scope, span),
    textOf: (scope, span) => code.textOf(scope, span),
  };
}

function callsWithin(code: Code, of: FunctionEntity, depth: number): readonly CallSite[] {
  const seen = new Set<FunctionDefinition>();
  const found: CallSite[] = [];
  const visit = (each: FunctionEntity, left: number): void => {
    if (seen.has(each.definition)) return;
    seen.add(each.definition);
    const own = code.search.callsInside(each.definition).filter(({ scope }) => scope !== each.scope);
    found.push(...own);
    if (left === 0) return;
    for (const { call, scope } of own) {
      const callee = code.resolver.resolve(call.callee, scope);
      if (callee?.kind === 'function') visit(callee, left - 1);
    }
  };
  visit(of, depth);
  return found;
}
