import type { Argument, Expression, Parameter } from '../syntax.ts';
import {
  childrenOf,
  endOf,
  isPunctuation,
  nameOf,
  spanOf,
  splitAt,
  startOf,
  textOf,
  type Nodes,
} from '../code/nodes.ts';
import { logical, negation } from './logic.ts';
import { joined, stringOf, templateOf } from './strings.ts';

/** Deeper expressions than this are cut off: `unreadable`. */
const DEEPEST = 200;
let depth = 0;

export function expressionOf(nodes: Nodes, node: number | undefined): Expression {
  if (node === undefined || depth > DEEPEST) {
    const start = node === undefined ? 0 : startOf(nodes, node);
    return { kind: 'unreadable', start, end: start };
  }
  depth++;
  try {
    return READERS[nameOf(nodes, node)]?.(nodes, node) ?? { kind: 'unreadable', ...spanOf(nodes, node) };
  } finally {
    depth--;
  }
}

type Reader = (nodes: Nodes, node: number) => Expression;

const READERS: Readonly<Record<string, Reader>> = {
  VariableName: (nodes, node) => ({ kind: 'name', name: textOf(nodes, node), ...spanOf(nodes, node) }),
  PropertyName: (nodes, node) => ({ kind: 'name', name: textOf(nodes, node), ...spanOf(nodes, node) }),
  print: (nodes, node) => ({ kind: 'name', name: 'print', ...spanOf(nodes, node) }),
  String: stringOf,
  FormatString: (nodes, node) => templateOf(nodes, node, inner => expressionOf(nodes, inner)),
  ContinuedString: (nodes, node) =>
    joined(
      childrenOf(nodes, node).map(child => expressionOf(nodes, child)),
      startOf(nodes, node),
      endOf(nodes, node),
    ),
  Number: (nodes, node) => ({ kind: 'constant', value: numberOf(nodes, node), ...spanOf(nodes, node) }),
  Boolean: (nodes, node) => ({
    kind: 'constant',
    value: textOf(nodes, node) === 'True',
    ...spanOf(nodes, node),
  }),
  // A `yield` without a value was parsed as `None`; see gaps.ts.
  None: (nodes, node) =>
    textOf(nodes, node) !== 'None'
      ? { kind: 'yield', value: undefined, ...spanOf(nodes, node) }
      : { kind: 'constant', value: null, ...spanOf(nodes, node) },
  Ellipsis: (nodes, node) => ({ kind: 'constant', value: null, ...spanOf(nodes, node) }),
  ParenthesizedExpression: (nodes, node) => sequenceOf(nodes, inside(nodes, node), spanOf(nodes, node)),
  TupleExpression: (nodes, node) => collection(nodes, node, 'tuple'),
  ArrayExpression: (nodes, node) => collection(nodes, node, 'list'),
  SetExpression: (nodes, node) => collection(nodes, node, 'set'),
  ComprehensionExpression: (nodes, node) => comprehension(nodes, node, 'generator'),
  ArrayComprehensionExpression: (nodes, node) => comprehension(nodes, node, 'list'),
  SetComprehensionExpression: (nodes, node) => comprehension(nodes, node, 'set'),
  DictionaryComprehensionExpression: (nodes, node) => comprehension(nodes, node, 'dictionary'),
  DictionaryExpression: dictionary,
  CallExpression: call,
  MemberExpression: member,
  BinaryExpression: binary,
  UnaryExpression: unary,
  ConditionalExpression: (nodes, node) => {
    const [then, , test, , otherwise] = childrenOf(nodes, node);
    return {
      kind: 'conditional',
      test: expressionOf(nodes, test),
      then: expressionOf(nodes, then),
      otherwise: expressionOf(nodes, otherwise),
      ...spanOf(nodes, node),
    };
  },
  LambdaExpression: (nodes, node) => {
    const children = childrenOf(nodes, node);
    const params = children.find(child => nameOf(nodes, child) === 'ParamList');
    return {
      kind: 'lambda',
      params: params === undefined ? [] : parametersOf(nodes, params),
      body: expressionOf(nodes, children.at(-1)),
      ...spanOf(nodes, node),
    };
  },
  AwaitExpression: (nodes, node) => ({
    kind: 'await',
    value: expressionOf(nodes, childrenOf(nodes, node)[1]),
    ...spanOf(nodes, node),
  }),
  YieldExpression: yielded,
  YieldStatement: yielded,
  NamedExpression: (nodes, node) => {
    const [target, , value] = childrenOf(nodes, node);
    return {
      kind: 'walrus',
      target: expressionOf(nodes, target),
      value: expressionOf(nodes, value),
      ...spanOf(nodes, node),
    };
  },
};

const numberOf = (nodes: Nodes, node: number): number => Number(textOf(nodes, node).replaceAll('_', ''));

/** The children between the brackets. */
const inside = (nodes: Nodes, node: number): number[] => childrenOf(nodes, node).slice(1, -1);

function yielded(nodes: Nodes, node: number): Expression {
  const rest = childrenOf(nodes, node).filter(child => !['yield', 'from'].includes(nameOf(nodes, child)));
  const [first] = rest;
  return {
    kind: 'yield',
    value: first === undefined ? undefined : sequenceOf(nodes, rest, spanOf(nodes, first)),
    ...spanOf(nodes, node),
  };
}

/** Items between commas; `*x` and `**x` are spreads. */
function itemsOf(nodes: Nodes, children: readonly number[]): Expression[] {
  return splitAt(nodes, children, ',').flatMap(group => {
    const [first, second] = group;
    if (first === undefined) return [];
    const name = nameOf(nodes, first);
    if ((name === '*' || name === '**') && second !== undefined)
      return [
        {
          kind: 'spread',
          value: expressionOf(nodes, second),
          start: startOf(nodes, first),
          end: endOf(nodes, second),
        },
      ];
    return [expressionOf(nodes, first)];
  });
}

/** One expression, or a tuple when there are commas. */
export function sequenceOf(
  nodes: Nodes,
  children: readonly number[],
  span: { start: number; end: number },
): Expression {
  const [first] = children;
  if (first === undefined) return { kind: 'unreadable', ...span };
  if (children.length === 1) return expressionOf(nodes, first);
  const hasComma = children.some(child => nameOf(nodes, child) === ',');
  const items = itemsOf(nodes, children);
  const [only] = items;
  return !hasComma && only ? only : { kind: 'collection', form: 'tuple', items, ...span };
}

const collection = (nodes: Nodes, node: number, form: 'list' | 'tuple' | 'set'): Expression => ({
  kind: 'collection',
  form,
  items: itemsOf(nodes, inside(nodes, node)),
  ...spanOf(nodes, node),
});

function dictionary(nodes: Nodes, node: number): Expression {
  const entries = splitAt(nodes, inside(nodes, node), ',').flatMap(
    (group): { key: Expression | undefined; value: Expression }[] => {
      const [first, , third] = group;
      if (first === undefined) return [];
      return nameOf(nodes, first) === '**'
        ? [{ key: undefined, value: expressionOf(nodes, group[1]) }]
        : [{ key: expressionOf(nodes, first), value: expressionOf(nodes, third) }];
    },
  );
  return { kind: 'dictionary', entries, ...spanOf(nodes, node) };
}

type Form = 'list' | 'set' | 'dictionary' | 'generator';

function comprehension(nodes: Nodes, node: number, form: Form): Expression {
  return comprehensionOf(nodes, inside(nodes, node), form, spanOf(nodes, node));
}

function comprehensionOf(
  nodes: Nodes,
  children: readonly number[],
  form: Form,
  span: { start: number; end: number },
): Expression {
  const relevant = children.filter(child => nameOf(nodes, child) !== 'async');
  const [head = [], ...loops] = splitAt(nodes, relevant, 'for');
  const element = head.filter(child => !isPunctuation(nodes, child));
  return {
    kind: 'comprehension',
    form,
    element: sequenceOf(nodes, element.slice(-1), span),
    clauses: loops.map(loop => {
      const [targets = [], rest = []] = splitAt(nodes, loop, 'in');
      const [iterable = [], ...conditions] = splitAt(nodes, rest, 'if');
      return {
        target: sequenceOf(nodes, targets, span),
        iterable: sequenceOf(nodes, iterable, span),
        conditions: conditions.map(condition => sequenceOf(nodes, condition, span)),
      };
    }),
    ...span,
  };
}

function call(nodes: Nodes, node: number): Expression {
  const [callee, list] = childrenOf(nodes, node);
  return {
    kind: 'call',
    callee: expressionOf(nodes, callee),
    args: list === undefined ? [] : argumentsOf(nodes, list),
    ...spanOf(nodes, node),
  };
}

export function argumentsOf(nodes: Nodes, list: number): Argument[] {
  const children = inside(nodes, list);
  if (children.some(child => nameOf(nodes, child) === 'for')) {
    const value = comprehensionOf(nodes, children, 'generator', spanOf(nodes, list));
    return [{ name: '', spread: '', value, start: value.start, end: value.end }];
  }
  return splitAt(nodes, children, ',').flatMap(group => argumentOf(nodes, group) ?? []);
}

function argumentOf(nodes: Nodes, group: readonly number[]): Argument | undefined {
  const [first, second, third] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const span = { start: startOf(nodes, first), end: endOf(nodes, last) };
  const name = nameOf(nodes, first);
  if (name === '*' || name === '**')
    return { name: '', spread: name, value: expressionOf(nodes, second), ...span };
  if (second !== undefined && nameOf(nodes, second) === 'AssignOp' && textOf(nodes, second) === '=')
    return { name: textOf(nodes, first), spread: '', value: expressionOf(nodes, third), ...span };
  return { name: '', spread: '', value: expressionOf(nodes, first), ...span };
}

function member(nodes: Nodes, node: number): Expression {
  const [object, mark, ...rest] = childrenOf(nodes, node);
  const span = spanOf(nodes, node);
  if (mark !== undefined && nameOf(nodes, mark) === '.') {
    const [property] = rest;
    return {
      kind: 'attribute',
      object: expressionOf(nodes, object),
      name: property === undefined ? '' : textOf(nodes, property),
      ...span,
    };
  }
  const index = rest.slice(0, -1);
  const hasColon = index.some(child => nameOf(nodes, child) === ':');
  return {
    kind: 'subscript',
    object: expressionOf(nodes, object),
    index: hasColon
      ? {
          kind: 'slice',
          parts: index.filter(child => !isPunctuation(nodes, child)).map(child => expressionOf(nodes, child)),
          ...span,
        }
      : sequenceOf(nodes, index, span),
    ...span,
  };
}

function unary(nodes: Nodes, node: number): Expression {
  const [first, second] = childrenOf(nodes, node);
  const operator = first === undefined ? '' : textOf(nodes, first);
  const operand = expressionOf(nodes, second);
  if (operator !== 'not') return { kind: 'unary', operator, operand, ...spanOf(nodes, node) };
  const parenthesis = firstParenthesis(nodes, second);
  return negation(operand, part => part.end > parenthesis, spanOf(nodes, node));
}

/** Where the parentheses end that an operation begins with; 0 when it begins with something else. */
function firstParenthesis(nodes: Nodes, node: number | undefined): number {
  if (node === undefined) return 0;
  const name = nameOf(nodes, node);
  if (name === 'BinaryExpression') return firstParenthesis(nodes, childrenOf(nodes, node)[0]);
  if (name === 'UnaryExpression') return firstParenthesis(nodes, childrenOf(nodes, node)[1]);
  return name === 'ParenthesizedExpression' ? endOf(nodes, node) : 0;
}

function binary(nodes: Nodes, node: number): Expression {
  const children = childrenOf(nodes, node);
  const operator = children
    .slice(1, -1)
    .map(child => textOf(nodes, child))
    .join(' ');
  const last = children.at(-1);
  const left = expressionOf(nodes, children[0]);
  const right = expressionOf(nodes, last);
  const span = spanOf(nodes, node);
  if (operator !== 'and' && operator !== 'or') return { kind: 'binary', operator, left, right, ...span };
  const isNegated = last !== undefined && nameOf(nodes, last) === 'UnaryExpression';
  return logical(operator, left, right, isNegated, span);
}

export function parametersOf(nodes: Nodes, list: number): Parameter[] {
  const children = childrenOf(nodes, list).filter(child => !['(', ')'].includes(nameOf(nodes, child)));
  return splitAt(nodes, children, ',').flatMap(group => {
    const [first] = group;
    const spread = first === undefined ? '' : nameOf(nodes, first);
    const name = group.find(child => nameOf(nodes, child) === 'VariableName');
    if (first === undefined || name === undefined) return [];
    const annotation = group.find(child => nameOf(nodes, child) === 'TypeDef');
    const sign = group.findIndex(child => nameOf(nodes, child) === 'AssignOp');
    return [
      {
        name: textOf(nodes, name),
        spread: spread === '*' || spread === '**' ? spread : '',
        pattern: undefined,
        decorators: [],
        isKept: false,
        annotation: annotation === undefined ? undefined : annotationOf(nodes, annotation),
        fallback: sign === -1 ? undefined : expressionOf(nodes, group[sign + 1]),
        start: startOf(nodes, first),
        end: endOf(nodes, group.at(-1) ?? first),
      } satisfies Parameter,
    ];
  });
}

/** `: int` and `-> int`. */
export const annotationOf = (nodes: Nodes, node: number): Expression =>
  expressionOf(
    nodes,
    childrenOf(nodes, node).find(child => !isPunctuation(nodes, child)),
  );
