import type { Argument, Expression } from '../syntax.ts';
import { childrenOf, nameOf, spanOf, textOf } from '../code/nodes.ts';
import type { Source } from './source.ts';

/** `<Page title={title}>…</Page>` is a call of `Page`: attributes are named arguments, what is inside follows. */
export function elementOf(source: Source, node: number): Expression {
  const [open, ...inside] = childrenOf(source, node);
  const parts = open === undefined ? [] : childrenOf(source, open);
  const tag = parts.find(part =>
    /^JSX(Identifier|Builtin|MemberExpression|NamespacedName)$/.test(nameOf(source, part)),
  );
  return {
    kind: 'call',
    callee: tagOf(source, tag, node),
    args: [
      ...parts.flatMap(part => attributeOf(source, part)),
      ...inside.flatMap(part => childOf(source, part)),
    ],
    ...spanOf(source, node),
  };
}

function tagOf(source: Source, tag: number | undefined, node: number): Expression {
  const text = tag === undefined ? '' : textOf(source, tag);
  const span = spanOf(source, tag ?? node);
  const [first = '', ...rest] = text.split('.');
  // Tags of the page itself are no names.
  if (tag === undefined || nameOf(source, tag) === 'JSXBuiltin' || /[:-]/.test(text))
    return { kind: 'string', value: text, ...span };
  return rest.reduce<Expression>((object, name) => ({ kind: 'attribute', object, name, ...span }), {
    kind: 'name',
    name: first,
    ...span,
  });
}

function attributeOf(source: Source, part: number): readonly Argument[] {
  const children = childrenOf(source, part);
  const span = spanOf(source, part);
  if (nameOf(source, part) === 'JSXSpreadAttribute')
    return [{ name: '', spread: '**', value: source.read.expression(source, children.at(-2)), ...span }];
  const [name, sign, value] = children;
  if (nameOf(source, part) !== 'JSXAttribute' || name === undefined) return [];
  return [{ name: textOf(source, name), spread: '', value: valueOf(source, sign, value), ...span }];
}

function valueOf(source: Source, sign: number | undefined, value: number | undefined): Expression {
  if (sign === undefined || value === undefined) return { kind: 'constant', value: true, start: 0, end: 0 };
  if (nameOf(source, value) === 'JSXAttributeValue')
    return { kind: 'string', value: textOf(source, value).slice(1, -1), ...spanOf(source, value) };
  return nameOf(source, value) === 'JSXEscape'
    ? insideOf(source, value)
    : source.read.expression(source, value);
}

const insideOf = (source: Source, escape: number): Expression =>
  source.read.expression(source, childrenOf(source, escape).at(-2));

function childOf(source: Source, part: number): readonly Argument[] {
  const kind = nameOf(source, part);
  if (kind !== 'JSXElement' && kind !== 'JSXEscape') return [];
  const value = kind === 'JSXEscape' ? insideOf(source, part) : elementOf(source, part);
  return [{ name: '', spread: '', value, ...spanOf(source, part) }];
}
