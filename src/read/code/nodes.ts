import { FIELDS, type FlatTree, type Grammar } from './flat.ts';

/** A flat tree with its text; nodes are numbers. */
export interface Nodes {
  readonly text: string;
  readonly cells: FlatTree;
  readonly grammar: Grammar;
}

export const nameOf = ({ cells, grammar }: Nodes, node: number): string =>
  grammar.names[cells[node * FIELDS] ?? 0] ?? '';
export const startOf = ({ cells }: Nodes, node: number): number => cells[node * FIELDS + 1] ?? 0;
export const endOf = ({ cells }: Nodes, node: number): number => cells[node * FIELDS + 2] ?? 0;
const after = ({ cells }: Nodes, node: number): number => cells[node * FIELDS + 3] ?? node + 1;

export const textOf = (nodes: Nodes, node: number): string =>
  nodes.text.slice(startOf(nodes, node), endOf(nodes, node));

export const spanOf = (nodes: Nodes, node: number): { start: number; end: number } => ({
  start: startOf(nodes, node),
  end: endOf(nodes, node),
});

/** The children, without comments. */
export function childrenOf(nodes: Nodes, node: number): number[] {
  const children: number[] = [];
  const end = after(nodes, node);
  for (let child = node + 1; child < end; child = after(nodes, child)) {
    if (!nodes.grammar.isComment[nodes.cells[child * FIELDS] ?? 0]) children.push(child);
  }
  return children;
}

/** The first child of this name. */
export function childNamed(nodes: Nodes, node: number, name: string): number | undefined {
  const end = after(nodes, node);
  for (let child = node + 1; child < end; child = after(nodes, child))
    if (nameOf(nodes, child) === name) return child;
  return undefined;
}

export const isPunctuation = ({ cells, grammar }: Nodes, node: number): boolean =>
  grammar.isPunctuation[cells[node * FIELDS] ?? 0] ?? false;

export const isWord = ({ cells, grammar }: Nodes, node: number): boolean =>
  grammar.isWord[cells[node * FIELDS] ?? 0] ?? false;

/** The children in groups, cut at the nodes of this name. */
export function splitAt(nodes: Nodes, children: readonly number[], separator: string): number[][] {
  const groups: number[][] = [[]];
  for (const child of children) {
    if (nameOf(nodes, child) === separator) groups.push([]);
    else groups.at(-1)?.push(child);
  }
  return groups;
}
