import type { Call, ClassDefinition, Expression, FunctionDefinition, Statement } from '../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf, headSpanOf } from '../../read/walk.ts';
import { conditionOf, type Condition, type Scope } from './scopes.ts';

/** A call where it stands. */
export interface CallSite {
  readonly call: Call;
  readonly scope: Scope;
  readonly statement: Statement;
  /** What must hold for it to run, inside its function. */
  readonly conditions: readonly Condition[];
}

/** A function or class where it stands. */
export interface DefinitionSite<D extends FunctionDefinition | ClassDefinition> {
  readonly definition: D;
  /** The scope that it is defined in. */
  readonly scope: Scope;
  readonly conditions: readonly Condition[];
}

export interface StatementSite {
  readonly statement: Statement;
  readonly scope: Scope;
  readonly conditions: readonly Condition[];
}

/** All that stands in one piece of a module, in the order of the text. */
export interface Sites {
  readonly calls: readonly CallSite[];
  readonly functions: readonly DefinitionSite<FunctionDefinition>[];
  readonly classes: readonly DefinitionSite<ClassDefinition>[];
  readonly statements: readonly StatementSite[];
  /** Functions that stand in expressions and have no name by which anybody could ask for them. */
  readonly inline: readonly FunctionDefinition[];
  /** Calls by the last word of what is called. */
  readonly byWord: ReadonlyMap<string, readonly CallSite[]>;
}

/** The body of an outermost function or method, with all inside it; read when it is asked for. */
export interface Piece {
  readonly definition: FunctionDefinition;
  /** The scope of its inside. */
  readonly inside: Scope;
  readonly start: number;
  readonly end: number;
  sites(): Sites;
}

/** A module in pieces: what stands outside of functions, and each function. */
export interface Pieces {
  readonly outer: Sites;
  readonly functions: readonly Piece[];
}

const homes = new WeakMap<FunctionDefinition, Piece>();

/** The piece that a function of an expression lies in, once that piece was read: nobody meets it before. */
export const pieceAround = (inline: FunctionDefinition): Piece | undefined => homes.get(inline);

export function piecesIn(scope: Scope): Pieces {
  const functions: Piece[] = [];
  const outer = visited(scope.module.tree.body, scope, (definition, around) => {
    let sites: Sites | undefined;
    const piece: Piece = {
      definition,
      get inside() {
        return around.inner(definition);
      },
      start: definition.head.end,
      end: definition.end,
      sites() {
        if (sites) return sites;
        sites = visited(definition.body, around.inner(definition), 'enter');
        for (const inline of sites.inline) homes.set(inline, piece);
        return sites;
      },
    };
    functions.push(piece);
  });
  // Functions inside of expressions come in the order in which those are taken apart.
  functions.sort((one, other) => one.start - other.start);
  return { outer, functions };
}

type AtFunction = 'enter' | ((definition: FunctionDefinition, around: Scope) => void);

function visited(body: readonly Statement[], scope: Scope, atFunction: AtFunction): Sites {
  const calls: CallSite[] = [];
  const functions: DefinitionSite<FunctionDefinition>[] = [];
  const classes: DefinitionSite<ClassDefinition>[] = [];
  const statements: StatementSite[] = [];
  const inline: FunctionDefinition[] = [];
  const byWord = new Map<string, CallSite[]>();
  const { mentions } = scope.module.tree;

  const visitExpression = (expression: Expression, at: StatementSite): void => {
    for (const each of expressionsIn(expression)) {
      if (each.kind === 'function') visitFunction(each, at.scope, at.conditions);
      if (each.kind === 'class') visitClass(each, at.scope, at.conditions);
      if (each.kind !== 'call') continue;
      const site = { call: each, scope: at.scope, statement: at.statement, conditions: at.conditions };
      calls.push(site);
      const word = lastNameOf(each.callee);
      const known = byWord.get(word);
      if (known) known.push(site);
      else byWord.set(word, [site]);
    }
  };

  const visitFunction = (
    definition: FunctionDefinition,
    inside: Scope,
    conditions: readonly Condition[],
  ): void => {
    if (definition.isInline) inline.push(definition);
    else functions.push({ definition, scope: inside, conditions });
    if (atFunction === 'enter') visitBlock(definition.body, inside.inner(definition), []);
    else atFunction(definition, inside);
  };

  const visitClass = (definition: ClassDefinition, inside: Scope, conditions: readonly Condition[]): void => {
    classes.push({ definition, scope: inside, conditions });
    visitBlock(definition.body, inside.inner(definition), []);
  };

  const visitBlock = (block: readonly Statement[], inside: Scope, conditions: readonly Condition[]): void => {
    for (const statement of block) {
      const site = { statement, scope: inside, conditions };
      statements.push(site);
      if (mentions.hasCall(headSpanOf(statement)))
        for (const head of headOf(statement)) visitExpression(head, site);
      if (statement.kind === 'function') visitFunction(statement, inside, conditions);
      else if (statement.kind === 'class') visitClass(statement, inside, conditions);
      else
        blocksOf(statement).forEach((each, index) => {
          visitBlock(each, inside, [...conditions, ...conditionOf(statement, index)]);
        });
    }
  };
  visitBlock(body, scope, []);
  return { calls, functions, classes, statements, inline, byWord };
}

/** `if __name__ == "__main__":`, `if (require.main === module)` */
export const isMainGuard = (condition: Condition): boolean =>
  condition.kind === 'if' &&
  condition.holds &&
  condition.test.kind === 'binary' &&
  condition.test.operator === '==' &&
  [condition.test.left, condition.test.right].some(isOwnName);

const isOwnName = (side: Expression): boolean =>
  (side.kind === 'name' && side.name === '__name__') ||
  (side.kind === 'attribute' &&
    side.name === 'main' &&
    side.object.kind === 'name' &&
    side.object.name === 'require');

/** The last part of what is called: `get` of `requests.get`; of `require("./x")(…)` the name of the module. */
export function lastNameOf(callee: Expression): string {
  if (callee.kind === 'attribute' || callee.kind === 'name') return callee.name;
  const isLoad =
    callee.kind === 'call' &&
    callee.callee.kind === 'name' &&
    (callee.callee.name === 'require' || callee.callee.name === 'import');
  const [first] = isLoad ? callee.args : [];
  return first?.value.kind === 'string' ? first.value.value : '';
}
