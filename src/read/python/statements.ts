import type { Expression, FunctionDefinition, Handler, Parameter, Span, Statement } from '../syntax.ts';
import { importOf } from './imports.ts';
import { annotationOf, argumentsOf, expressionOf, parametersOf, sequenceOf } from './expressions.ts';
import {
  childNamed,
  childrenOf,
  endOf,
  isPunctuation,
  isWord,
  nameOf,
  spanOf,
  splitAt,
  startOf,
  textOf,
  type Nodes,
} from '../code/nodes.ts';

/** The statements of a body or of the whole file. */
export function statementsOf(nodes: Nodes, node: number): Statement[] {
  const statements: Statement[] = [];
  for (const child of childrenOf(nodes, node)) {
    if (isWord(nodes, child)) continue;
    if (nameOf(nodes, child) !== 'StatementGroup') statements.push(statementOf(nodes, child));
    else for (const each of statementsOf(nodes, child)) statements.push(each);
  }
  return statements;
}

const statementOf = (nodes: Nodes, node: number): Statement =>
  READERS[nameOf(nodes, node)]?.(nodes, node) ?? { kind: 'unreadable', ...spanOf(nodes, node) };

type Reader = (nodes: Nodes, node: number) => Statement;

const simple =
  (word: 'pass' | 'break' | 'continue' | 'scope'): Reader =>
  (nodes, node) => ({ kind: 'simple', word, ...spanOf(nodes, node) });

const READERS: Readonly<Record<string, Reader>> = {
  ExpressionStatement: (nodes, node) => ({
    kind: 'expression',
    value: sequenceOf(nodes, childrenOf(nodes, node), spanOf(nodes, node)),
    ...spanOf(nodes, node),
  }),
  YieldStatement: (nodes, node) => ({
    kind: 'expression',
    value: expressionOf(nodes, node),
    ...spanOf(nodes, node),
  }),
  PrintStatement: (nodes, node) => ({
    kind: 'expression',
    value: {
      kind: 'call',
      callee: { kind: 'name', name: 'print', ...spanOf(nodes, node) },
      args: [],
      ...spanOf(nodes, node),
    },
    ...spanOf(nodes, node),
  }),
  AssignStatement: assignment,
  UpdateStatement: (nodes, node) => {
    const [target, operator, ...value] = childrenOf(nodes, node);
    return {
      kind: 'augment',
      target: expressionOf(nodes, target),
      operator: operator === undefined ? '' : textOf(nodes, operator),
      value: sequenceOf(nodes, value, spanOf(nodes, node)),
      ...spanOf(nodes, node),
    };
  },
  ReturnStatement: (nodes, node) => ({
    kind: 'return',
    value: optional(nodes, childrenOf(nodes, node).slice(1)),
    ...spanOf(nodes, node),
  }),
  RaiseStatement: (nodes, node) => ({
    kind: 'raise',
    value: optional(nodes, childrenOf(nodes, node).slice(1, 2)),
    ...spanOf(nodes, node),
  }),
  DeleteStatement: (nodes, node) => ({
    kind: 'delete',
    targets: childrenOf(nodes, node)
      .slice(1)
      .filter(child => !isPunctuation(nodes, child))
      .map(child => expressionOf(nodes, child)),
    ...spanOf(nodes, node),
  }),
  AssertStatement: (nodes, node) => ({
    kind: 'assert',
    test: expressionOf(nodes, childrenOf(nodes, node)[1]),
    ...spanOf(nodes, node),
  }),
  PassStatement: simple('pass'),
  BreakStatement: simple('break'),
  ContinueStatement: simple('continue'),
  ScopeStatement: simple('scope'),
  TypeDefinition: simple('pass'),
  ImportStatement: importOf,
  IfStatement: ifOf,
  WhileStatement: (nodes, node) => {
    const [, test, body, , otherwise] = childrenOf(nodes, node);
    return {
      kind: 'while',
      test: expressionOf(nodes, test),
      body: bodyOf(nodes, body),
      otherwise: bodyOf(nodes, otherwise),
      ...spanOf(nodes, node),
    };
  },
  ForStatement: forOf,
  TryStatement: tryOf,
  WithStatement: withOf,
  MatchStatement: matchOf,
  FunctionDefinition: (nodes, node) => functionOf(nodes, node, [], startOf(nodes, node)),
  ClassDefinition: (nodes, node) => classOf(nodes, node, [], startOf(nodes, node)),
  DecoratedStatement: (nodes, node) => {
    const children = childrenOf(nodes, node);
    const decorators = children
      .filter(child => nameOf(nodes, child) === 'Decorator')
      .map(child => decoratorOf(nodes, child));
    const inner = children.at(-1) ?? node;
    const read = nameOf(nodes, inner) === 'ClassDefinition' ? classOf : functionOf;
    return read(nodes, inner, decorators, startOf(nodes, node));
  },
};

const optional = (nodes: Nodes, children: readonly number[]): Expression | undefined => {
  const [first] = children;
  const last = children.at(-1);
  return first === undefined || last === undefined
    ? undefined
    : sequenceOf(nodes, children, { start: startOf(nodes, first), end: endOf(nodes, last) });
};

const bodyOf = (nodes: Nodes, node: number | undefined): readonly Statement[] =>
  node === undefined ? [] : statementsOf(nodes, node);

/** A decorator's name is a flat row of names and points. */
function decoratorOf(nodes: Nodes, node: number): Expression {
  let result: Expression | undefined;
  for (const child of childrenOf(nodes, node).slice(1)) {
    const span = { start: result?.start ?? startOf(nodes, child), end: endOf(nodes, child) };
    if (isPunctuation(nodes, child)) continue;
    if (result === undefined) result = expressionOf(nodes, child);
    else if (nameOf(nodes, child) === 'ArgList')
      result = { kind: 'call', callee: result, args: argumentsOf(nodes, child), ...span };
    else result = { kind: 'attribute', object: result, name: textOf(nodes, child), ...span };
  }
  return result ?? { kind: 'unreadable', ...spanOf(nodes, node) };
}

function assignment(nodes: Nodes, node: number): Statement {
  let annotation: number | undefined;
  let group: number[] = [];
  const targets: Expression[] = [];
  const close = (): void => {
    const target = optional(nodes, group);
    if (target) targets.push(target);
    group = [];
  };
  let hasValue = false;
  for (const child of childrenOf(nodes, node)) {
    const name = nameOf(nodes, child);
    if (name === 'TypeDef') annotation = child;
    else if (name === 'AssignOp') {
      close();
      hasValue = true;
    } else group.push(child);
  }
  const value = hasValue ? optional(nodes, group) : undefined;
  if (!hasValue) close();
  return {
    kind: 'assign',
    decorators: [],
    declares: 'function',
    targets,
    annotation: annotation === undefined ? undefined : annotationOf(nodes, annotation),
    value,
    ...spanOf(nodes, node),
  };
}

/** `elif` becomes an `if` inside `otherwise`. */
function ifOf(nodes: Nodes, node: number): Statement {
  const branches: { test: number | undefined; body: number | undefined; start: number }[] = [];
  let test: number | undefined;
  let start = startOf(nodes, node);
  for (const child of childrenOf(nodes, node)) {
    const name = nameOf(nodes, child);
    if (name === 'if' || name === 'elif' || name === 'else') {
      test = undefined;
      start = startOf(nodes, child);
    } else if (name === 'Body') branches.push({ test, body: child, start });
    else test = child;
  }
  const end = endOf(nodes, node);
  let otherwise: readonly Statement[] = [];
  for (const branch of branches.toReversed()) {
    const body = bodyOf(nodes, branch.body);
    otherwise =
      branch.test === undefined
        ? body
        : [{ kind: 'if', test: expressionOf(nodes, branch.test), body, otherwise, start: branch.start, end }];
  }
  return otherwise[0]?.kind === 'if' ? otherwise[0] : { kind: 'unreadable', ...spanOf(nodes, node) };
}

function forOf(nodes: Nodes, node: number): Statement {
  const children = childrenOf(nodes, node);
  const isAsync = children.some(child => nameOf(nodes, child) === 'async');
  const bodies = children.filter(child => nameOf(nodes, child) === 'Body');
  const head = children.slice(
    children.findIndex(child => nameOf(nodes, child) === 'for') + 1,
    children.findIndex(child => nameOf(nodes, child) === 'Body'),
  );
  const [targets = [], iterable = []] = splitAt(nodes, head, 'in');
  return {
    kind: 'for',
    isAsync,
    target: sequenceOf(nodes, targets, spanOf(nodes, node)),
    iterable: sequenceOf(nodes, iterable, spanOf(nodes, node)),
    body: bodyOf(nodes, bodies[0]),
    otherwise: bodyOf(nodes, bodies[1]),
    ...spanOf(nodes, node),
  };
}

function tryOf(nodes: Nodes, node: number): Statement {
  let body: readonly Statement[] = [];
  let otherwise: readonly Statement[] = [];
  let last: readonly Statement[] = [];
  const handlers: Handler[] = [];
  let section = 'try';
  let head: number[] = [];
  for (const child of childrenOf(nodes, node)) {
    const name = nameOf(nodes, child);
    if (['try', 'except', 'else', 'finally'].includes(name)) {
      section = name;
      head = [child];
    } else if (name !== 'Body') head.push(child);
    else if (section === 'except') handlers.push(handlerOf(nodes, head, child));
    else if (section === 'try') body = bodyOf(nodes, child);
    else if (section === 'else') otherwise = bodyOf(nodes, child);
    else last = bodyOf(nodes, child);
  }
  return { kind: 'try', body, handlers, otherwise, finally: last, ...spanOf(nodes, node) };
}

function handlerOf(nodes: Nodes, head: readonly number[], body: number): Handler {
  const [word = body, ...rest] = head;
  const [type = [], name = []] = splitAt(
    nodes,
    rest.filter(child => nameOf(nodes, child) !== '*'),
    'as',
  );
  return {
    type: optional(nodes, type),
    name: name.map(child => textOf(nodes, child)).join(''),
    body: bodyOf(nodes, body),
    start: startOf(nodes, word),
    end: endOf(nodes, body),
  };
}

function withOf(nodes: Nodes, node: number): Statement {
  const children = childrenOf(nodes, node);
  const head = children.filter(child => !['async', 'with', 'Body', ':'].includes(nameOf(nodes, child)));
  return {
    kind: 'with',
    isAsync: children.some(child => nameOf(nodes, child) === 'async'),
    items: splitAt(nodes, head, ',').map(group => {
      const [context = [], target = []] = splitAt(nodes, group, 'as');
      return { context: expressionOf(nodes, context[0]), target: optional(nodes, target) };
    }),
    body: bodyOf(
      nodes,
      children.find(child => nameOf(nodes, child) === 'Body'),
    ),
    ...spanOf(nodes, node),
  };
}

function matchOf(nodes: Nodes, node: number): Statement {
  const [, subject, body] = childrenOf(nodes, node);
  const clauses = body === undefined ? [] : childrenOf(nodes, body);
  return {
    kind: 'match',
    subject: expressionOf(nodes, subject),
    cases: clauses
      .filter(clause => nameOf(nodes, clause) === 'MatchClause')
      .map(clause => ({ body: bodyOf(nodes, childrenOf(nodes, clause).at(-1)) })),
    ...spanOf(nodes, node),
  };
}

const functionOf = (
  nodes: Nodes,
  node: number,
  decorators: readonly Expression[],
  start: number,
): FunctionDefinition => new LazyFunction(nodes, node, decorators, start);

/** Most functions of a repository are asked for nothing but their name: all else is read on demand, once. */
class LazyFunction implements FunctionDefinition {
  readonly kind = 'function';
  readonly form = 'plain';
  readonly isStatic = false;
  readonly isInline = false;
  readonly type = undefined;
  readonly handedTo: FunctionDefinition['handedTo'] = [];
  readonly name: string;
  readonly isAsync: boolean;
  readonly decorators: readonly Expression[];
  readonly head: Span;
  readonly start: number;
  readonly end: number;
  readonly #nodes: Nodes;
  readonly #node: number;
  #params: readonly Parameter[] | undefined;
  #returns: Expression | undefined;
  #body: readonly Statement[] | undefined;

  constructor(nodes: Nodes, node: number, decorators: readonly Expression[], start: number) {
    this.#nodes = nodes;
    this.#node = node;
    this.decorators = decorators;
    this.start = start;
    const name = this.#child('VariableName');
    const body = this.#child('Body');
    this.name = name === undefined ? '' : textOf(nodes, name);
    this.isAsync = this.#child('async') !== undefined;
    this.end = endOf(nodes, node);
    this.head = { start: startOf(nodes, node), end: body === undefined ? this.end : startOf(nodes, body) };
  }

  get params(): readonly Parameter[] {
    const list = this.#child('ParamList');
    return (this.#params ??= list === undefined ? [] : parametersOf(this.#nodes, list));
  }

  get returns(): Expression | undefined {
    const annotation = this.#child('TypeDef');
    return (this.#returns ??= annotation === undefined ? undefined : annotationOf(this.#nodes, annotation));
  }

  get body(): readonly Statement[] {
    return (this.#body ??= bodyOf(this.#nodes, this.#child('Body')));
  }

  #child(name: string): number | undefined {
    return childNamed(this.#nodes, this.#node, name);
  }
}

function classOf(nodes: Nodes, node: number, decorators: readonly Expression[], start: number): Statement {
  const children = childrenOf(nodes, node);
  const named = (name: string) => children.find(child => nameOf(nodes, child) === name);
  const body = named('Body');
  const bases = named('ArgList');
  const name = named('VariableName');
  return {
    kind: 'class',
    name: name === undefined ? '' : textOf(nodes, name),
    decorators,
    bases: bases === undefined ? [] : argumentsOf(nodes, bases),
    body: bodyOf(nodes, body),
    head: {
      start: startOf(nodes, node),
      end: body === undefined ? endOf(nodes, node) : startOf(nodes, body),
    },
    start,
    end: endOf(nodes, node),
  };
}
