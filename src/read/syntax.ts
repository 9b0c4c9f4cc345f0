import type { Location, SourceFile } from '../model/index.ts';

/**
 * Code as a small tree of our own: plain data, the same for every language, so that one evaluator and one
 * set of questions serve all. Offsets are JavaScript string indices into the text of the file.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Argument extends Span {
  /** The keyword; empty for a positional argument. */
  readonly name: string;
  readonly spread: '' | '*' | '**';
  readonly value: Expression;
}

export type Name = Span & { readonly kind: 'name'; readonly name: string };
export type Attribute = Span & {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
};
export type Call = Span & {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
};
export type StringLiteral = Span & { readonly kind: 'string'; readonly value: string };
/** Text with holes: an f-string or a template literal. Literal pieces are `string` expressions. */
export type Template = Span & { readonly kind: 'template'; readonly parts: readonly Expression[] };
export type Collection = Span & {
  readonly kind: 'collection';
  readonly form: 'list' | 'tuple' | 'set';
  readonly items: readonly Expression[];
};
export type Dictionary = Span & {
  readonly kind: 'dictionary';
  /** An entry without a key spreads another dictionary. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
};
export type Comprehension = Span & {
  readonly kind: 'comprehension';
  readonly form: 'list' | 'set' | 'dictionary' | 'generator';
  readonly element: Expression;
  readonly clauses: readonly {
    readonly target: Expression;
    readonly iterable: Expression;
    readonly conditions: readonly Expression[];
  }[];
};
export type Lambda = Span & {
  readonly kind: 'lambda';
  readonly params: readonly Parameter[];
  readonly body: Expression;
};

export type Expression =
  /** A function or class that stands where a value stands. */
  | FunctionDefinition
  | ClassDefinition
  | Name
  | Attribute
  | Call
  | StringLiteral
  | Template
  | Collection
  | Dictionary
  | Comprehension
  | Lambda
  | (Span & { readonly kind: 'constant'; readonly value: number | boolean | null })
  | (Span & { readonly kind: 'subscript'; readonly object: Expression; readonly index: Expression })
  | (Span & { readonly kind: 'slice'; readonly parts: readonly Expression[] })
  | (Span & {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    })
  /** `and`, `or`, `??`; `not` is unary. Comparisons are binary (`==`, `in`, `not in`, `is`, `is not` …). */
  | (Span & {
      readonly kind: 'logical';
      readonly operator: 'and' | 'or' | '??';
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Span & { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression })
  | (Span & {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    })
  | (Span & { readonly kind: 'await'; readonly value: Expression })
  | (Span & { readonly kind: 'yield'; readonly value: Expression | undefined })
  | (Span & { readonly kind: 'spread'; readonly value: Expression })
  /** `(n := value)` */
  | (Span & { readonly kind: 'walrus'; readonly target: Expression; readonly value: Expression })
  | (Span & { readonly kind: 'unreadable' });

export interface Parameter extends Span {
  readonly name: string;
  readonly spread: '' | '*' | '**';
  /** What takes it apart at once: `({ body, query }) =>`. */
  readonly pattern: Expression | undefined;
  readonly decorators: readonly Expression[];
  /** A parameter of a constructor that becomes a member by itself: `private readonly users: Users`. */
  readonly isKept: boolean;
  readonly annotation: Expression | undefined;
  readonly fallback: Expression | undefined;
}

export type FunctionDefinition = Span & {
  readonly kind: 'function';
  readonly name: string;
  readonly isAsync: boolean;
  /** A getter is read like a member. In an arrow, `this` is that of the code around it. */
  readonly form: 'plain' | 'arrow' | 'getter' | 'setter';
  readonly isStatic: boolean;
  /** It stands in an expression and nothing but that expression refers to it: it is there when that is reached. */
  readonly isInline: boolean;
  /** The calls to which it is given where it stands, innermost first: `get("/", wrap(async () => …))`. */
  readonly handedTo: readonly { readonly call: Call; readonly position: number }[];
  /** What the variable that it is given to is said to be: `const list: RequestHandler = …`. */
  readonly type: Expression | undefined;
  readonly decorators: readonly Expression[];
  readonly params: readonly Parameter[];
  readonly returns: Expression | undefined;
  /** Read when it is asked for: most functions of a repository never are. */
  readonly body: readonly Statement[];
  /** Where its first line (without decorators) ends. */
  readonly head: Span;
};
export type ClassDefinition = Span & {
  readonly kind: 'class';
  readonly name: string;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Argument[];
  readonly body: readonly Statement[];
  readonly head: Span;
};
export type Assignment = Span & {
  readonly kind: 'assign';
  /** `a = b = 1` has two. A dictionary or collection on this side takes apart; a default is written with `??`. */
  readonly targets: readonly Expression[];
  readonly annotation: Expression | undefined;
  /** Those of a field of a class. */
  readonly decorators: readonly Expression[];
  /** How far the names are new: in the block around, in the function around, or not at all. */
  readonly declares: 'block' | 'function' | 'nothing';
  /** `undefined` for a bare annotation. */
  readonly value: Expression | undefined;
};
export type If = Span & {
  readonly kind: 'if';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
};
export type Try = Span & {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly Handler[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
};
export interface Handler extends Span {
  readonly type: Expression | undefined;
  readonly name: string;
  readonly body: readonly Statement[];
}
export type Import = Span & {
  readonly kind: 'import';
  /** Only for types: at run time nothing is imported. */
  readonly isType: boolean;
  /** `import a.b as c` has the module `a.b` and the alias `c`; without `as` the alias is empty. */
  readonly modules: readonly { readonly module: string; readonly alias: string }[];
};
export type ImportFrom = Span & {
  readonly kind: 'import-from';
  readonly isType: boolean;
  /** Leading dots. */
  readonly level: number;
  readonly module: string;
  /** `*` as name for a star import. */
  readonly names: readonly { readonly name: string; readonly alias: string }[];
};
/** Names that a module gives to others. */
export type Export = Span & {
  readonly kind: 'export';
  /** The module from which they are passed on; `undefined` for own names. */
  readonly from: string | undefined;
  /** `name` is `*` for a whole module; `alias` is `*` for all its names, and `=` where the value is the module. */
  readonly names: readonly { readonly name: string; readonly alias: string }[];
  /** What has no name of its own: `export default …`. */
  readonly value: Expression | undefined;
};

export type Statement =
  | FunctionDefinition
  | ClassDefinition
  | Assignment
  | If
  | Try
  | Import
  | ImportFrom
  | Export
  | (Span & { readonly kind: 'expression'; readonly value: Expression })
  | (Span & {
      readonly kind: 'augment';
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    })
  | (Span & { readonly kind: 'return'; readonly value: Expression | undefined })
  | (Span & { readonly kind: 'raise'; readonly value: Expression | undefined })
  | (Span & {
      readonly kind: 'for';
      readonly isAsync: boolean;
      readonly target: Expression;
      readonly iterable: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Span & {
      readonly kind: 'while';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Span & {
      readonly kind: 'with';
      readonly isAsync: boolean;
      readonly items: readonly { readonly context: Expression; readonly target: Expression | undefined }[];
      readonly body: readonly Statement[];
    })
  | (Span & {
      readonly kind: 'match';
      readonly subject: Expression;
      readonly cases: readonly { readonly body: readonly Statement[] }[];
    })
  | (Span & { readonly kind: 'delete'; readonly targets: readonly Expression[] })
  | (Span & { readonly kind: 'assert'; readonly test: Expression })
  | (Span & { readonly kind: 'simple'; readonly word: 'pass' | 'break' | 'continue' | 'scope' })
  | (Span & { readonly kind: 'unreadable' });

/** Where a word stands as a name, in the order of the text; twice the offset, plus one where it is called. */
export type Places = Int32Array;

/** An import wherever it stands: at the top, in a function, under a condition. */
export interface ImportSite {
  readonly start: number;
  /** Dots before the name; the dotted name; what is taken from it (empty for the whole) and under which name. */
  readonly level: number;
  readonly module: string;
  readonly name: string;
  readonly as: string;
  readonly isType: boolean;
}

/** What a file mentions, known before any of its functions is read. */
export interface Mentions {
  /** Names of variables, members and keywords, each once. */
  readonly words: readonly string[];
  placesOf(word: string): Places;
  /** Functions and classes that the file defines, wherever; where their names stand. */
  readonly definitions: readonly {
    readonly name: string;
    readonly start: number;
    readonly namedAt: number;
  }[];
  readonly imports: readonly ImportSite[];
  /** Whether a name is bound inside of an expression. */
  readonly hasWalrus: boolean;
  /** Whether anything is called, or a function stands in an expression, between these two offsets. */
  hasCall(span: Span): boolean;
  /**
   * Whether the method that is called here is one of a `Map`, a `Set` or the like: of a name that the file gives to
   * nothing else. `false` says nothing.
   */
  isOnBuiltin(offset: number): boolean;
  /** Whether a function or a class begins between these two offsets. */
  hasDefinition(span: Span): boolean;
}

/** One parsed file. */
export interface SyntaxTree {
  readonly file: SourceFile;
  readonly body: readonly Statement[];
  readonly mentions: Mentions;
  /** Lines (from 1) around which the file does not parse; empty when all of it could be read. */
  readonly damage: readonly number[];
  readonly comments: readonly Span[];
  locate(span: Span): Location;
  textOf(span: Span): string;
}
