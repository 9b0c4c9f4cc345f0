import type { Argument, Call, Expression } from '../syntax.ts';
import { childNamed, childrenOf, endOf, nameOf, spanOf, splitAt, startOf, textOf } from '../code/nodes.ts';
import { LazyFunction } from './lazy.ts';
import { elementOf } from './markup.ts';
import { arrayPattern, keyOf, objectPattern } from './patterns.ts';
import { INLINE, type Source } from './source.ts';
import { unescaped, valueOfString } from './strings.ts';

/** Deeper expressions than this are cut off: `unreadable`. */
const DEEPEST = 200;
let depth = 0;

export function expressionOf(nodes: Source, node: number | undefined): Expression {
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

type Reader = (nodes: Source, node: number) => Expression;

const name: Reader = (nodes, node) => {
  const text = textOf(nodes, node);
  const span = spanOf(nodes, node);
  return text === 'undefined'
    ? { kind: 'constant', value: null, ...span }
    : { kind: 'name', name: text, ...span };
};

/** What stands inside of something that changes nothing: parentheses, a cast, a mark. */
const inner =
  (index: number): Reader =>
  (nodes, node) =>
    expressionOf(nodes, childrenOf(nodes, node)[index]);

const READERS: Readonly<Record<string, Reader>> = {
  VariableName: name,
  VariableDefinition: name,
  TypeDefinition: name,
  this: name,
  super: name,
  TypeName: name,
  String: (nodes, node) => ({
    kind: 'string',
    value: valueOfString(textOf(nodes, node)),
    ...spanOf(nodes, node),
  }),
  RegExp: (nodes, node) => ({
    kind: 'call',
    callee: { kind: 'name', name: 'RegExp', ...spanOf(nodes, node) },
    args: [positional({ kind: 'string', value: patternIn(textOf(nodes, node)), ...spanOf(nodes, node) })],
    ...spanOf(nodes, node),
  }),
  Number: (nodes, node) => ({
    kind: 'constant',
    value: Number(textOf(nodes, node).replaceAll('_', '').replace(/n$/, '')),
    ...spanOf(nodes, node),
  }),
  BooleanLiteral: (nodes, node) => ({
    kind: 'constant',
    value: textOf(nodes, node) === 'true',
    ...spanOf(nodes, node),
  }),
  null: (nodes, node) => ({ kind: 'constant', value: null, ...spanOf(nodes, node) }),
  TemplateString: template,
  TaggedTemplateExpression: (nodes, node) => {
    const [tag, text] = childrenOf(nodes, node);
    return {
      kind: 'call',
      callee: expressionOf(nodes, tag),
      args: [positional(expressionOf(nodes, text))],
      ...spanOf(nodes, node),
    };
  },
  ParenthesizedExpression: inner(1),
  SequenceExpression: (nodes, node) => expressionOf(nodes, childrenOf(nodes, node).at(-1)),
  InstantiationExpression: inner(0),
  PostfixExpression: inner(0),
  PrefixCast: (nodes, node) => expressionOf(nodes, childrenOf(nodes, node).at(-1)),
  AwaitExpression: (nodes, node) => ({
    kind: 'await',
    value: expressionOf(nodes, childrenOf(nodes, node).at(-1)),
    ...spanOf(nodes, node),
  }),
  YieldExpression: (nodes, node) => ({
    kind: 'yield',
    value: expressionOf(nodes, childrenOf(nodes, node).at(-1)),
    ...spanOf(nodes, node),
  }),
  MemberExpression: member,
  CallExpression: (nodes, node) => callOf(nodes, node, childrenOf(nodes, node)[0]),
  NewExpression: (nodes, node) => callOf(nodes, node, childrenOf(nodes, node)[1]),
  DynamicImport: (nodes, node) => {
    const [word, , argument] = childrenOf(nodes, node);
    return {
      kind: 'call',
      callee: { kind: 'name', name: 'import', ...spanOf(nodes, word ?? node) },
      args: [positional(expressionOf(nodes, argument))],
      ...spanOf(nodes, node),
    };
  },
  ImportMeta: (nodes, node) => ({
    kind: 'attribute',
    object: { kind: 'name', name: 'import', ...spanOf(nodes, node) },
    name: textOf(nodes, childrenOf(nodes, node).at(-1) ?? node),
    ...spanOf(nodes, node),
  }),
  BinaryExpression: binary,
  UnaryExpression: unary,
  ConditionalExpression: (nodes, node) => {
    const [test, , then, , otherwise] = childrenOf(nodes, node);
    return {
      kind: 'conditional',
      test: expressionOf(nodes, test),
      then: expressionOf(nodes, then),
      otherwise: expressionOf(nodes, otherwise),
      ...spanOf(nodes, node),
    };
  },
  AssignmentExpression: (nodes, node) => {
    const [target, sign, value] = childrenOf(nodes, node);
    const left = expressionOf(nodes, target);
    const right = expressionOf(nodes, value);
    const span = spanOf(nodes, node);
    const operator = sign === undefined ? '=' : textOf(nodes, sign).slice(0, -1);
    if (operator === '') return { kind: 'walrus', target: left, value: right, ...span };
    return { kind: 'walrus', target: left, value: joined(operator, left, right, span), ...span };
  },
  ArrayExpression: (nodes, node) => ({
    kind: 'collection',
    form: 'list',
    items: itemsOf(nodes, node),
    ...spanOf(nodes, node),
  }),
  ArrayPattern: arrayPattern,
  ObjectExpression: object,
  ObjectPattern: objectPattern,
  ArrowFunction: (nodes, node) => nodes.read.function(nodes, node, INLINE),
  FunctionExpression: (nodes, node) => nodes.read.function(nodes, node, INLINE),
  ClassExpression: (nodes, node) => nodes.read.class(nodes, node, ''),
  JSXElement: elementOf,
};

/** `/a+/g` is `a+`. */
const patternIn = (written: string): string => written.slice(1, Math.max(1, written.lastIndexOf('/')));

const positional = (value: Expression): Argument => ({
  name: '',
  spread: '',
  value,
  start: value.start,
  end: value.end,
});

function template(nodes: Source, node: number): Expression {
  const parts: Expression[] = [];
  let from = startOf(nodes, node) + 1;
  const literal = (to: number) => {
    if (to > from)
      parts.push({ kind: 'string', value: unescaped(nodes.text.slice(from, to)), start: from, end: to });
  };
  for (const child of childrenOf(nodes, node)) {
    if (nameOf(nodes, child) !== 'Interpolation') continue;
    literal(startOf(nodes, child));
    parts.push(expressionOf(nodes, childrenOf(nodes, child)[1]));
    from = endOf(nodes, child);
  }
  literal(endOf(nodes, node) - 1);
  return { kind: 'template', parts, ...spanOf(nodes, node) };
}

function member(nodes: Source, node: number): Expression {
  const children = childrenOf(nodes, node);
  const bracket = children.findIndex(child => nameOf(nodes, child) === '[');
  const object = expressionOf(nodes, children[0]);
  const span = spanOf(nodes, node);
  if (bracket > 0) {
    const index = expressionOf(nodes, children[bracket + 1]);
    // `process.env["KEY"]` is the same member as `process.env.KEY`.
    return index.kind === 'string' && /^[A-Za-z_$][\w$]*$/.test(index.value)
      ? { kind: 'attribute', object, name: index.value, ...span }
      : { kind: 'subscript', object, index, ...span };
  }
  const property = children.at(-1);
  return { kind: 'attribute', object, name: property === undefined ? '' : textOf(nodes, property), ...span };
}

function callOf(nodes: Source, node: number, callee: number | undefined): Expression {
  const list = childNamed(nodes, node, 'ArgList');
  const args = list === undefined ? [] : argumentsOf(nodes, list);
  const call = { kind: 'call', callee: expressionOf(nodes, callee), args, ...spanOf(nodes, node) } as const;
  args.forEach(({ value }, position) => {
    handOver(value, call, position);
  });
  return call;
}

/**
 * A function knows the calls that it is given to, also through others and in options:
 * `get("/", wrap(async () => …))`, `route({ handler: async () => … })`.
 */
function handOver(value: Expression, call: Call, position: number): void {
  if (value instanceof LazyFunction) value.handedTo.push({ call, position });
  const inside =
    value.kind === 'call'
      ? value.args
      : value.kind === 'dictionary'
        ? value.entries.filter(entry => entry.value instanceof LazyFunction)
        : [];
  if (inside.length < MOST_HANDED) for (const inner of inside) handOver(inner.value, call, position);
}

/** A list of arguments that is longer is data. */
const MOST_HANDED = 20;

function argumentsOf(nodes: Source, list: number): Argument[] {
  return splitAt(nodes, childrenOf(nodes, list).slice(1, -1), ',').flatMap((group): Argument[] => {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return [];
    return [
      {
        name: '',
        spread: nameOf(nodes, first) === 'Spread' ? '*' : '',
        value: expressionOf(nodes, last),
        start: startOf(nodes, first),
        end: endOf(nodes, last),
      },
    ];
  });
}

/** Items between commas; `...x` is a spread. */
function itemsOf(nodes: Source, node: number): Expression[] {
  return splitAt(nodes, childrenOf(nodes, node).slice(1, -1), ',').flatMap((group): Expression[] => {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return [];
    const value = expressionOf(nodes, last);
    return [first === last ? value : { kind: 'spread', value, start: startOf(nodes, first), end: value.end }];
  });
}

const COMPARISONS: Readonly<Record<string, string>> = { '===': '==', '!==': '!=' };

function binary(nodes: Source, node: number): Expression {
  const [left, sign, right] = childrenOf(nodes, node);
  const operator = sign === undefined ? '' : textOf(nodes, sign);
  // Types change nothing of a value.
  if (operator === 'as' || operator === 'satisfies') return expressionOf(nodes, left);
  return joined(operator, expressionOf(nodes, left), expressionOf(nodes, right), spanOf(nodes, node));
}

const LOGICAL: Readonly<Record<string, 'and' | 'or' | '??'>> = { '&&': 'and', '||': 'or', '??': '??' };

function joined(
  sign: string,
  left: Expression,
  right: Expression,
  span: { start: number; end: number },
): Expression {
  const logical = LOGICAL[sign];
  return logical
    ? { kind: 'logical', operator: logical, left, right, ...span }
    : { kind: 'binary', operator: COMPARISONS[sign] ?? sign, left, right, ...span };
}

function unary(nodes: Source, node: number): Expression {
  const [sign, operand] = childrenOf(nodes, node);
  const operator = sign === undefined ? '' : textOf(nodes, sign);
  const value = expressionOf(nodes, operand);
  // `void start()` throws the answer away, and calls all the same.
  if (operator === 'void' && value.kind !== 'call')
    return { kind: 'constant', value: null, ...spanOf(nodes, node) };
  // `!!x` is x, as far as it can be told.
  if (operator === '!' && value.kind === 'unary' && value.operator === 'not')
    return { ...value.operand, ...spanOf(nodes, node) };
  return {
    kind: 'unary',
    operator: operator === '!' ? 'not' : operator,
    operand: value,
    ...spanOf(nodes, node),
  };
}

interface Entry {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

function object(nodes: Source, node: number): Expression {
  const entries = childrenOf(nodes, node).flatMap((child): readonly Entry[] =>
    nameOf(nodes, child) === 'Property' ? entryOf(nodes, child) : [],
  );
  return { kind: 'dictionary', entries, ...spanOf(nodes, node) };
}

function entryOf(nodes: Source, property: number): readonly Entry[] {
  const children = childrenOf(nodes, property);
  const [first] = children;
  if (first === undefined) return [];
  if (nameOf(nodes, first) === 'Spread')
    return [{ key: undefined, value: expressionOf(nodes, children.at(-1)) }];
  const key = keyOf(nodes, children);
  if (childNamed(nodes, property, 'ParamList') !== undefined)
    return [
      {
        key,
        value: nodes.read.function(nodes, property, {
          ...INLINE,
          name: key?.kind === 'string' ? key.value : '',
        }),
      },
    ];
  const colon = children.findIndex(child => nameOf(nodes, child) === ':');
  // `{ name }` is short for `{ name: name }`.
  return [{ key, value: colon === -1 ? name(nodes, first) : expressionOf(nodes, children[colon + 1]) }];
}
