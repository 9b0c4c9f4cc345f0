import type { Argument, ClassDefinition, Expression, Statement } from '../syntax.ts';
import { childNamed, childrenOf, endOf, nameOf, spanOf, startOf, textOf } from '../code/nodes.ts';
import { keyOf } from './patterns.ts';
import { DECLARED, type Source } from './source.ts';
import { annotationOf } from './types.ts';

/** A class; `name` is what a variable calls it when it has no name of its own. */
export function classOf(source: Source, node: number, name: string): ClassDefinition {
  const children = childrenOf(source, node);
  const own = children.find(child => nameOf(source, child) === 'VariableDefinition');
  const body = childNamed(source, node, 'ClassBody');
  const word = children.find(child => nameOf(source, child) === 'class') ?? node;
  return new LazyClass(source, body, {
    name: own === undefined ? name : textOf(source, own),
    decorators: decoratorsIn(source, children),
    bases: basesIn(source, children),
    head: { start: startOf(source, word), end: startOf(source, body ?? word) },
    start: startOf(source, node),
    end: endOf(source, node),
  });
}

type Head = Pick<ClassDefinition, 'name' | 'decorators' | 'bases' | 'head' | 'start' | 'end'>;

class LazyClass implements ClassDefinition {
  readonly kind = 'class';
  readonly name: string;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Argument[];
  readonly head: ClassDefinition['head'];
  readonly start: number;
  readonly end: number;
  readonly #source: Source;
  readonly #node: number | undefined;
  #body: readonly Statement[] | undefined;

  constructor(source: Source, node: number | undefined, head: Head) {
    this.#source = source;
    this.#node = node;
    this.name = head.name;
    this.decorators = head.decorators;
    this.bases = head.bases;
    this.head = head.head;
    this.start = head.start;
    this.end = head.end;
  }

  get body(): readonly Statement[] {
    return (this.#body ??=
      this.#node === undefined
        ? []
        : childrenOf(this.#source, this.#node).flatMap(child => itemOf(this.#source, child)));
  }
}

const decoratorsIn = (source: Source, children: readonly number[]): readonly Expression[] =>
  children
    .filter(child => nameOf(source, child) === 'Decorator')
    .map(child => source.read.expression(source, childrenOf(source, child)[1]));

function basesIn(source: Source, children: readonly number[]): readonly Argument[] {
  const at = children.findIndex(child => nameOf(source, child) === 'extends');
  const base = at === -1 ? undefined : children[at + 1];
  if (base === undefined) return [];
  return [{ name: '', spread: '', value: source.read.expression(source, base), ...spanOf(source, base) }];
}

function itemOf(source: Source, item: number): readonly Statement[] {
  switch (nameOf(source, item)) {
    case 'MethodDeclaration':
      return [source.read.function(source, item, DECLARED)];
    case 'PropertyDeclaration':
      return [fieldOf(source, item)];
    case 'StaticBlock': {
      const block = childNamed(source, item, 'Block');
      return block === undefined ? [] : source.read.statements(source, block);
    }
    default:
      return [];
  }
}

/** `private readonly users: Users = new Users()` */
function fieldOf(source: Source, item: number): Statement {
  const children = childrenOf(source, item);
  const key = keyOf(source, children);
  const annotation = childNamed(source, item, 'TypeAnnotation');
  const type = annotation === undefined ? undefined : annotationOf(source, annotation);
  const sign = children.findIndex(child => nameOf(source, child) === 'Equals');
  const span = spanOf(source, item);
  const name = key?.kind === 'string' ? key.value : '';
  return {
    kind: 'assign',
    targets: [{ kind: 'name', name, start: key?.start ?? span.start, end: key?.end ?? span.start }],
    annotation: type,
    value: sign === -1 ? undefined : valueOf(source, children[sign + 1], name, type),
    decorators: decoratorsIn(source, children),
    declares: 'block',
    ...span,
  };
}

/** What a name is given: a function or class is known by that name. */
export function valueOf(
  source: Source,
  node: number | undefined,
  name: string,
  type?: Expression,
): Expression {
  if (node !== undefined && name !== '') {
    const kind = nameOf(source, node);
    if (kind === 'ArrowFunction' || kind === 'FunctionExpression')
      return source.read.function(source, node, { ...DECLARED, name, type });
    if (kind === 'ClassExpression') return source.read.class(source, node, name);
  }
  return source.read.expression(source, node);
}
