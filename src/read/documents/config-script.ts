import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { SourceFile } from '../../model/index.ts';
import { documentReader, lineFinder, linesOf, problem, type Document } from './document.ts';
import type { Entry, Scalar, Tree } from './tree.ts';

/** Code is put behind code this often before it is left as text. */
const DEEPEST = 40;

/**
 * What a settings file in JavaScript or TypeScript exports, as far as it is written down: objects, lists, texts, and
 * constants of the same file. Anything that is worked out stands as its own code (`template`).
 */
export const readConfigScript = documentReader((file: SourceFile): Document<Tree> => {
  const dialect = /\.[cm]?ts$/.test(file.path) ? 'ts' : '';
  const root = parser.configure({ dialect }).parse(file.text).topNode;
  const source: Source = {
    file,
    line: lineFinder(file.text),
    constants: constantsIn(root, file.text),
    depth: 0,
  };
  const exported = exportedFrom(root, file.text);
  return exported
    ? { state: 'read', content: treeOf(source, exported) }
    : problem('nothing is exported', linesOf(file.path, 1, 1));
}, 500_000);

interface Source {
  readonly file: SourceFile;
  readonly line: (offset: number) => number;
  readonly constants: ReadonlyMap<string, SyntaxNode>;
  readonly depth: number;
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!/^(LineComment|BlockComment)$/.test(child.name)) children.push(child);
  return children;
}

const textAt = (text: string, { from, to }: SyntaxNode): string => text.slice(from, to);

/** `const settings = {…}` at the top of a file. */
function constantsIn(root: SyntaxNode, text: string): ReadonlyMap<string, SyntaxNode> {
  const constants = new Map<string, SyntaxNode>();
  for (const statement of childrenOf(root)) {
    const declaration =
      statement.name === 'ExportDeclaration' ? statement.getChild('VariableDeclaration') : statement;
    if (declaration?.name !== 'VariableDeclaration') continue;
    const name = declaration.getChild('VariableDefinition');
    const value = valueBehind(declaration, 'Equals');
    if (name && value) constants.set(textAt(text, name), value);
  }
  return constants;
}

/** The expression that stands behind a sign. */
const valueBehind = (node: SyntaxNode, sign: string): SyntaxNode | undefined => {
  const children = childrenOf(node);
  const index = children.findIndex(child => child.name === sign);
  return index === -1 ? undefined : children[index + 1];
};

/** `export default X`, `module.exports = X`, `exports.default = X`. */
function exportedFrom(root: SyntaxNode, text: string): SyntaxNode | undefined {
  return childrenOf(root).flatMap(statement => {
    if (statement.name === 'ExportDeclaration') return valueBehind(statement, 'default') ?? [];
    const assignment = statement.getChild('AssignmentExpression');
    const target = assignment?.firstChild;
    return assignment && target && /^(module\.)?exports(\.default)?$/.test(textAt(text, target))
      ? (valueBehind(assignment, 'Equals') ?? [])
      : [];
  })[0];
}

function treeOf(before: Source, node: SyntaxNode): Tree {
  const source = { ...before, depth: before.depth + 1 };
  const read = source.depth > DEEPEST ? undefined : READERS[node.name]?.(source, node);
  return read ?? asCode(source, node);
}

const placeOf = ({ file, line }: Source, { from, to }: SyntaxNode) =>
  linesOf(file.path, line(from), line(Math.max(from, to - 1)));

const asCode = (source: Source, node: SyntaxNode): Tree => ({
  kind: 'template',
  text: textAt(source.file.text, node),
  at: placeOf(source, node),
});

const scalar = (source: Source, node: SyntaxNode, value: Scalar, text: string): Tree => ({
  kind: 'scalar',
  value,
  text,
  tag: '',
  at: placeOf(source, node),
});

const SIGNS = /^[()[\]{},:;]$/;
const partsOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  childrenOf(node).filter(child => !SIGNS.test(child.name) && child.name !== 'TypeArgList');

/** What wraps a value and leaves it what it is, or adds to it. */
const inner = (source: Source, node: SyntaxNode): Tree | undefined => {
  const [value] = partsOf(node);
  return value && treeOf(source, value);
};

const READERS: Readonly<Record<string, (source: Source, node: SyntaxNode) => Tree | undefined>> = {
  String: (source, node) => {
    const text = textAt(source.file.text, node).slice(1, -1).replace(/\\(.)/g, '$1');
    return scalar(source, node, text, text);
  },
  TemplateString: (source, node) => {
    const text = textAt(source.file.text, node).slice(1, -1);
    return node.getChild('Interpolation') ? undefined : scalar(source, node, text, text);
  },
  Number: (source, node) => {
    const text = textAt(source.file.text, node);
    return scalar(source, node, Number(text), text);
  },
  BooleanLiteral: (source, node) => {
    const text = textAt(source.file.text, node);
    return scalar(source, node, text === 'true', text);
  },
  null: (source, node) => scalar(source, node, null, 'null'),
  VariableName: (source, node) => {
    const value = source.constants.get(textAt(source.file.text, node));
    return value && treeOf(source, value);
  },
  ParenthesizedExpression: inner,
  SatisfiesExpression: inner,
  AsExpression: inner,
  BinaryExpression: (source, node) =>
    // Older grammars read `x satisfies T` and `x as T` as signs between two values.
    /\b(as|satisfies)\b/.test(childrenOf(node)[1]?.name ?? '') ? inner(source, node) : undefined,
  ArrayExpression: (source, node) => ({
    kind: 'list',
    items: partsOf(node).map(item => treeOf(source, item)),
    tag: '',
    at: placeOf(source, node),
  }),
  ObjectExpression: object,
  // `defineConfig({…})`, `withBundleAnalyzer(nextConfig)`: the settings are what is given first.
  CallExpression: (source, node) => {
    const list = node.getChild('ArgList');
    const trees = (list ? partsOf(list) : []).map(argument => treeOf(source, argument));
    return trees.find(({ kind }) => kind === 'map' || kind === 'list');
  },
  ArrowFunction: returned,
  FunctionExpression: returned,
};

function object(source: Source, node: SyntaxNode): Tree {
  const entries: Entry[] = [];
  let open = false;
  for (const property of node.getChildren('Property')) {
    const [first, second] = partsOf(property);
    if (first?.name === 'Spread') {
      const spread = second && treeOf(source, second);
      if (spread?.kind === 'map') entries.push(...spread.entries);
      else open = true;
      continue;
    }
    if (!first) continue;
    const method = first.name === 'PropertyDefinition' ? undefined : property.getChild('PropertyDefinition');
    if (method) {
      const key = textAt(source.file.text, method);
      entries.push({
        key,
        keyAt: placeOf(source, method),
        value: asCode(source, property),
        at: placeOf(source, property),
      });
      continue;
    }
    const key = textAt(source.file.text, first).replace(/^(["'])(.*)\1$/, '$2');
    const value = second ? treeOf(source, second) : treeOf(source, first);
    entries.push({ key, keyAt: placeOf(source, first), value, at: placeOf(source, property) });
  }
  return { kind: 'map', entries, open, tag: '', at: placeOf(source, node) };
}

/** `() => ({…})`, `function () { return {…} }`. */
function returned(source: Source, node: SyntaxNode): Tree | undefined {
  const block = node.getChild('Block');
  const statement = block?.getChildren('ReturnStatement').at(-1);
  const value = block
    ? statement && childrenOf(statement).find(({ name }) => name !== 'return' && name !== ';')
    : valueBehind(node, 'Arrow');
  return value && treeOf(source, value);
}
