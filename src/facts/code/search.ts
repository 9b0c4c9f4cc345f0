import { holds } from '../../read/text-filter.ts';
import type { Argument, Call, ClassDefinition, FunctionDefinition, Places } from '../../read/syntax.ts';
import type { Module, Modules } from './modules.ts';
import type { Resolver } from './resolve.ts';
import {
  lastNameOf,
  pieceAround,
  piecesIn,
  type CallSite,
  type DefinitionSite,
  type Piece,
  type Pieces,
  type Sites,
  type StatementSite,
} from './sites.ts';

/** Finds what stands where, and reads only those functions whose words say that it may stand there. */
export interface Search {
  /** What stands outside of functions: the module itself, its classes, and the heads of functions. */
  outerOf(module: Module): Sites;
  /** Calls whose callee ends in this word (or in another name that an import gives it), in these modules. */
  callsEnding(word: string, within?: ReadonlySet<Module>): readonly CallSite[];
  /** The same, without methods of a `Map` and the like where nothing else is meant. */
  callsOnOthers(word: string, within?: ReadonlySet<Module>): readonly CallSite[];
  /** The modules that speak of a word, and the name under which each knows what is meant. */
  mentioning(word: string): readonly Mention[];
  /** Calls to which something of this name is given, in these modules. */
  callsGiving(word: string, within: ReadonlySet<Module>): readonly CallSite[];
  /** Calls in the pieces of a module in whose text one of these words stands. */
  callsNear(module: Module, words: readonly string[]): readonly CallSite[];
  /** Calls of a module that give an argument by one of these names. */
  callsNaming(module: Module, names: readonly string[]): readonly CallSite[];
  /** All calls of a module; reads all its functions. */
  callsOf(module: Module): readonly CallSite[];
  /** Where a call stands that is known to stand in this function, or outside of all functions of a module. */
  siteOf(call: Call, home: FunctionDefinition | Module): CallSite | undefined;
  /** Calls inside of a function, those in functions inside of it included. */
  callsInside(definition: FunctionDefinition): readonly CallSite[];
  functionsOf(module: Module): readonly DefinitionSite<FunctionDefinition>[];
  classesOf(module: Module): readonly DefinitionSite<ClassDefinition>[];
  /** The statements of a module; with words, those of the pieces in whose text one of them stands. */
  statementsOf(
    module: Module,
    words?: readonly string[],
    isWanted?: (piece: Piece) => boolean,
  ): readonly StatementSite[];
  statementsInside(definition: FunctionDefinition): readonly StatementSite[];
  /** The import statements of a module, wherever they stand. */
  importsOf(module: Module): readonly StatementSite[];
}

export interface Mention {
  readonly module: Module;
  /** The word under which it stands there, which an import may have changed. */
  readonly word: string;
}

/** The pieces of modules, each made once. */
interface Store {
  of(module: Module): Pieces;
  /** The pieces in whose text one of these words stands, what stands outside of functions first. */
  holding(module: Module, words: readonly string[], isWanted?: (piece: Piece) => boolean): readonly Sites[];
  /** The piece that a function is or lies in. */
  homeOf(definition: FunctionDefinition): Piece | undefined;
}

function createStore(modules: Modules, resolver: Resolver): Store {
  const known = new Map<Module, Pieces>();
  const homes = new WeakMap<FunctionDefinition, Piece>();
  const of = (module: Module): Pieces => {
    const before = known.get(module);
    if (before) return before;
    const made = piecesIn(resolver.scopeOf(module));
    known.set(module, made);
    for (const piece of made.functions) homes.set(piece.definition, piece);
    return made;
  };
  return {
    of,
    holding(module, words, isWanted) {
      const { file } = module;
      const offsets = offsetsOf(
        file.text,
        words.filter(word => holds(file, word)),
      );
      return offsets.length === 0 ? [] : sitesAt(of(module), offsets, isWanted);
    },
    homeOf(definition) {
      const around = definition.isInline ? pieceAround(definition) : undefined;
      if (around) return around;
      // A function does not know its module: one that was not met yet is looked for in all of them.
      if (!homes.has(definition)) for (const module of modules.all) settle(module, of(module), homes);
      return homes.get(definition);
    },
  };
}

/** Notes of the functions inside of functions where they are. */
function settle(module: Module, { functions }: Pieces, homes: WeakMap<FunctionDefinition, Piece>): void {
  for (const { start } of module.tree.mentions.definitions) {
    const piece = functions[pieceAt(functions, start)];
    for (const inner of piece?.sites().functions ?? []) if (piece) homes.set(inner.definition, piece);
  }
}

export function createSearch(modules: Modules, resolver: Resolver): Search {
  const store = createStore(modules, resolver);
  let mentioned: ((word: string) => readonly Mention[]) | undefined;
  const imports = new Map<Module, readonly StatementSite[]>();
  const mentioning = (word: string) => (mentioned ??= mentionsIn(modules))(word);
  const callsOf = (
    word: string,
    within: ReadonlySet<Module> | undefined,
    counts: (mention: Mention, offset: number) => boolean,
  ): readonly CallSite[] =>
    mentioning(word).flatMap(mention =>
      !within || within.has(mention.module) ? callsAt(store, mention, word, counts) : [],
    );
  return {
    mentioning,
    importsOf(module) {
      const before = imports.get(module);
      if (before) return before;
      const starts = module.tree.mentions.imports.map(({ start }) => start);
      const made = starts.length === 0 ? [] : sitesAt(store.of(module), starts).flatMap(importsAmong);
      imports.set(module, made);
      return made;
    },
    outerOf: module => store.of(module).outer,
    callsEnding: (word, within) => callsOf(word, within, () => true),
    callsOnOthers: (word, within) =>
      callsOf(word, within, ({ module: { tree } }, offset) => !tree.mentions.isOnBuiltin(offset)),
    callsGiving(word, within) {
      return mentioning(word).flatMap(mention =>
        within.has(mention.module) ? callsGivingAt(store.of(mention.module), mention) : [],
      );
    },
    callsNear: (module, words) =>
      inTextOrder(
        store.holding(module, words).map(({ calls }) => calls),
        callStart,
      ),
    callsNaming(module, names) {
      const offsets = names.flatMap(name => offsetsIn(module.tree.mentions.placesOf(name)));
      if (offsets.length === 0) return [];
      return inTextOrder(
        sitesAt(store.of(module), offsets).map(({ calls }) =>
          calls.filter(({ call }) => call.args.some(arg => givesOneOf(arg, names))),
        ),
        callStart,
      );
    },
    callsOf: module =>
      inTextOrder(
        allOf(store.of(module)).map(({ calls }) => calls),
        callStart,
      ),
    siteOf(call, home) {
      const sites = 'tree' in home ? store.of(home).outer : store.homeOf(home)?.sites();
      return sites?.byWord.get(lastNameOf(call.callee))?.find(site => site.call === call);
    },
    callsInside: definition =>
      (store.homeOf(definition)?.sites().calls ?? []).filter(
        ({ call }) => definition.start <= call.start && call.end <= definition.end,
      ),
    functionsOf: module => definitionsOf(module, store.of(module), ({ functions }) => functions),
    classesOf: module => definitionsOf(module, store.of(module), ({ classes }) => classes),
    statementsOf: (module, words, isWanted) =>
      inTextOrder(
        (words ? store.holding(module, words, isWanted) : allOf(store.of(module))).map(
          ({ statements }) => statements,
        ),
        statementStart,
      ),
    statementsInside: definition =>
      (store.homeOf(definition)?.sites().statements ?? []).filter(
        ({ statement }) => definition.start < statement.start && statement.end <= definition.end,
      ),
  };
}

/** By keyword, or as an entry of an object that is written there: `helmet({ hsts: false })`. */
const givesOneOf = ({ name, value }: Argument, names: readonly string[]): boolean =>
  names.includes(name) ||
  (value.kind === 'dictionary' &&
    value.entries.some(({ key }) => key?.kind === 'string' && names.includes(key.value)));

const importsAmong = ({ statements }: Sites): readonly StatementSite[] =>
  statements.filter(({ statement }) => statement.kind === 'import' || statement.kind === 'import-from');

/** Calls of a word where a module mentions it; under another name it is a plain name. */
function callsAt(
  store: Store,
  mention: Mention,
  word: string,
  counts: (mention: Mention, offset: number) => boolean,
): readonly CallSite[] {
  const called = mention.module.tree.mentions
    .placesOf(mention.word)
    .filter(place => place % 2 === 1 && counts(mention, place >> 1));
  if (called.length === 0) return [];
  const found = sitesAt(store.of(mention.module), offsetsIn(called)).flatMap(
    sites => sites.byWord.get(mention.word) ?? [],
  );
  return mention.word === word ? found : found.filter(({ call }) => call.callee.kind !== 'attribute');
}

function callsGivingAt(pieces: Pieces, { module, word }: Mention): readonly CallSite[] {
  const { mentions } = module.tree;
  const places = offsetsIn(mentions.placesOf(word));
  // `register(require("./routes"))` mentions nothing: there the name of the module stands for it.
  const loads =
    places.length > 0
      ? []
      : mentions.imports.flatMap(each => (each.as === '' && each.module === word ? [each.start] : []));
  return sitesAt(pieces, [...places, ...loads]).flatMap(sites => givenIn(sites).get(word) ?? []);
}

const given = new WeakMap<Sites, ReadonlyMap<string, readonly CallSite[]>>();

/** Calls by the names of what they are given. */
function givenIn(sites: Sites): ReadonlyMap<string, readonly CallSite[]> {
  const before = given.get(sites);
  if (before) return before;
  const found = new Map<string, CallSite[]>();
  for (const site of sites.calls)
    for (const name of new Set(site.call.args.map(({ value }) => lastNameOf(value)))) {
      const list = found.get(name);
      if (list) list.push(site);
      else found.set(name, [site]);
    }
  given.set(sites, found);
  return found;
}

const offsetsIn = (places: Places): readonly number[] => Array.from(places, place => place >> 1);

const callStart = ({ call }: CallSite): number => call.start;
const statementStart = ({ statement }: StatementSite): number => statement.start;

/** In which modules a word is mentioned, by itself or under the name that an import gave it. */
function mentionsIn(modules: Modules): (word: string) => readonly Mention[] {
  // Of the many words few are ever asked for: what is said of them is put together then.
  const plain = new Map<string, Module[]>();
  const renamed = new Map<string, Mention[]>();
  for (const module of modules.all) {
    const { words, imports } = module.tree.mentions;
    for (const word of words) entryOf(plain, word).push(module);
    for (const { module: dotted, name, as } of imports) {
      if (module.language !== 'python')
        for (const key of keysOf(dotted, name))
          entryOf(renamed, key).push({ module, word: as === '' ? dotted : as });
      else {
        const own = name === '' ? (dotted.split('.').at(-1) ?? '') : name;
        if (own !== as && as !== dotted.split('.')[0]) entryOf(renamed, own).push({ module, word: as });
      }
    }
  }
  const ranks = new Map(modules.all.map((module, index) => [module, index]));
  const known = new Map<string, readonly Mention[]>();
  return word => {
    const before = known.get(word);
    if (before) return before;
    const inTurn = (plain.get(word) ?? []).map((module): Mention => ({ module, word }));
    const others = renamed.get(word) ?? [];
    const found =
      others.length === 0
        ? inTurn
        : withoutTwins([...inTurn, ...others]).sort(
            (a, b) => (ranks.get(a.module) ?? 0) - (ranks.get(b.module) ?? 0),
          );
    known.set(word, found);
    return found;
  };
}

/** What an import calls by its own name is mentioned by itself already. */
function withoutTwins(mentions: readonly Mention[]): Mention[] {
  const seen = new Map<Module, Set<string>>();
  return mentions.filter(({ module, word }) => {
    const words = seen.get(module);
    if (words?.has(word)) return false;
    if (words) words.add(word);
    else seen.set(module, new Set([word]));
    return true;
  });
}

function entryOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const before = lists.get(key);
  if (before) return before;
  const made: T[] = [];
  lists.set(key, made);
  return made;
}

/** Under which words others know what an import binds: a whole package by its name, a module as `default`. */
function keysOf(module: string, name: string): readonly string[] {
  if (name !== '' && name !== 'default') return [name];
  const plain = module.replace(/^node:/, '');
  return ['default', plain.slice(plain.lastIndexOf('.') + 1)];
}

const allOf = ({ outer, functions }: Pieces): readonly Sites[] => [
  outer,
  ...functions.map(piece => piece.sites()),
];

/** The pieces in which these offsets lie, each once, what stands outside of functions first. */
function sitesAt(
  { outer, functions }: Pieces,
  offsets: readonly number[],
  isWanted?: (piece: Piece) => boolean,
): readonly Sites[] {
  const inside = new Set<number>();
  let isOutside = false;
  for (const offset of offsets) {
    const index = pieceAt(functions, offset);
    if (index === -1) isOutside = true;
    else inside.add(index);
  }
  const sites = [...inside]
    .sort((a, b) => a - b)
    .flatMap(index => {
      const piece = functions[index];
      return piece && (isWanted?.(piece) ?? true) ? [piece.sites()] : [];
    });
  return isOutside ? [outer, ...sites] : sites;
}

/** The function in whose body an offset lies, by halving; -1 for none. */
function pieceAt(functions: Pieces['functions'], offset: number): number {
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((functions[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = functions[low];
  return found && found.start <= offset ? low : -1;
}

/** Definitions outside of functions, and those inside of functions that hold any. */
function definitionsOf<D extends FunctionDefinition | ClassDefinition>(
  module: Module,
  pieces: Pieces,
  of: (sites: Sites) => readonly DefinitionSite<D>[],
): readonly DefinitionSite<D>[] {
  const sites = sitesAt(
    pieces,
    module.tree.mentions.definitions.map(({ start }) => start),
  );
  const withOuter = sites[0] === pieces.outer ? sites : [pieces.outer, ...sites];
  return inTextOrder(withOuter.map(of), ({ definition }) => definition.start);
}

/** Where any of these words stands in a text. */
function offsetsOf(text: string, words: readonly string[]): readonly number[] {
  const offsets: number[] = [];
  for (const word of words)
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) offsets.push(at);
  return offsets;
}

/** Several lists, each in the order of the text, as one. What holds another thing stays before it. */
function inTextOrder<T>(lists: readonly (readonly T[])[], startOf: (each: T) => number): readonly T[] {
  const filled = lists.filter(list => list.length > 0);
  return filled.length < 2 ? (filled[0] ?? []) : filled.flat().sort((a, b) => startOf(a) - startOf(b));
}
