import type { Location, RenderedDocument, SourceFile } from '../../model/index.ts';
import { contentOf, linesOf } from './document.ts';
import { renderedPlaces, type Effort } from './rendered-places.ts';
import type { Tree } from './tree.ts';
import { readPlainYaml } from './yaml.ts';

/** What a template became, with the places where that stands in the template. */
export function renderedTrees(
  template: SourceFile,
  { text }: RenderedDocument,
  spent: Effort,
): readonly Tree[] {
  const trees = contentOf(readPlainYaml({ ...template, text }))?.documents ?? [];
  if (trees.length === 0) return [];
  const places = renderedPlaces(template.text, text, spent);
  const placed = ({ path, startLine, endLine }: Location): Location => {
    const lines = places.slice(startLine - 1, endLine);
    // A loop may lead back to a line above: the end is the last line of the template that has a part in it.
    return linesOf(
      path,
      lines[0] ?? 1,
      lines.reduce((last, line) => Math.max(last, line), 1),
    );
  };
  return trees.map(tree => moved(tree, placed));
}

function moved(tree: Tree, placed: (at: Location) => Location): Tree {
  const at = placed(tree.at);
  if (tree.kind === 'list') return { ...tree, at, items: tree.items.map(item => moved(item, placed)) };
  if (tree.kind !== 'map') return { ...tree, at };
  return {
    ...tree,
    at,
    entries: tree.entries.map(({ key, at: whole, keyAt, value }) => ({
      key,
      at: placed(whole),
      keyAt: placed(keyAt),
      value: moved(value, placed),
    })),
  };
}
