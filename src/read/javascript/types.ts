import type { Expression } from '../syntax.ts';
import { childNamed, childrenOf, isPunctuation, nameOf, spanOf, textOf } from '../code/nodes.ts';
import type { Source } from './source.ts';

/** `: Service`, `: Repository<User>`, `: Promise<Row | null>` */
export const annotationOf = (nodes: Source, node: number): Expression =>
  typeOf(
    nodes,
    childrenOf(nodes, node).find(child => !isPunctuation(nodes, child)),
  );

function typeOf(nodes: Source, node: number | undefined): Expression {
  if (node === undefined) return nodes.read.expression(nodes, node);
  const children = childrenOf(nodes, node);
  const span = spanOf(nodes, node);
  switch (nameOf(nodes, node)) {
    case 'TypeName':
      return nodes.read.expression(nodes, node);
    case 'ParameterizedType': {
      const list = childNamed(nodes, node, 'TypeArgList');
      const items = list === undefined ? [] : childrenOf(nodes, list).slice(1, -1);
      return {
        kind: 'subscript',
        object: typeOf(nodes, children[0]),
        index: {
          kind: 'collection',
          form: 'tuple',
          items: items.filter(item => !isPunctuation(nodes, item)).map(item => typeOf(nodes, item)),
          ...span,
        },
        ...span,
      };
    }
    case 'IndexedType': {
      const [object, dot, property] = children;
      return dot !== undefined && nameOf(nodes, dot) === '.' && property !== undefined
        ? { kind: 'attribute', object: typeOf(nodes, object), name: textOf(nodes, property), ...span }
        : { kind: 'unreadable', ...span };
    }
    case 'UnionType':
    case 'IntersectionType':
      return children
        .filter(child => nameOf(nodes, child) !== 'LogicOp')
        .map(child => typeOf(nodes, child))
        .reduce((left, right) => ({ kind: 'binary', operator: '|', left, right, ...span }));
    case 'TypeofType':
      return nodes.read.expression(nodes, children[1]);
    case 'ParenthesizedType':
    case 'ReadonlyType':
      return typeOf(nodes, children[1]);
    default:
      return { kind: 'unreadable', ...span };
  }
}
