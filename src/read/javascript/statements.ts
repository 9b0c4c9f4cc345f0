import type { Assignment, Expression, Handler, Statement } from '../syntax.ts';
import {
  childNamed,
  childrenOf,
  isWord,
  nameOf,
  spanOf,
  splitAt,
  startOf,
  textOf,
  type Nodes,
} from '../code/nodes.ts';
import { classOf, valueOf } from './classes.ts';
import { classStatements, exported } from './exports.ts';
import { expressionOf } from './expressions.ts';
import { functionOf } from './functions.ts';
import { importStatements } from './imports.ts';
import { keyOf } from './patterns.ts';
import { DECLARED, type Source } from './source.ts';
import { annotationOf } from './types.ts';

/** The statements of a file. */
export const statementsOf = (nodes: Nodes, node: number): readonly Statement[] =>
  statementsIn({ ...nodes, read }, node);

/** The statements of a block or of the whole file. */
function statementsIn(source: Source, node: number): readonly Statement[] {
  const statements: Statement[] = [];
  for (const child of childrenOf(source, node))
    if (!isWord(source, child)) for (const each of statementOf(source, child)) statements.push(each);
  return statements;
}

const read: Source['read'] = {
  expression: expressionOf,
  statements: statementsIn,
  statement: (source, node) => statementOf(source, node),
  function: functionOf,
  class: classOf,
};

const statementOf = (source: Source, node: number): readonly Statement[] =>
  READERS[nameOf(source, node)]?.(source, node) ?? [{ kind: 'unreadable', ...spanOf(source, node) }];

type Reader = (source: Source, node: number) => readonly Statement[];

const simple =
  (word: 'pass' | 'break' | 'continue'): Reader =>
  (source, node) => [{ kind: 'simple', word, ...spanOf(source, node) }];

const READERS: Readonly<Record<string, Reader>> = {
  ExpressionStatement: (source, node) => expressionStatement(source, node, childrenOf(source, node)[0]),
  VariableDeclaration: declarationsOf,
  FunctionDeclaration: (source, node) => [functionOf(source, node, DECLARED)],
  ClassDeclaration: classStatements,
  EnumDeclaration: enumOf,
  ImportDeclaration: importStatements,
  ExportDeclaration: exported,
  ReturnStatement: (source, node) => [
    { kind: 'return', value: wordThen(source, node), ...spanOf(source, node) },
  ],
  ThrowStatement: (source, node) => [
    { kind: 'raise', value: wordThen(source, node), ...spanOf(source, node) },
  ],
  IfStatement: ifOf,
  ForStatement: forOf,
  WhileStatement: loopOf,
  DoStatement: loopOf,
  SwitchStatement: switchOf,
  TryStatement: tryOf,
  Block: (source, node) => [block(source, node, statementsIn(source, node))],
  LabeledStatement: (source, node) => {
    const inner = childrenOf(source, node).at(-1);
    return inner === undefined ? [] : statementOf(source, inner);
  },
  BreakStatement: simple('break'),
  ContinueStatement: simple('continue'),
  DebuggerStatement: simple('pass'),
  TypeAliasDeclaration: simple('pass'),
  InterfaceDeclaration: simple('pass'),
  AmbientDeclaration: simple('pass'),
  NamespaceDeclaration: (source, node) => {
    const body = childNamed(source, node, 'Block');
    return body === undefined ? [] : [block(source, node, statementsIn(source, body))];
  },
};

/** Statements in braces: a `with` that opens nothing. */
const block = (source: Source, node: number, body: readonly Statement[]): Statement => ({
  kind: 'with',
  isAsync: false,
  items: [],
  body,
  ...spanOf(source, node),
});

/** `return x`, `throw x` */
function wordThen(source: Source, node: number): Expression | undefined {
  const [, value] = childrenOf(source, node);
  return value === undefined || nameOf(source, value) === ';' ? undefined : expressionOf(source, value);
}

const bodyOf = (source: Source, node: number | undefined): readonly Statement[] => {
  if (node === undefined) return [];
  return nameOf(source, node) === 'Block' ? statementsIn(source, node) : statementOf(source, node);
};

function expressionStatement(source: Source, node: number, value: number | undefined): readonly Statement[] {
  if (value !== undefined && nameOf(source, value) === 'AssignmentExpression')
    return assignmentOf(source, node, value);
  // `a(), b()` are two statements.
  if (value !== undefined && nameOf(source, value) === 'SequenceExpression')
    return childrenOf(source, value)
      .filter(child => nameOf(source, child) !== ',')
      .flatMap(child => expressionStatement(source, child, child));
  return [{ kind: 'expression', value: expressionOf(source, value), ...spanOf(source, node) }];
}

/** `a = b = value`, `exports.list = async () => …`, `a ??= b` */
function assignmentOf(source: Source, statement: number, node: number): readonly Statement[] {
  const targets: Expression[] = [];
  let value: number | undefined = node;
  while (value !== undefined && nameOf(source, value) === 'AssignmentExpression') {
    const [target, sign, right]: (number | undefined)[] = childrenOf(source, value);
    if (sign === undefined || nameOf(source, sign) !== 'Equals') break;
    targets.push(expressionOf(source, target));
    value = right;
  }
  const span = spanOf(source, statement);
  if (targets.length === 0) {
    const [target, sign, right] = childrenOf(source, node);
    const operator = sign === undefined ? '' : textOf(source, sign);
    return [
      {
        kind: 'augment',
        target: expressionOf(source, target),
        operator,
        value: expressionOf(source, right),
        ...span,
      },
    ];
  }
  return [
    {
      kind: 'assign',
      targets,
      annotation: undefined,
      value: valueOf(source, value, nameGiven(targets)),
      decorators: [],
      declares: 'nothing',
      ...span,
    },
  ];
}

/** The name under which others find what is assigned: a variable, or something exported. */
function nameGiven(targets: readonly Expression[]): string {
  for (const target of targets) {
    if (target.kind === 'name') return target.name;
    if (target.kind !== 'attribute') continue;
    const { object, name } = target;
    if (object.kind === 'name' && object.name === 'module' && name === 'exports') return 'default';
    if (object.kind === 'name' && object.name === 'exports') return name;
    const isModule =
      object.kind === 'attribute' && object.object.kind === 'name' && object.object.name === 'module';
    if (isModule && object.name === 'exports') return name;
  }
  return '';
}

function declarationsOf(source: Source, node: number): readonly Statement[] {
  const [word, ...rest] = childrenOf(source, node).filter(child => nameOf(source, child) !== ';');
  const kind = word === undefined ? '' : textOf(source, word);
  const groups = splitAt(source, rest, ',');
  return groups.flatMap((group): readonly Assignment[] => {
    const [target] = group;
    if (target === undefined) return [];
    const pattern = expressionOf(source, target);
    const annotation = group.find(child => nameOf(source, child) === 'TypeAnnotation');
    const type = annotation === undefined ? undefined : annotationOf(source, annotation);
    const name = pattern.kind === 'name' ? pattern.name : '';
    const sign = group.findIndex(child => nameOf(source, child) === 'Equals');
    const last = group.at(-1) ?? target;
    return [
      {
        kind: 'assign',
        targets: [pattern],
        annotation: type,
        value: sign === -1 ? undefined : valueOf(source, group[sign + 1], name, type),
        decorators: [],
        declares: kind === 'var' ? 'function' : 'block',
        ...(groups.length === 1
          ? spanOf(source, node)
          : { start: startOf(source, target), end: spanOf(source, last).end }),
      },
    ];
  });
}

/** `enum Color { Red, Green = "green" }` is a constant with entries. */
function enumOf(source: Source, node: number): readonly Statement[] {
  const name = childNamed(source, node, 'TypeDefinition');
  const body = childNamed(source, node, 'EnumBody');
  const span = spanOf(source, node);
  if (name === undefined || body === undefined) return [{ kind: 'unreadable', ...span }];
  let next = 0;
  const entries = splitAt(source, childrenOf(source, body).slice(1, -1), ',').flatMap(group => {
    const key = keyOf(source, group);
    if (!key) return [];
    const sign = group.findIndex(child => nameOf(source, child) === 'Equals');
    const value: Expression =
      sign === -1
        ? { kind: 'constant', value: next, start: key.start, end: key.end }
        : expressionOf(source, group[sign + 1]);
    next = value.kind === 'constant' && typeof value.value === 'number' ? value.value + 1 : next + 1;
    return [{ key, value }];
  });
  return [
    {
      kind: 'assign',
      targets: [expressionOf(source, name)],
      annotation: undefined,
      value: { kind: 'dictionary', entries, ...spanOf(source, body) },
      decorators: [],
      declares: 'block',
      ...span,
    },
  ];
}

function ifOf(source: Source, node: number): readonly Statement[] {
  const [, test, body, , otherwise] = childrenOf(source, node);
  return [
    {
      kind: 'if',
      test: expressionOf(source, test),
      body: bodyOf(source, body),
      otherwise: bodyOf(source, otherwise),
      ...spanOf(source, node),
    },
  ];
}

function forOf(source: Source, node: number): readonly Statement[] {
  const children = childrenOf(source, node);
  const head = children.find(child => /^For(Of|In)?Spec$/.test(nameOf(source, child)));
  const body = bodyOf(source, children.at(-1));
  const span = spanOf(source, node);
  if (head === undefined) return [{ kind: 'unreadable', ...span }];
  const parts = childrenOf(source, head);
  if (nameOf(source, head) === 'ForSpec') {
    const first = parts.find(part => nameOf(source, part) === 'VariableDeclaration');
    const test = parts.find(part => nameOf(source, part) === 'BinaryExpression');
    const loop: Statement = { kind: 'while', test: expressionOf(source, test), body, otherwise: [], ...span };
    return first === undefined ? [loop] : [block(source, node, [...declarationsOf(source, first), loop])];
  }
  const at = parts.findIndex(part => /^(of|in)$/.test(nameOf(source, part)));
  const isElements = nameOf(source, parts[at] ?? head) === 'of';
  const iterable = expressionOf(source, parts[at + 1]);
  return [
    {
      kind: 'for',
      isAsync: children.some(child => nameOf(source, child) === 'await'),
      target: expressionOf(source, parts[at - 1]),
      // `for (const key in object)` goes through the keys.
      iterable: isElements ? iterable : { kind: 'unreadable', start: iterable.start, end: iterable.end },
      body,
      otherwise: [],
      ...span,
    },
  ];
}

function loopOf(source: Source, node: number): readonly Statement[] {
  const children = childrenOf(source, node);
  const test = children.find(child => nameOf(source, child) === 'ParenthesizedExpression');
  const body = children.find(
    (child, index) => index > 0 && child !== test && !isWord(source, child) && nameOf(source, child) !== ';',
  );
  return [
    {
      kind: 'while',
      test: expressionOf(source, test),
      body: bodyOf(source, body),
      otherwise: [],
      ...spanOf(source, node),
    },
  ];
}

function switchOf(source: Source, node: number): readonly Statement[] {
  const [, subject, body] = childrenOf(source, node);
  const cases: { body: readonly Statement[] }[] = [];
  let current: Statement[] = [];
  for (const child of body === undefined ? [] : childrenOf(source, body)) {
    const kind = nameOf(source, child);
    if (kind === 'CaseLabel' || kind === 'DefaultLabel') cases.push({ body: (current = []) });
    else if (!isWord(source, child)) current.push(...statementOf(source, child));
  }
  return [{ kind: 'match', subject: expressionOf(source, subject), cases, ...spanOf(source, node) }];
}

function tryOf(source: Source, node: number): readonly Statement[] {
  const clause = childNamed(source, node, 'CatchClause');
  const last = childNamed(source, node, 'FinallyClause');
  const blockIn = (around: number | undefined) =>
    around === undefined ? [] : bodyOf(source, childNamed(source, around, 'Block'));
  const handlers: Handler[] = [];
  if (clause !== undefined) {
    const name = childNamed(source, clause, 'VariableDefinition');
    handlers.push({
      type: undefined,
      name: name === undefined ? '' : textOf(source, name),
      body: blockIn(clause),
      ...spanOf(source, clause),
    });
  }
  return [
    {
      kind: 'try',
      body: blockIn(node),
      handlers,
      otherwise: [],
      finally: blockIn(last),
      ...spanOf(source, node),
    },
  ];
}
