import type { Dictionary, Expression, Parameter } from '../syntax.ts';
import { childrenOf, endOf, nameOf, spanOf, splitAt, startOf, textOf } from '../code/nodes.ts';
import type { Source } from './source.ts';
import { annotationOf } from './types.ts';

/** The key of a property: a word, a text, a number, or something in brackets. */
export function keyOf(nodes: Source, children: readonly number[]): Expression | undefined {
  const at = children.findIndex(child =>
    /^(PropertyDefinition|PropertyName|PrivatePropertyDefinition|VariableDefinition|String|Number|\[)$/.test(
      nameOf(nodes, child),
    ),
  );
  const key = children[at];
  if (key === undefined) return undefined;
  switch (nameOf(nodes, key)) {
    case '[':
      return nodes.read.expression(nodes, children[at + 1]);
    case 'String':
    case 'Number':
      return nodes.read.expression(nodes, key);
    default:
      // A quoted name of an enum stands here as a word; see gaps.ts.
      return {
        kind: 'string',
        value: textOf(nodes, key).replace(/^(['"])(.*)\1$/, '$2'),
        ...spanOf(nodes, key),
      };
  }
}

/** `{ a, b: c, d = 1, ...rest }` on the left side or as a parameter; a default is written with `??`. */
export function objectPattern(nodes: Source, node: number): Expression {
  const entries = childrenOf(nodes, node).flatMap((child): Dictionary['entries'] => {
    if (nameOf(nodes, child) !== 'PatternProperty') return [];
    const children = childrenOf(nodes, child);
    const [first] = children;
    if (first === undefined) return [];
    if (nameOf(nodes, first) === 'Spread')
      return [{ key: undefined, value: nodes.read.expression(nodes, children.at(-1)) }];
    const colon = children.findIndex(each => nameOf(nodes, each) === ':');
    const target = children.slice(colon === -1 ? 0 : colon + 1);
    return [{ key: keyOf(nodes, children), value: patternOf(nodes, target, child) }];
  });
  return { kind: 'dictionary', entries, ...spanOf(nodes, node) };
}

/** `target`, `target = fallback`, `...target` */
function patternOf(nodes: Source, group: readonly number[], around: number): Expression {
  const [first] = group;
  if (first === undefined) return { kind: 'unreadable', ...spanOf(nodes, around) };
  if (nameOf(nodes, first) === 'Spread')
    return { kind: 'spread', value: nodes.read.expression(nodes, group[1]), ...spanOf(nodes, around) };
  const sign = group.findIndex(child => nameOf(nodes, child) === 'Equals');
  const target = nodes.read.expression(nodes, first);
  if (sign === -1) return target;
  const right = nodes.read.expression(nodes, group[sign + 1]);
  return { kind: 'logical', operator: '??', left: target, right, start: target.start, end: right.end };
}

/** `[a, , b = 1, ...rest]` */
export const arrayPattern = (nodes: Source, node: number): Expression => ({
  kind: 'collection',
  form: 'tuple',
  items: splitAt(nodes, childrenOf(nodes, node).slice(1, -1), ',').map(group =>
    patternOf(nodes, group, node),
  ),
  ...spanOf(nodes, node),
});

/** The parameters between the parentheses, or the one that stands without any. */
export function parametersOf(nodes: Source, list: number): Parameter[] {
  const children = childrenOf(nodes, list).filter(child => !['(', ')'].includes(nameOf(nodes, child)));
  return splitAt(nodes, children, ',').flatMap(group => parameterOf(nodes, group) ?? []);
}

function parameterOf(nodes: Source, group: readonly number[]): Parameter | undefined {
  const target = group.find(child =>
    /^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(nameOf(nodes, child)),
  );
  if (target === undefined) return undefined;
  const named = (wanted: string) => group.find(child => nameOf(nodes, child) === wanted);
  const isPattern = nameOf(nodes, target) !== 'VariableDefinition';
  const annotation = named('TypeAnnotation');
  const sign = group.findIndex(child => nameOf(nodes, child) === 'Equals');
  const last = group.at(-1) ?? target;
  return {
    // What is taken apart at once has no name: nothing else can be called by this one.
    name: isPattern ? `{${startOf(nodes, target)}}` : textOf(nodes, target),
    spread: named('Spread') === undefined ? '' : '*',
    pattern: isPattern ? nodes.read.expression(nodes, target) : undefined,
    isKept: group.some(child => /^(Privacy|readonly)$/.test(nameOf(nodes, child))),
    annotation: annotation === undefined ? undefined : annotationOf(nodes, annotation),
    fallback: sign === -1 ? undefined : nodes.read.expression(nodes, group[sign + 1]),
    decorators: group
      .filter(child => nameOf(nodes, child) === 'Decorator')
      .map(child => nodes.read.expression(nodes, childrenOf(nodes, child)[1])),
    start: startOf(nodes, target),
    end: endOf(nodes, last),
  };
}
