import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { Location, SourceFile } from '../../model/index.ts';
import type { Call, Expression, Span } from '../syntax.ts';
import { bodyOf, childrenOf, expressionOf, parametersOf, spanOf, type Source } from './expressions.ts';
import { scriptsOf } from './inline.ts';

/** A name and what it may stand for, inside of a span. */
export interface ScriptBinding {
  readonly name: string;
  /** `parameter`: filled by whoever calls. `element`: of what is gone through. `import`: from another file. */
  readonly kind: 'value' | 'parameter' | 'element' | 'import';
  readonly value: Expression | undefined;
  readonly within: Span;
  /** For a parameter: the name of the function (empty when it has none), and the position. */
  readonly of: string;
  readonly position: number;
  readonly start: number;
}

export interface ScriptFunction {
  readonly name: string;
  readonly params: readonly string[];
  readonly body: Expression;
  readonly span: Span;
}

/** `element.innerHTML = value` */
export interface ScriptWrite {
  readonly target: Expression;
  readonly value: Expression;
  readonly span: Span;
}

/** The browser code of one file: a script, or the scripts inside a page. Plain data. */
export interface Script {
  readonly path: string;
  readonly writes: readonly ScriptWrite[];
  readonly calls: readonly Call[];
  readonly bindings: readonly ScriptBinding[];
  readonly functions: readonly ScriptFunction[];
  /** Values of attributes in markup inside the code: `dangerouslySetInnerHTML={…}`. */
  readonly attributes: readonly { readonly name: string; readonly value: Expression; readonly span: Span }[];
  locate(span: Span): Location;
  textOf(span: Span): string;
}

interface Found {
  readonly source: Source;
  readonly writes: ScriptWrite[];
  readonly calls: Call[];
  readonly bindings: ScriptBinding[];
  readonly functions: ScriptFunction[];
  readonly attributes: { name: string; value: Expression; span: Span }[];
}

const plain = parser.configure({ dialect: 'jsx' });
const typed = parser.configure({ dialect: 'jsx ts' });

/** Deeper code than this is left out. */
const DEEPEST = 400;

export function scriptIn(file: SourceFile): Script {
  const text = scriptsOf(file.path, file.text);
  const tree = (/\.tsx?$/.test(file.path) ? typed : plain).parse(text);
  const found: Found = {
    source: { text, depth: 0 },
    writes: [],
    calls: [],
    bindings: [],
    functions: [],
    attributes: [],
  };
  visit(found, tree.topNode, { start: 0, end: text.length }, 0);
  const { writes, calls, bindings, functions, attributes } = found;
  const lines = startsOf(text);
  return {
    path: file.path,
    writes,
    calls,
    bindings,
    functions,
    attributes,
    locate: ({ start, end }) => ({
      path: file.path,
      startLine: lineAt(lines, start),
      endLine: lineAt(lines, Math.max(start, end - 1)),
    }),
    textOf: ({ start, end }) => file.text.slice(start, end),
  };
}

/** Where the lines start. */
function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The line (from 1) that holds this offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

const SCOPES = /^(ArrowFunction|FunctionExpression|FunctionDeclaration|MethodDeclaration)$/;

function visit(found: Found, node: SyntaxNode, within: Span, depth: number): void {
  if (depth > DEEPEST) return;
  const inner = SCOPES.test(node.name) ? spanOf(node) : within;
  if (SCOPES.test(node.name)) addFunction(found, node);
  VISITORS[node.name]?.(found, node, inner);
  for (const child of childrenOf(node)) visit(found, child, inner, depth + 1);
}

type Visitor = (found: Found, node: SyntaxNode, within: Span) => void;

const VISITORS: Readonly<Record<string, Visitor>> = {
  VariableDeclaration: declaration,
  AssignmentExpression: assignment,
  ImportDeclaration: imported,
  ForOfSpec: loop,
  ForInSpec: loop,
  CallExpression(found, node) {
    const call = expressionOf(found.source, node);
    if (call.kind === 'call') found.calls.push(call);
  },
  NewExpression(found, node) {
    const call = expressionOf(found.source, node);
    if (call.kind === 'call') found.calls.push(call);
  },
  JSXAttribute(found, node) {
    const [name, , escape] = childrenOf(node);
    if (!name || escape?.name !== 'JSXEscape') return;
    const value = childrenOf(escape).find(child => child.name !== '{' && child.name !== '}');
    found.attributes.push({
      name: found.source.text.slice(name.from, name.to),
      value: expressionOf(found.source, value),
      span: spanOf(node),
    });
  },
};

const plainBinding = (
  name: SyntaxNode,
  kind: ScriptBinding['kind'],
  value: Expression | undefined,
  within: Span,
  { text }: Source,
): ScriptBinding => ({
  name: text.slice(name.from, name.to),
  kind,
  value,
  within,
  of: '',
  position: 0,
  start: name.from,
});

/** All names that a pattern binds. */
function namesIn(node: SyntaxNode, depth = 0): readonly SyntaxNode[] {
  if (node.name === 'VariableDefinition') return [node];
  return depth > 20 ? [] : childrenOf(node).flatMap(child => namesIn(child, depth + 1));
}

function declaration({ source, bindings, functions }: Found, node: SyntaxNode, within: Span): void {
  const children = childrenOf(node);
  children.forEach((child, index) => {
    const isPattern = /Pattern$/.test(child.name);
    if (child.name !== 'VariableDefinition' && !isPattern) return;
    const sign = children.slice(index + 1).findIndex(each => each.name === 'Equals' || each.name === ',');
    const hasValue = sign !== -1 && children[index + 1 + sign]?.name === 'Equals';
    const value = hasValue ? expressionOf(source, children[index + 2 + sign]) : undefined;
    for (const name of namesIn(child))
      bindings.push(plainBinding(name, isPattern ? 'element' : 'value', value, within, source));
    if (value?.kind === 'lambda' && !isPattern)
      functions.push({
        name: source.text.slice(child.from, child.to),
        params: value.params.map(each => each.name),
        body: value.body,
        span: value,
      });
  });
}

function loop({ source, bindings }: Found, node: SyntaxNode, within: Span): void {
  const children = childrenOf(node);
  const at = children.findIndex(child => child.name === 'of' || child.name === 'in');
  const value = expressionOf(source, children[at + 1]);
  const [, ...head] = children.slice(0, at);
  for (const name of head.flatMap(each => namesIn(each)))
    bindings.push(plainBinding(name, 'element', value, within, source));
}

function assignment({ source, bindings, writes }: Found, node: SyntaxNode, within: Span): void {
  const [target, , value] = childrenOf(node);
  if (!target || !value) return;
  const written = expressionOf(source, value);
  if (target.name === 'VariableName') bindings.push(plainBinding(target, 'value', written, within, source));
  else writes.push({ target: expressionOf(source, target), value: written, span: spanOf(node) });
}

function imported({ source, bindings }: Found, node: SyntaxNode, within: Span): void {
  for (const name of namesIn(node)) bindings.push(plainBinding(name, 'import', undefined, within, source));
}

function addFunction({ source, bindings, functions }: Found, node: SyntaxNode): void {
  const children = childrenOf(node);
  const own = children.find(
    child =>
      (child.name === 'VariableDefinition' && node.name !== 'ArrowFunction') ||
      child.name === 'PropertyDefinition',
  );
  const declared =
    node.parent?.name === 'VariableDeclaration' ? (node.prevSibling?.prevSibling ?? undefined) : undefined;
  const named = own ?? (declared?.name === 'VariableDefinition' ? declared : undefined);
  const name = named ? source.text.slice(named.from, named.to) : '';
  const list = children.find(child => child.name === 'ParamList');
  const single = children.find(child => child.name === 'VariableDefinition' && node.name === 'ArrowFunction');
  const params = list ? parametersOf(source, list) : [];
  const heads = list
    ? childrenOf(list).filter(child => /^(VariableDefinition|\w+Pattern)$/.test(child.name))
    : single
      ? [single]
      : [];
  heads.forEach((head, position) => {
    for (const each of namesIn(head))
      bindings.push({
        ...plainBinding(each, 'parameter', undefined, spanOf(node), source),
        of: name,
        position,
      });
  });
  if (own)
    functions.push({
      name,
      params: params.map(each => each.name),
      body: bodyOf(source, children.at(-1)),
      span: spanOf(node),
    });
}
