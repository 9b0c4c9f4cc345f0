import type { SyntaxNode } from '@lezer/common';
import type { Argument, Expression, Parameter } from '../syntax.ts';

/** Deeper expressions than this are cut off: `unreadable`. */
const DEEPEST = 150;

export interface Source {
  readonly text: string;
  /** What functions give back, in the order of the text; asked for while expressions are read. */
  readonly depth: number;
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!/^(LineComment|BlockComment)$/.test(child.name)) children.push(child);
  return children;
}

const PUNCTUATION = /^[()[\]{},:;.?]$|^\?\.$|^Equals$|^Arrow$|^Spread$/;
const meaningful = (node: SyntaxNode): readonly SyntaxNode[] =>
  childrenOf(node).filter(child => !PUNCTUATION.test(child.name) && !/^Type|TypeParamList/.test(child.name));

export const spanOf = (node: SyntaxNode): { start: number; end: number } => ({
  start: node.from,
  end: node.to,
});

const inside = (source: Source): Source => ({ ...source, depth: source.depth + 1 });
const textOf = ({ text }: Source, node: SyntaxNode): string => text.slice(node.from, node.to);

export function expressionOf(source: Source, node: SyntaxNode | undefined): Expression {
  if (!node || source.depth > DEEPEST)
    return { kind: 'unreadable', start: node?.from ?? 0, end: node?.to ?? 0 };
  return READERS[node.name]?.(inside(source), node) ?? { kind: 'unreadable', ...spanOf(node) };
}

type Reader = (source: Source, node: SyntaxNode) => Expression;

const name: Reader = (source, node) => ({ kind: 'name', name: textOf(source, node), ...spanOf(node) });
const last: Reader = (source, node) => expressionOf(source, meaningful(node).at(-1));
const first: Reader = (source, node) => expressionOf(source, meaningful(node)[0]);

const READERS: Readonly<Record<string, Reader>> = {
  VariableName: name,
  VariableDefinition: name,
  PropertyName: name,
  PropertyDefinition: name,
  this: name,
  super: name,
  String: (source, node) => ({ kind: 'string', value: textOf(source, node).slice(1, -1), ...spanOf(node) }),
  Number: (source, node) => ({ kind: 'constant', value: Number(textOf(source, node)), ...spanOf(node) }),
  BooleanLiteral: (source, node) => ({
    kind: 'constant',
    value: textOf(source, node) === 'true',
    ...spanOf(node),
  }),
  null: (_, node) => ({ kind: 'constant', value: null, ...spanOf(node) }),
  RegExp: (source, node) => ({ kind: 'string', value: textOf(source, node), ...spanOf(node) }),
  TemplateString: template,
  TaggedTemplateExpression: (source, node) => {
    const [tag, text] = childrenOf(node);
    const value = expressionOf(source, text);
    return {
      kind: 'call',
      callee: expressionOf(source, tag),
      args: [{ name: '', spread: '', value, ...spanOf(node) }],
      ...spanOf(node),
    };
  },
  ParenthesizedExpression: (source, node) =>
    node.firstChild?.nextSibling?.name === 'SequenceExpression' ? last(source, node) : first(source, node),
  SequenceExpression: last,
  AwaitExpression: (source, node) => ({ kind: 'await', value: last(source, node), ...spanOf(node) }),
  YieldExpression: last,
  MemberExpression: member,
  CallExpression: call,
  NewExpression: (source, node) => {
    const [, callee, args] = childrenOf(node);
    return {
      kind: 'call',
      callee: expressionOf(source, callee),
      args: args ? argumentsOf(source, args) : [],
      ...spanOf(node),
    };
  },
  BinaryExpression: binary,
  ConditionalExpression: (source, node) => {
    const [test, , then, , otherwise] = childrenOf(node);
    return {
      kind: 'conditional',
      test: expressionOf(source, test),
      then: expressionOf(source, then),
      otherwise: expressionOf(source, otherwise),
      ...spanOf(node),
    };
  },
  UnaryExpression: (source, node) => {
    const [operator, operand] = childrenOf(node);
    return {
      kind: 'unary',
      operator: operator ? textOf(source, operator) : '',
      operand: expressionOf(source, operand),
      ...spanOf(node),
    };
  },
  AssignmentExpression: last,
  ArrayExpression: (source, node) => ({
    kind: 'collection',
    form: 'list',
    items: meaningful(node).map(item => expressionOf(source, item)),
    ...spanOf(node),
  }),
  ObjectExpression: object,
  ArrowFunction: lambda,
  FunctionExpression: lambda,
  // `x as Type` and `x!` in TypeScript.
  AsExpression: first,
  SatisfiesExpression: first,
  NonNullExpression: first,
};

function template(source: Source, node: SyntaxNode): Expression {
  const parts: Expression[] = [];
  let from = node.from + 1;
  const literal = (to: number) => {
    if (to > from) parts.push({ kind: 'string', value: source.text.slice(from, to), start: from, end: to });
  };
  for (const child of childrenOf(node)) {
    if (child.name !== 'Interpolation') continue;
    literal(child.from);
    const value = childrenOf(child).find(part => !/^Interpolation/.test(part.name));
    parts.push(expressionOf(source, value));
    from = child.to;
  }
  literal(node.to - 1);
  return { kind: 'template', parts, ...spanOf(node) };
}

function member(source: Source, node: SyntaxNode): Expression {
  const [object, sign, property] = childrenOf(node);
  const isElement = childrenOf(node).some(child => child.name === '[');
  if (!isElement)
    return {
      kind: 'attribute',
      object: expressionOf(source, object),
      name: property ? textOf(source, property) : '',
      ...spanOf(node),
    };
  const index = childrenOf(node).find(
    child => child !== object && child !== sign && !PUNCTUATION.test(child.name),
  );
  return {
    kind: 'subscript',
    object: expressionOf(source, object),
    index: expressionOf(source, index ?? property),
    ...spanOf(node),
  };
}

function call(source: Source, node: SyntaxNode): Expression {
  const children = childrenOf(node);
  const args = children.find(child => child.name === 'ArgList');
  return {
    kind: 'call',
    callee: expressionOf(source, children[0]),
    args: args ? argumentsOf(source, args) : [],
    ...spanOf(node),
  };
}

const argumentsOf = (source: Source, list: SyntaxNode): readonly Argument[] =>
  meaningful(list).map(argument => ({
    name: '',
    spread: argument.prevSibling?.name === 'Spread' ? '*' : '',
    value: expressionOf(source, argument),
    ...spanOf(argument),
  }));

function binary(source: Source, node: SyntaxNode): Expression {
  const [left, sign, right] = childrenOf(node);
  const operator = sign ? textOf(source, sign) : '';
  const sides = { left: expressionOf(source, left), right: expressionOf(source, right), ...spanOf(node) };
  if (operator === '&&') return { kind: 'logical', operator: 'and', ...sides };
  if (operator === '||' || operator === '??') return { kind: 'logical', operator: 'or', ...sides };
  return { kind: 'binary', operator, ...sides };
}

interface Entry {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

function object(source: Source, node: SyntaxNode): Expression {
  const entries = childrenOf(node).flatMap((child): readonly Entry[] => {
    if (child.name !== 'Property') return [];
    const parts = meaningful(child);
    const [key, value] = parts;
    if (!key) return [];
    if (child.firstChild?.name === 'Spread') return [{ key: undefined, value: expressionOf(source, key) }];
    const isMethod = childrenOf(child).some(part => part.name === 'Block');
    const written: Expression =
      key.name === 'String'
        ? expressionOf(source, key)
        : { kind: 'string', value: textOf(source, key), ...spanOf(key) };
    if (isMethod) return [];
    // `{ name }` is short for `{ name: name }`.
    return [{ key: written, value: value ? expressionOf(source, value) : name(source, key) }];
  });
  return { kind: 'dictionary', entries, ...spanOf(node) };
}

/** A function with a block comes to one of the things that it returns. */
function lambda(source: Source, node: SyntaxNode): Expression {
  const children = childrenOf(node);
  const list = children.find(child => child.name === 'ParamList');
  const single = children.find(child => child.name === 'VariableDefinition');
  const body = children.at(-1);
  const params = list
    ? parametersOf(source, list)
    : single && node.name === 'ArrowFunction'
      ? [parameter(source, single)]
      : [];
  return { kind: 'lambda', params, body: bodyOf(source, body), ...spanOf(node) };
}

export function bodyOf(source: Source, body: SyntaxNode | undefined): Expression {
  if (body?.name !== 'Block') return expressionOf(source, body);
  const items = returnsIn(body).map(value => expressionOf(source, value));
  const [only] = items;
  return only && items.length === 1 ? only : { kind: 'collection', form: 'tuple', items, ...spanOf(body) };
}

const parameter = (source: Source, node: SyntaxNode): Parameter => ({
  name: textOf(source, node),
  spread: '',
  pattern: undefined,
  decorators: [],
  isKept: false,
  annotation: undefined,
  fallback: undefined,
  ...spanOf(node),
});

/** Patterns count as one parameter; what they take apart is bound to its data. */
export const parametersOf = (source: Source, list: SyntaxNode): readonly Parameter[] =>
  childrenOf(list)
    .filter(child => /^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(child.name))
    .map(child => parameter(source, child));

const FUNCTIONS =
  /^(ArrowFunction|FunctionExpression|FunctionDeclaration|MethodDeclaration|ClassDeclaration)$/;

/** The values of `return`, without those of functions inside. */
function returnsIn(node: SyntaxNode, depth = 0): readonly SyntaxNode[] {
  if (depth > DEEPEST) return [];
  return childrenOf(node).flatMap((child): readonly SyntaxNode[] => {
    if (FUNCTIONS.test(child.name)) return [];
    if (child.name !== 'ReturnStatement') return returnsIn(child, depth + 1);
    const value = childrenOf(child).find(part => part.name !== 'return' && part.name !== ';');
    return value ? [value] : [];
  });
}
