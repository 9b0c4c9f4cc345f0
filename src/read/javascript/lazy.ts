import type { Call, Expression, FunctionDefinition, Parameter, Span, Statement } from '../syntax.ts';
import { childNamed, childrenOf, endOf, nameOf, spanOf, startOf, textOf } from '../code/nodes.ts';
import type { Source, Standing } from './source.ts';

/** What reads the parts of a function. */
export interface PartReaders {
  parameters(source: Source, list: number): readonly Parameter[];
  annotation(source: Source, node: number): Expression;
}

/** Most functions of a repository are asked for nothing but their name: all else is read on demand, once. */
export class LazyFunction implements FunctionDefinition {
  readonly kind = 'function';
  readonly name: string;
  readonly isAsync: boolean;
  readonly isInline: boolean;
  readonly type: Expression | undefined;
  readonly isStatic: boolean;
  readonly form: FunctionDefinition['form'];
  readonly decorators: readonly Expression[];
  readonly head: Span;
  readonly start: number;
  readonly end: number;
  /** Filled while the calls around it are read. */
  readonly handedTo: { readonly call: Call; readonly position: number }[] = [];
  readonly #source: Source;
  readonly #node: number;
  readonly #parts: PartReaders;
  #params: readonly Parameter[] | undefined;
  #returns: Expression | undefined;
  #body: readonly Statement[] | undefined;

  constructor(source: Source, node: number, standing: Standing, parts: PartReaders) {
    this.#source = source;
    this.#node = node;
    this.#parts = parts;
    const children = childrenOf(source, node);
    const has = (word: string) => children.some(child => nameOf(source, child) === word);
    const own = children.find(child => /^(VariableDefinition|Private|Property)/.test(nameOf(source, child)));
    const body = this.#bodyNode();
    this.name = standing.name || (own === undefined ? '' : textOf(source, own));
    this.isAsync = has('async');
    this.isInline = standing.isInline;
    this.type = standing.type;
    this.isStatic = has('static');
    this.form =
      nameOf(source, node) === 'ArrowFunction'
        ? 'arrow'
        : has('get')
          ? 'getter'
          : has('set')
            ? 'setter'
            : 'plain';
    this.decorators = children
      .filter(child => nameOf(source, child) === 'Decorator')
      .map(child => source.read.expression(source, childrenOf(source, child)[1]));
    this.start = startOf(source, node);
    this.end = endOf(source, node);
    this.head = { start: this.start, end: body === undefined ? this.end : startOf(source, body) };
  }

  get params(): readonly Parameter[] {
    const list = childNamed(this.#source, this.#node, 'ParamList');
    return (this.#params ??= list === undefined ? [] : this.#parts.parameters(this.#source, list));
  }

  get returns(): Expression | undefined {
    const annotation = childNamed(this.#source, this.#node, 'TypeAnnotation');
    return (this.#returns ??=
      annotation === undefined ? undefined : this.#parts.annotation(this.#source, annotation));
  }

  get body(): readonly Statement[] {
    return (this.#body ??= [...this.#kept(), ...this.#written()]);
  }

  #written(): readonly Statement[] {
    const body = this.#bodyNode();
    if (body === undefined) return [];
    if (nameOf(this.#source, body) === 'Block') return this.#source.read.statements(this.#source, body);
    // `x => x + 1` returns what stands there.
    const value = this.#source.read.expression(this.#source, body);
    return [{ kind: 'return', value, ...spanOf(this.#source, body) }];
  }

  /** `constructor(private readonly users: Users)` keeps what it is given: `this.users = users`. */
  #kept(): readonly Statement[] {
    if (this.name !== 'constructor') return [];
    return this.params
      .filter(({ isKept }) => isKept)
      .map(({ name, start, end }) => ({
        kind: 'assign',
        targets: [
          { kind: 'attribute', object: { kind: 'name', name: 'this', start, end }, name, start, end },
        ],
        annotation: undefined,
        decorators: [],
        value: { kind: 'name', name, start: end, end },
        declares: 'nothing',
        start,
        end,
      }));
  }

  #bodyNode(): number | undefined {
    const block = childNamed(this.#source, this.#node, 'Block');
    if (block !== undefined || nameOf(this.#source, this.#node) !== 'ArrowFunction') return block;
    return childrenOf(this.#source, this.#node).at(-1);
  }
}
