import type { Location } from '../../model/index.ts';
import type { Call, Expression, Span } from '../../read/syntax.ts';
import { nameOfEntity, type Entity } from './entities.ts';
import type { Arguments } from './arguments.ts';
import { createEvaluator, type Evaluator } from './evaluate.ts';
import { importGraphOf } from './import-graph.ts';
import type { Language } from './language.ts';
import type { Module, Modules } from './modules.ts';
import { createResolver, type Resolver } from './resolve.ts';
import type { Scope } from './scopes.ts';
import { createSearch, type Search } from './search.ts';
import { lastNameOf, type CallSite } from './sites.ts';
import { usesOf, type Uses } from './uses.ts';

/** All code of one language in a repository, with the means to ask it. What production reaches is a question for `Reach`. */
export interface Code {
  readonly language: Language;
  readonly modules: Modules;
  readonly resolver: Resolver;
  readonly evaluator: Evaluator;
  readonly search: Search;
  /**
   * Calls whose callee has one of these canonical names (`flask.Flask`, `flask.Flask().route`), in production
   * code, scripts and tests alike; filter by reach. A name ending in `.*` means every member.
   */
  calls(...names: readonly string[]): readonly CallSite[];
  /** Calls whose callee ends in one of these words, whatever it belongs to. */
  callsEnding(...words: readonly string[]): readonly CallSite[];
  /** The calls of a function of the repository, and the calls to which it is given. */
  readonly callersOf: Uses['callersOf'];
  readonly handedTo: Uses['handedTo'];
  nameOf(expression: Expression, scope: Scope): string;
  argumentsOf(site: CallSite): Arguments;
  at(scope: Scope, span: Span): Location;
  textOf(scope: Scope, span: Span): string;
}

export function codeOf(modules: Modules, language: Language): Code {
  const { names } = language;
  const imports = importGraphOf(modules, names);
  let uses: Uses | undefined;
  const usesNow = (): Uses => (uses ??= usesOf(search, resolver, imports));
  const resolver = createResolver(modules, language, usesNow);
  const search = createSearch(modules, resolver);
  const evaluator = createEvaluator(
    resolver,
    language.knowledge,
    definition =>
      search.callsEnding(definition.name).filter(site => {
        const callee = resolver.resolve(site.call.callee, site.scope);
        return callee?.kind === 'function' && callee.definition === definition;
      }),
    word => search.callsEnding(word),
  );
  const callees = new WeakMap<Call, string>();

  const nameOf = (expression: Expression, scope: Scope): string => {
    const entity: Entity | undefined = resolver.resolve(expression, scope);
    return entity ? nameOfEntity(entity) : '';
  };

  const calleeOf = (site: CallSite): string => {
    const before = callees.get(site.call);
    if (before !== undefined) return before;
    const name = nameOf(site.call.callee, site.scope);
    callees.set(site.call, name);
    return name;
  };

  /** Calls of one canonical name; `x.*` for every member, `x()` for an object that is called itself. */
  const callsOf = (name: string): readonly CallSite[] => {
    const from = names.packageOf(name);
    const using = from === '' ? undefined : imports.modulesUsing(from);
    if (using?.size === 0) return [];
    // Where objects come as parameters, a module need not import the package that they are of.
    const within = names.areHandedOn && !name.endsWith('.*') ? undefined : using;
    if (name.endsWith('.*'))
      return [...(within ?? modules.all)]
        .flatMap(module => search.callsOf(module))
        .filter(site => calleeOf(site).startsWith(name.slice(0, -1)));
    const words = name.endsWith('()')
      ? instanceNames(name.slice(0, -2), within)
      : [lastWordOf(name), ...wholeOf(name, from)];
    // What comes from a package is none of the language's own collections.
    const ending = (word: string) =>
      from === '' ? search.callsEnding(word, within) : search.callsOnOthers(word, within);
    return words.flatMap(ending).filter(site => calleeOf(site) === name);
  };

  /** Under which words objects of a class are called themselves: `env("K")` after `env = Env()`. */
  const instanceNames = (ofClass: string, within: ReadonlySet<Module> | undefined): readonly string[] => {
    const made = search.callsEnding(lastWordOf(ofClass), within).filter(site => calleeOf(site) === ofClass);
    const targets = made.flatMap(({ statement }) =>
      statement.kind === 'assign' ? statement.targets.map(lastNameOf).filter(each => each !== '') : [],
    );
    return [...new Set(targets)];
  };

  return {
    language,
    modules,
    resolver,
    evaluator,
    search,
    calls: (...wanted) => [...new Set(wanted.flatMap(callsOf))],
    callsEnding: (...words) => words.flatMap(word => search.callsEnding(word)),
    callersOf: (definition, scope) => usesNow().callersOf(definition, scope),
    handedTo: (definition, scope) => usesNow().handedTo(definition, scope),
    nameOf,
    argumentsOf: site => evaluator.argumentsOf(site.call, site.scope),
    at: (scope, span) => scope.module.tree.locate(span),
    textOf: (scope, span) => scope.module.tree.textOf(span),
  };
}

/** What a package exports as a whole has the name that its import gives it: `import Client from "ioredis"`. */
const wholeOf = (name: string, from: string): readonly string[] =>
  from !== '' && name.startsWith(`${from}.`) && !/[.(]/.test(name.slice(from.length + 1))
    ? [from.slice(from.lastIndexOf('.') + 1)]
    : [];

const lastWordOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
