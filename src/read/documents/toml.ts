import { parse, TomlDate, TomlError, type TomlValue } from 'smol-toml';
import { fileOf, type SourceFile } from '../../model/index.ts';
import { documentReader, firstLine, linesOf, problem, type Document } from './document.ts';
import { placesOf, type Places } from './toml-places.ts';
import type { Tree } from './tree.ts';

/** TOML with the lines of its keys and items. */
export const readToml = documentReader(
  (file: SourceFile): Document<Tree> => parseToml(file.text, file.path),
  5_000_000,
);

export function parseToml(source: string, path: string): Document<Tree> {
  const text = source.replace(/^\uFEFF/, '');
  try {
    return { state: 'read', content: treeOf(parse(text), placesOf(text), path) };
  } catch (thrown) {
    const at = thrown instanceof TomlError ? linesOf(path, thrown.line, thrown.line) : fileOf(path);
    return problem(firstLine(thrown), at);
  }
}

function treeOf(value: TomlValue, place: Places, path: string): Tree {
  const at = linesOf(path, place.startLine, place.endLine);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => treeOf(item, place.items[index] ?? place, path));
    return { kind: 'list', items, tag: '', at };
  }
  if (typeof value === 'object' && !(value instanceof TomlDate)) {
    const entries = Object.entries(value).map(([key, inner]) => {
      const below = place.keys.get(key) ?? place;
      const keyAt = linesOf(path, below.startLine, below.startLine);
      return {
        key,
        keyAt,
        value: treeOf(inner, below, path),
        at: linesOf(path, below.startLine, below.endLine),
      };
    });
    return { kind: 'map', entries, open: false, tag: '', at };
  }
  const plain =
    value instanceof TomlDate ? value.toISOString() : typeof value === 'bigint' ? Number(value) : value;
  return { kind: 'scalar', value: plain, text: String(plain), tag: '', at };
}
