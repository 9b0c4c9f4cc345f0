import type { ImportSite } from '../syntax.ts';
import { FIELDS, type FlatTree } from '../code/flat.ts';
import { gatherWords, MOST_DAMAGE, type Scanned } from '../code/scanned.ts';
import { grammar, parsed } from './grammar.ts';
import { importOf } from './imports.ts';

const typeOf = (name: string): number => grammar.names.indexOf(name);
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

/** Parses a file and notes, in one walk, which names it mentions where, what it imports and defines. */
export function scan(text: string): Scanned {
  const cells = parsed(text);
  const words = gatherWords();
  const comments: number[] = [];
  const definitions: { name: string; start: number; namedAt: number }[] = [];
  const calls: number[] = [];
  const imports: ImportSite[] = [];
  const damage: number[] = [];
  let hasWalrus = false;
  let defines = -1;
  for (let cell = 0; cell < cells.length; cell += FIELDS) {
    const type = cells[cell] ?? 0;
    if (type === VARIABLE || type === PROPERTY) {
      const start = cells[cell + 1] ?? 0;
      const word = text.slice(start, cells[cell + 2]);
      words.mention(word, start, cells[cell + FIELDS] === ARGUMENTS);
      if (defines !== -1) definitions.push({ name: word, start: defines, namedAt: start });
      defines = -1;
    } else if (type === FUNCTION || type === CLASS) defines = cells[cell + 1] ?? 0;
    else if (type === WALRUS) hasWalrus = true;
    else if (type === ARGUMENTS) calls.push(cells[cell + 1] ?? 0);
    else if (type === PRINT) {
      words.mention('print', cells[cell + 1] ?? 0, true);
      calls.push(cells[cell + 1] ?? 0);
    } else if (type === IMPORT) imports.push(...importsAt(text, cells, cell / FIELDS));
    else if (type === COMMENT) comments.push(cells[cell + 1] ?? 0, cells[cell + 2] ?? 0);
    else if (type === grammar.error && damage.length < MOST_DAMAGE)
      damage.push(...damageAt(text, cells, cell));
  }
  return {
    cells,
    ...words.grouped(),
    definitions,
    onBuiltins: new Int32Array(),
    calls: Int32Array.from(calls),
    imports,
    hasWalrus,
    comments: Int32Array.from(comments),
    damage,
  };
}

function importsAt(text: string, cells: FlatTree, node: number): readonly ImportSite[] {
  const statement = importOf({ text, cells, grammar }, node);
  const { start } = statement;
  if (statement.kind === 'import')
    return statement.modules.map(({ module, alias }) => ({
      start,
      level: 0,
      module,
      name: '',
      as: alias || (module.split('.')[0] ?? ''),
      isType: false,
    }));
  const { module, level, names } = statement;
  return names.map(({ name, alias }) => ({
    start,
    level,
    module,
    name,
    as: alias || name,
    isType: false,
  }));
}

function damageAt(text: string, cells: FlatTree, cell: number): readonly number[] {
  const at = cells[cell + 1] ?? 0;
  return isBetweenComments(text, at, cells[cell + 2] ?? 0) ? [] : [at];
}

/** The parser trips over the end of some comment lines and goes on as if nothing were: no damage. */
const isBetweenComments = (text: string, from: number, to: number): boolean =>
  text[from] === '\n' && to <= from + 1 && /^\n[ \t]*#/.test(text.slice(from, from + 200));
