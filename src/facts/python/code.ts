import type { Location } from '../../model/index.ts';
import type {
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Span,
  SyntaxTree,
} from '../../read/syntax.ts';
import { nameOfEntity, type Entity } from './entities.ts';
import { createEvaluator, type Arguments, type Evaluator, type Knowledge } from './evaluate.ts';
import { modulesOf, type Module, type Modules } from './modules.ts';
import { createResolver, type Resolver } from './resolve.ts';
import type { Scope } from './scopes.ts';
import {
  lastNameOf,
  sitesIn,
  type CallSite,
  type DefinitionSite,
  type Sites,
  type StatementSite,
} from './sites.ts';

/** All Python of a repository, with the means to ask it. What production reaches is a question for `Reach`. */
export interface Code {
  readonly modules: Modules;
  readonly resolver: Resolver;
  readonly evaluator: Evaluator;
  sitesOf(module: Module): Sites;
  /**
   * Calls whose callee has one of these canonical names (`flask.Flask`, `flask.Flask().route`), in production
   * code, scripts and tests alike; filter by reach. A name ending in `.*` means every member.
   */
  calls(...names: readonly string[]): readonly CallSite[];
  /** Calls whose callee ends in one of these words, whatever it belongs to. */
  callsEnding(...words: readonly string[]): readonly CallSite[];
  functions(): readonly DefinitionSite<FunctionDefinition>[];
  classes(): readonly DefinitionSite<ClassDefinition>[];
  statements(): readonly StatementSite[];
  nameOf(expression: Expression, scope: Scope): string;
  argumentsOf(site: CallSite): Arguments;
  at(scope: Scope, span: Span): Location;
  textOf(scope: Scope, span: Span): string;
}

export function codeOf(trees: readonly SyntaxTree[], roots: readonly string[], knowledge: Knowledge): Code {
  const modules = modulesOf(trees, roots);
  const resolver = createResolver(modules);
  const evaluator = createEvaluator(resolver, knowledge, definition =>
    (index().get(definition.name) ?? []).filter(site => {
      const callee = resolver.resolve(site.call.callee, site.scope);
      return callee?.kind === 'function' && callee.definition === definition;
    }),
  );
  const sites = new Map<Module, Sites>();
  let byWord: Map<string, CallSite[]> | undefined;
  const names = new WeakMap<Call, string>();

  const sitesOf = (module: Module): Sites => {
    const existing = sites.get(module);
    if (existing) return existing;
    const made = sitesIn(resolver.scopeOf(module));
    sites.set(module, made);
    return made;
  };

  const index = (): Map<string, CallSite[]> => {
    if (byWord) return byWord;
    byWord = new Map();
    for (const module of modules.all) {
      const { calls, aliases } = sitesOf(module);
      for (const site of calls) {
        const word = lastNameOf(site.call.callee);
        add(byWord, word, site);
        const alias = aliases.get(word);
        if (alias && alias !== word && site.call.callee.kind === 'name') add(byWord, alias, site);
      }
    }
    return byWord;
  };

  const nameOf = (expression: Expression, scope: Scope): string => {
    const entity: Entity | undefined = resolver.resolve(expression, scope);
    return entity ? nameOfEntity(entity) : '';
  };

  const calleeOf = (site: CallSite): string => {
    const before = names.get(site.call);
    if (before !== undefined) return before;
    const name = nameOf(site.call.callee, site.scope);
    names.set(site.call, name);
    return name;
  };

  return {
    modules,
    resolver,
    evaluator,
    sitesOf,
    calls: (...wanted) => [...new Set(wanted.flatMap(name => [...callsOf(name, index(), calleeOf)]))],
    callsEnding: (...words) => words.flatMap(word => index().get(word) ?? []),
    functions: () => modules.all.flatMap(module => sitesOf(module).functions),
    classes: () => modules.all.flatMap(module => sitesOf(module).classes),
    statements: () => modules.all.flatMap(module => sitesOf(module).statements),
    nameOf,
    argumentsOf: site => evaluator.argumentsOf(site.call, site.scope),
    at: (scope, span) => scope.module.tree.locate(span),
    textOf: (scope, span) => scope.module.tree.textOf(span),
  };
}

/** Calls of one canonical name; `x.*` for every member, `x()` for an object that is called itself. */
function* callsOf(
  name: string,
  sites: ReadonlyMap<string, readonly CallSite[]>,
  calleeOf: (site: CallSite) => string,
): Generator<CallSite> {
  const word = name.slice(name.lastIndexOf('.') + 1);
  if (name.endsWith('.*')) {
    for (const site of [...sites.values()].flat())
      if (calleeOf(site).startsWith(name.slice(0, -1))) yield site;
    return;
  }
  const words = word.endsWith('()') ? instanceNames(sites, calleeOf, name.slice(0, -2)) : [word];
  for (const each of words) for (const site of sites.get(each) ?? []) if (calleeOf(site) === name) yield site;
}

/** Under which words objects of a class are called themselves: `env("K")` after `env = Env()`. */
function instanceNames(
  sites: ReadonlyMap<string, readonly CallSite[]>,
  calleeOf: (site: CallSite) => string,
  ofClass: string,
): readonly string[] {
  const word = ofClass.slice(ofClass.lastIndexOf('.') + 1);
  const made = (sites.get(word) ?? []).filter(site => calleeOf(site) === ofClass);
  const names = made.flatMap(({ statement }) =>
    statement.kind === 'assign' ? statement.targets.map(lastNameOf).filter(each => each !== '') : [],
  );
  return [...new Set(names)];
}

function add(map: Map<string, CallSite[]>, word: string, site: CallSite): void {
  const list = map.get(word);
  if (list) list.push(site);
  else map.set(word, [site]);
}
