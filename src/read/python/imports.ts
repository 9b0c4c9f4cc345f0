import type { Import, ImportFrom } from '../syntax.ts';
import { childrenOf, nameOf, spanOf, splitAt, textOf, type Nodes } from '../code/nodes.ts';

/** `import a.b as c` and `from ..a import (b as c, d)`. */
export function importOf(nodes: Nodes, node: number): Import | ImportFrom {
  const children = childrenOf(nodes, node).filter(child => !['(', ')'].includes(nameOf(nodes, child)));
  const [first, ...rest] = children;
  const aliased = (group: readonly number[]) => {
    const [name = [], alias = []] = splitAt(nodes, group, 'as');
    const text = (part: readonly number[]) => part.map(child => textOf(nodes, child)).join('');
    return { name: text(name), alias: text(alias) };
  };
  if (first === undefined || nameOf(nodes, first) !== 'from')
    return {
      kind: 'import',
      isType: false,
      modules: splitAt(nodes, rest, ',').map(group => {
        const { name, alias } = aliased(group);
        return { module: name, alias };
      }),
      ...spanOf(nodes, node),
    };
  const [origin = [], names = []] = splitAt(nodes, rest, 'import');
  const dotted = origin.map(child => textOf(nodes, child)).join('');
  const level = /^\.*/.exec(dotted)?.[0].length ?? 0;
  return {
    kind: 'import-from',
    isType: false,
    level,
    module: dotted.slice(level),
    names: splitAt(nodes, names, ',')
      .map(aliased)
      .filter(({ name }) => name !== ''),
    ...spanOf(nodes, node),
  };
}
