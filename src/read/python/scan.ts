import type { ImportSite } from '../syntax.ts';
import { FIELDS, flatten, isErrorType, nodeNames, type FlatTree } from '../code/flat.ts';
import { importOf } from './imports.ts';

/** A parsed file in a form that crosses threads: the tree as numbers, and what one walk over it tells. */
export interface Scanned {
  readonly cells: FlatTree;
  readonly words: readonly string[];
  /** The places of word `n` are those from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Int32Array<ArrayBuffer>;
  readonly places: Int32Array<ArrayBuffer>;
  readonly definitions: readonly {
    readonly name: string;
    readonly start: number;
    readonly namedAt: number;
  }[];
  /** Where the arguments of calls begin, in the order of the text. */
  readonly calls: Int32Array<ArrayBuffer>;
  readonly imports: readonly ImportSite[];
  /** Whether `:=` binds a name anywhere. */
  readonly hasWalrus: boolean;
  /** Start and end of each comment. */
  readonly comments: Int32Array<ArrayBuffer>;
  /** Offsets at which the file does not parse. */
  readonly damage: readonly number[];
}

const typeOf = (name: string): number => nodeNames.indexOf(name);
const VARIABLE = typeOf('VariableName');
const PROPERTY = typeOf('PropertyName');
const ARGUMENTS = typeOf('ArgList');
const COMMENT = typeOf('Comment');
const IMPORT = typeOf('ImportStatement');
const FUNCTION = typeOf('FunctionDefinition');
const CLASS = typeOf('ClassDefinition');
/** `print x` of Python 2 is a call of `print`. */
const WALRUS = typeOf('NamedExpression');
const PRINT = typeOf('PrintStatement');

/** More damage than this says nothing new. */
const MOST_DAMAGE = 20;

/** Parses a file and notes, in one walk, which names it mentions where, what it imports and defines. */
export function scan(text: string): Scanned {
  const cells = flatten(text);
  const numbers = new Map<string, number>();
  const names: number[] = [];
  const places: number[] = [];
  const comments: number[] = [];
  const definitions: { name: string; start: number; namedAt: number }[] = [];
  const calls: number[] = [];
  const imports: ImportSite[] = [];
  const damage: number[] = [];
  const mention = (word: string, start: number, isCalled: boolean): void => {
    let number = numbers.get(word);
    if (number === undefined) numbers.set(word, (number = numbers.size));
    names.push(number);
    places.push(start * 2 + (isCalled ? 1 : 0));
  };
  let hasWalrus = false;
  let defines = -1;
  for (let cell = 0; cell < cells.length; cell += FIELDS) {
    const type = cells[cell] ?? 0;
    if (type === VARIABLE || type === PROPERTY) {
      const start = cells[cell + 1] ?? 0;
      const word = text.slice(start, cells[cell + 2]);
      mention(word, start, cells[cell + FIELDS] === ARGUMENTS);
      if (defines !== -1) definitions.push({ name: word, start: defines, namedAt: start });
      defines = -1;
    } else if (type === FUNCTION || type === CLASS) defines = cells[cell + 1] ?? 0;
    else if (type === WALRUS) hasWalrus = true;
    else if (type === ARGUMENTS) calls.push(cells[cell + 1] ?? 0);
    else if (type === PRINT) {
      mention('print', cells[cell + 1] ?? 0, true);
      calls.push(cells[cell + 1] ?? 0);
    } else if (type === IMPORT) imports.push(...importsAt(text, cells, cell / FIELDS));
    else if (type === COMMENT) comments.push(cells[cell + 1] ?? 0, cells[cell + 2] ?? 0);
    else if (isErrorType(type) && damage.length < MOST_DAMAGE) damage.push(...damageAt(text, cells, cell));
  }
  return {
    cells,
    words: [...numbers.keys()],
    ...grouped(numbers.size, names, places),
    definitions,
    calls: Int32Array.from(calls),
    imports,
    hasWalrus,
    comments: Int32Array.from(comments),
    damage,
  };
}

/** The buffers that are moved to another thread instead of being copied. */
export const buffersOf = ({ cells, starts, places, calls, comments }: Scanned): readonly ArrayBuffer[] =>
  [cells, starts, places, calls, comments].map(({ buffer }) => buffer);

/** Places by word, each group in the order of the text: a counting sort. */
function grouped(
  words: number,
  names: readonly number[],
  places: readonly number[],
): Pick<Scanned, 'starts' | 'places'> {
  const starts = new Int32Array(words + 1);
  for (const name of names) starts[name + 1] = (starts[name + 1] ?? 0) + 1;
  for (let word = 0; word < words; word++) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0);
  const next = starts.slice();
  const sorted = new Int32Array(places.length);
  names.forEach((name, index) => {
    const at = next[name] ?? 0;
    sorted[at] = places[index] ?? 0;
    next[name] = at + 1;
  });
  return { starts, places: sorted };
}

function importsAt(text: string, cells: FlatTree, node: number): readonly ImportSite[] {
  const statement = importOf({ text, cells }, node);
  const { start } = statement;
  if (statement.kind === 'import')
    return statement.modules.map(({ module, alias }) => ({
      start,
      level: 0,
      module,
      name: '',
      as: alias || (module.split('.')[0] ?? ''),
    }));
  const { module, level, names } = statement;
  return names.map(({ name, alias }) => ({ start, level, module, name, as: alias || name }));
}

function damageAt(text: string, cells: FlatTree, cell: number): readonly number[] {
  const at = cells[cell + 1] ?? 0;
  return isBetweenComments(text, at, cells[cell + 2] ?? 0) ? [] : [at];
}

/** The parser trips over the end of some comment lines and goes on as if nothing were: no damage. */
const isBetweenComments = (text: string, from: number, to: number): boolean =>
  text[from] === '\n' && to <= from + 1 && /^\n[ \t]*#/.test(text.slice(from, from + 200));
