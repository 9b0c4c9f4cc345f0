import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document as YamlDocument,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { fileOf, type Location, type SourceFile } from '../../model/index.ts';
import { documentReader, firstLine, linesOf, problem, type Document } from './document.ts';
import { entriesOf, itemsOf, type Entry, type Scalar, type Tree } from './tree.ts';
import { hasExpression, restored, untemplate } from './yaml-template.ts';

export interface YamlContent {
  /** One tree for each document of the file; empty ones are left out. */
  readonly documents: readonly Tree[];
  /** A template language stands in it: what is read is only what stands there plainly. */
  readonly templated: boolean;
}

const MAX_CHARACTERS = 1_000_000;
/** Aliases repeat what they name; a bomb repeats it a billion times. Counted as if every alias were written out. */
const MAX_NODES = 200_000;
const MAX_DEPTH = 100;

export const readYaml = documentReader(file => parseYaml(file, untemplate(plain(file))), MAX_CHARACTERS);

/** YAML in which braces belong to the values: `${{ matrix.python }}` of a pipeline. */
export const readPlainYaml = documentReader(
  file => parseYaml(file, { text: plain(file), templated: false, expressions: [] }),
  MAX_CHARACTERS,
);

const plain = (file: SourceFile): string => file.text.replace(/^\uFEFF/, '');

function parseYaml(file: SourceFile, source: ReturnType<typeof untemplate>): Document<YamlContent> {
  const { text, templated, expressions } = source;
  if (flowDepth(text) > MAX_DEPTH) return problem('it is nested too deeply', fileOf(file.path));
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: false,
    keepSourceTokens: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const list: readonly YamlDocument[] = Array.isArray(parsed) ? parsed : [];
  const [error] = list.flatMap(document => document.errors);
  if (error && !templated) {
    const line = lines.linePos(error.pos[0]).line;
    return problem(
      /call stack/.test(error.message) ? 'it is nested too deeply' : firstLine(error),
      linesOf(file.path, line, line),
    );
  }
  const reading: Reading = { path: file.path, lines, expressions, spent: { nodes: 0 }, trees: new Map() };
  const documents = list
    .flatMap(document => (document.contents ? [treeOf(document.contents, { ...reading, document }, 0)] : []))
    .filter(tree => tree.kind !== 'scalar' || tree.value !== null);
  return { state: 'read', content: { documents, templated } };
}

interface Reading {
  readonly path: string;
  readonly lines: LineCounter;
  readonly expressions: readonly string[];
  readonly document?: YamlDocument;
  readonly spent: { nodes: number };
  /** The trees of anchored nodes, so that an alias costs nothing; with the number of nodes in each. */
  readonly trees: Map<Node, { readonly tree: Tree; readonly nodes: number }>;
}

function treeOf(node: unknown, reading: Reading, depth: number): Tree {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
  reading.spent.nodes += 1;
  if (reading.spent.nodes > MAX_NODES) throw new Error('its aliases repeat too much');
  if (isAlias(node)) return aliasOf(node, reading, depth);
  if (isScalar(node)) return scalarOf(node.value, node.source, node.tag, locate(node, reading), reading);
  const before = reading.spent.nodes;
  const tree = isMap(node) ? mapOf(node, reading, depth) : listOf(node, reading, depth);
  if (isMap(node) || isSeq(node)) {
    if (node.anchor) reading.trees.set(node, { tree, nodes: reading.spent.nodes - before });
  }
  return tree;
}

function aliasOf(node: Node, reading: Reading, depth: number): Tree {
  const target = isAlias(node) && reading.document ? node.resolve(reading.document) : undefined;
  const known = target && reading.trees.get(target);
  if (known) {
    reading.spent.nodes += known.nodes;
    if (reading.spent.nodes > MAX_NODES) throw new Error('its aliases repeat too much');
    return known.tree;
  }
  // Collections are known when they have been read to their end, so an alias to one that is not contains itself.
  return target && isScalar(target)
    ? treeOf(target, reading, depth + 1)
    : scalarOf(null, '', undefined, locate(node, reading), reading);
}

function listOf(node: unknown, reading: Reading, depth: number): Tree {
  const items = isSeq(node) ? node.items.map(item => treeOf(item, reading, depth + 1)) : [];
  return { kind: 'list', items, tag: tagOf(node), at: locate(node, reading) };
}

function mapOf(node: YAMLMap, reading: Reading, depth: number): Tree {
  const own: Entry[] = [];
  const merged: Entry[] = [];
  let open = false;
  for (const pair of node.items) {
    const entry = entryOfPair(pair, reading, depth);
    if (entry.key === '<<') {
      const sources = entry.value.kind === 'list' ? itemsOf(entry.value) : [entry.value];
      merged.push(...sources.flatMap(source => entriesOf(source)));
    } else if (hasExpression(entry.key) && entry.value.kind === 'scalar' && entry.value.value === null)
      open = true;
    else own.push({ ...entry, key: restored(entry.key, reading.expressions) });
  }
  // The first of the merged maps wins over later ones, and what stands in the map itself over all of them.
  const names = new Set(own.map(({ key }) => key));
  const inherited = merged.filter(({ key }) => !names.has(key) && names.add(key));
  return { kind: 'map', entries: [...inherited, ...own], open, tag: tagOf(node), at: locate(node, reading) };
}

function entryOfPair(pair: Pair, reading: Reading, depth: number): Entry {
  const keyAt = locate(pair.key, reading);
  const value = pair.value
    ? treeOf(pair.value, reading, depth + 1)
    : scalarOf(null, '', undefined, keyAt, reading);
  const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : '';
  // A value that comes by alias stands elsewhere; the entry is then where the key is.
  const endLine = isAlias(pair.value) ? keyAt.endLine : value.at.endLine;
  return { key, keyAt, value, at: linesOf(reading.path, keyAt.startLine, endLine) };
}

function scalarOf(
  value: unknown,
  source: string | undefined,
  tag: string | undefined,
  at: Location,
  { expressions }: Reading,
): Tree {
  const text =
    source ??
    (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '');
  if (hasExpression(text)) return { kind: 'template', text: restored(text, expressions), at };
  const plain: Scalar =
    typeof value === 'number' || typeof value === 'boolean' || value === null ? value : text;
  return { kind: 'scalar', value: plain, text, tag: tag ?? '', at };
}

const tagOf = (node: unknown): string => (isMap(node) || isSeq(node) ? (node.tag ?? '') : '');

/** The lines of a node. A block ends where its text ends, not on the blank lines and comments after it. */
function locate(node: unknown, { path, lines }: Reading): Location {
  const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : undefined;
  if (!range) return fileOf(path);
  const [start, end] = range;
  const startLine = lines.linePos(start).line;
  return linesOf(path, startLine, end > start ? lines.linePos(end - 1).line : startLine);
}

/** How deep the brackets of one line are nested: too much of it never is a document that people write. */
function flowDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === NEWLINE) depth = 0;
    else if (code === 91 || code === 123) deepest = Math.max(deepest, (depth += 1));
    else if ((code === 93 || code === 125) && depth > 0) depth -= 1;
  }
  return deepest;
}

const NEWLINE = 10;
