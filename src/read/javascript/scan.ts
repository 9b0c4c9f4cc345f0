import type { ImportSite } from '../syntax.ts';
import { FIELDS, type FlatTree } from '../code/flat.ts';
import { gatherWords, MOST_DAMAGE, type Gathered, type Scanned } from '../code/scanned.ts';
import { grammar, parsed } from './grammar.ts';
import { exportOf, importsOf } from './imports.ts';
import { valueOfString } from './strings.ts';

const typesOf = (...names: readonly string[]): readonly boolean[] =>
  grammar.names.map(name => names.includes(name));

const isName = typesOf(
  'VariableName',
  'VariableDefinition',
  'PropertyName',
  'PropertyDefinition',
  'PrivatePropertyName',
  'PrivatePropertyDefinition',
  'TypeName',
  'TypeDefinition',
  'JSXIdentifier',
);
/** Names that a declaration, a member or an assignment gives to its value. */
const isGiven = typesOf(
  'VariableDefinition',
  'PropertyDefinition',
  'PropertyName',
  'PrivatePropertyDefinition',
);
const isFunctionValue = typesOf('ArrowFunction', 'FunctionExpression', 'ClassExpression');
/** What bears its name inside of it. */
const isNamed = typesOf(
  'FunctionDeclaration',
  'FunctionExpression',
  'ClassDeclaration',
  'ClassExpression',
  'MethodDeclaration',
  'Property',
);
/** Behind these no name of the definition around them can follow. */
const endsNaming = typesOf('ParamList', 'ClassBody', 'extends', 'Spread', ':');

const isArguments = typesOf('ArgList');
const isTypeArguments = typesOf('TypeArgList');
const isTypeAnnotation = typesOf('TypeAnnotation');
const isOptionalCall = typesOf('?.');
const isTemplate = typesOf('TemplateString');
const isTagStart = typesOf('JSXStartTag');
const isBuiltinTag = typesOf('JSXBuiltin');
const isDecorator = typesOf('Decorator');
const isNew = typesOf('NewExpression');
const isEquals = typesOf('Equals');
const isColon = typesOf(':');
const isImport = typesOf('ImportDeclaration');
const isExport = typesOf('ExportDeclaration');
const isDynamicImport = typesOf('DynamicImport');
const isCall = typesOf('CallExpression');
const isString = typesOf('String');
const isVariable = typesOf('VariableName');
const isDefinition = typesOf('VariableDefinition');
const isAssignment = typesOf('AssignmentExpression');
/** `Map<string, number>` where it is made. */
const isTyped = typesOf('InstantiationExpression');
const isDeclaring = typesOf('const', 'let', 'var');
const isMember = typesOf('PropertyName', 'PrivatePropertyName');
const isThis = typesOf('this');
const isDot = typesOf('.', '?.');
const isStatement = typesOf('ExpressionStatement');
const isAwait = typesOf('AwaitExpression');

/** Classes of the language whose objects no library extends. */
const BUILTINS = new Set(
  'Map Set WeakMap WeakSet Array Date RegExp URLSearchParams Headers FormData'.split(' '),
);

/** Whether a node of these types stands in a cell. */
const stands = (types: readonly boolean[], cells: FlatTree, cell: number): boolean =>
  types[cells[cell] ?? -1] ?? false;

interface Found {
  readonly text: string;
  readonly cells: FlatTree;
  readonly words: Gathered;
  readonly definitions: { name: string; start: number; namedAt: number }[];
  readonly calls: number[];
  readonly imports: ImportSite[];
  readonly builtins: Builtins;
  /** Where the last `new` expression ends: a name that ends there is made without arguments. */
  madeUntil: number;
  /** What is being named starts here (-1 for nothing); from which cell on a name is its own. */
  readonly naming: { start: number; from: number };
}

/** Names that are given to objects of the language's own classes, and what is called on them. */
interface Builtins {
  readonly made: Set<string>;
  /** Names that are given to anything else, somewhere in the file. */
  readonly other: Set<string>;
  readonly calls: { readonly on: string; readonly at: number }[];
}

/** Parses a file and notes, in one walk, which names it mentions where, what it imports and defines. */
export function scan(text: string, path: string): Scanned {
  const cells = parsed(text, path);
  const found: Found = {
    text,
    cells,
    words: gatherWords(),
    definitions: [],
    calls: [],
    imports: [],
    builtins: { made: new Set(), other: new Set(), calls: [] },
    madeUntil: -1,
    naming: { start: -1, from: 0 },
  };
  const comments: number[] = [];
  const damage: number[] = [];
  let hasWalrus = false;
  for (let cell = 0; cell < cells.length; cell += FIELDS) {
    const type = cells[cell] ?? 0;
    if (isName[type]) nameAt(found, cell);
    else if (isNamed[type]) beginNaming(found, cell);
    else if (isDecorator[type]) found.naming.from = (cells[cell + 3] ?? 0) * FIELDS;
    else if (endsNaming[type]) endNaming(found, cell);
    else if (grammar.isComment[type]) comments.push(cells[cell + 1] ?? 0, cells[cell + 2] ?? 0);
    else if (isAssignment[type]) {
      hasWalrus ||= !stands(isStatement, cells, cell - FIELDS);
      assigned(found, cell);
    } else if (type === grammar.error && damage.length < MOST_DAMAGE) damage.push(cells[cell + 1] ?? 0);
    else noteAt(found, cell, type);
  }
  return {
    cells,
    ...found.words.grouped(),
    definitions: found.definitions,
    calls: Int32Array.from(found.calls).sort(),
    onBuiltins: onBuiltins(found.builtins),
    imports: found.imports,
    hasWalrus,
    comments: Int32Array.from(comments),
    damage,
  };
}

function nameAt(found: Found, cell: number): void {
  const { cells, naming } = found;
  const isOwn = isGiven[cells[cell] ?? 0] === true;
  if (isOwn && naming.start !== -1 && cell >= naming.from) {
    define(found, cell, naming.start);
    naming.start = -1;
  } else if (isOwn) defineValue(found, cell);
  if (isOwn) given(found, cell);
  mentionAt(found, cell);
}

/** `const seen = new Map()`, `private readonly seen = new Map()`; else the name is given to something else. */
function given({ text, cells, builtins }: Found, cell: number): void {
  // A member that is only read is no name of its own.
  if (stands(isMember, cells, cell) && stands(isDot, cells, cell - FIELDS)) return;
  const next = behindType(cells, (cells[cell + 3] ?? 0) * FIELDS);
  const isMade = stands(isEquals, cells, next) && stands(isNew, cells, next + FIELDS);
  const made = next + (stands(isTyped, cells, next + FIELDS * 3) ? FIELDS * 4 : FIELDS * 3);
  const isBuiltin =
    isMade &&
    stands(isVariable, cells, made) &&
    // What a parameter has without an argument says nothing of its arguments.
    (!stands(isDefinition, cells, cell) || stands(isDeclaring, cells, cell - FIELDS)) &&
    BUILTINS.has(text.slice(cells[made + 1], cells[made + 2]));
  builtins[isBuiltin ? 'made' : 'other'].add(text.slice(cells[cell + 1], cells[cell + 2]));
}

/** `seen = load()`, `this.seen = load()`: what stands on the left is given to something that is not looked at. */
function assigned({ text, cells, builtins }: Found, cell: number): void {
  const end = (cells[cell + FIELDS + 3] ?? 0) * FIELDS;
  const name = end - FIELDS;
  builtins.other.add(text.slice(cells[name + 1], cells[name + 2]));
}

const onBuiltins = ({ made, other, calls }: Builtins): Int32Array<ArrayBuffer> =>
  Int32Array.from(calls.flatMap(({ on, at }) => (made.has(on) && !other.has(on) ? [at] : [])));

/** `seen.get(…)`, `this.seen.get(…)` */
function calledOn({ text, cells, builtins }: Found, cell: number, at: number): void {
  const object = cell - 2 * FIELDS;
  if (!stands(isDot, cells, cell - FIELDS)) return;
  const isOwnMember =
    stands(isMember, cells, object) &&
    stands(isDot, cells, object - FIELDS) &&
    stands(isThis, cells, object - 2 * FIELDS);
  if (isOwnMember || stands(isVariable, cells, object))
    builtins.calls.push({ on: text.slice(cells[object + 1], cells[object + 2]), at });
}

const behindType = (cells: FlatTree, cell: number): number =>
  stands(isTypeAnnotation, cells, cell) ? (cells[cell + 3] ?? 0) * FIELDS : cell;

function beginNaming({ cells, naming, calls }: Found, cell: number): void {
  const start = cells[cell + 1] ?? 0;
  naming.start = stands(isProperty, cells, cell) && !hasParameters(cells, cell) ? -1 : start;
  naming.from = cell;
  if (stands(isFunctionValue, cells, cell)) calls.push(start);
}

/** An arrow function has parameters, but no name. */
function endNaming({ naming }: Found, cell: number): void {
  if (cell >= naming.from) naming.start = -1;
}

/** Calls, and what brings other modules. */
function noteAt(found: Found, cell: number, type: number): void {
  const { text, cells, imports } = found;
  if (isArguments[type] || isFunctionValue[type]) found.calls.push(cells[cell + 1] ?? 0);
  else if (isImport[type]) imports.push(...importsOf({ text, cells, grammar }, cell / FIELDS));
  else if (isExport[type]) imports.push(...exportedFrom(found, cell));
  else if (isDynamicImport[type]) loadAt(found, cell, cell + FIELDS * 3);
  else if (isNew[type]) found.madeUntil = cells[cell + 2] ?? 0;
}

const isProperty = typesOf('Property');

const isParameters = typesOf('ParamList');

/** `{ list() {…} }` is a method, `{ list: … }` is not. */
function hasParameters(cells: FlatTree, cell: number): boolean {
  const end = cells[cell + 3] ?? 0;
  for (let child = cell / FIELDS + 1; child < end; child = cells[child * FIELDS + 3] ?? end)
    if (stands(isParameters, cells, child * FIELDS)) return true;
  return false;
}

function define({ text, cells, definitions }: Found, cell: number, start: number): void {
  const namedAt = cells[cell + 1] ?? 0;
  definitions.push({ name: text.slice(namedAt, cells[cell + 2]), start, namedAt });
}

/** `const list = async () => …`, `list: () => …`, `exports.list = function …` */
function defineValue(found: Found, cell: number): void {
  const { cells } = found;
  const next = behindType(cells, (cells[cell + 3] ?? 0) * FIELDS);
  if (!stands(isEquals, cells, next) && !stands(isColon, cells, next)) return;
  const value = next + FIELDS;
  if (stands(isFunctionValue, cells, value)) define(found, cell, cells[value + 1] ?? 0);
}

function mentionAt(found: Found, cell: number): void {
  const { text, cells, words, calls } = found;
  const start = cells[cell + 1] ?? 0;
  const word = text.slice(start, cells[cell + 2]);
  const isCalled = isCalledAt(cells, cell) || cells[cell + 2] === found.madeUntil;
  words.mention(word, start, isCalled);
  if (isCalled && !stands(isArguments, cells, cell + FIELDS)) calls.push(start);
  if (isCalled) calledOn(found, cell, start);
  if (word === 'require' && stands(isVariable, cells, cell) && stands(isArguments, cells, cell + FIELDS))
    loadAt(found, cell - FIELDS, cell + FIELDS * 3);
}

function isCalledAt(cells: FlatTree, cell: number): boolean {
  let next = cell + FIELDS;
  if (stands(isTypeArguments, cells, next)) next = (cells[next + 3] ?? 0) * FIELDS;
  if (stands(isOptionalCall, cells, next)) next += FIELDS;
  if (stands(isArguments, cells, next) || stands(isTemplate, cells, next)) return true;
  const before = cell - FIELDS;
  return (
    stands(isTagStart, cells, before) ||
    (stands(isBuiltinTag, cells, before) && stands(isTagStart, cells, cell - 2 * FIELDS))
  );
}

/** `require("x")` and `import("x")` of a name that is written there. */
function loadAt(found: Found, call: number, argument: number): void {
  const { text, cells, imports, words } = found;
  if (!stands(isString, cells, argument)) return;
  const module = valueOfString(text.slice(cells[argument + 1], cells[argument + 2]));
  const start = cells[call + 1] ?? 0;
  imports.push({ start, level: 0, module, name: '', as: keptAs(found, call), isType: false });
  const next = (cells[call + 3] ?? 0) * FIELDS;
  // `require("x")(…)` calls what the module gives.
  if (stands(isCall, cells, call) && stands(isArguments, cells, next)) words.mention(module, start, true);
}

/** The variable that a loaded module is given to; empty when it is used in place. */
function keptAs({ text, cells }: Found, call: number): string {
  let before = call - FIELDS;
  if (stands(isAwait, cells, before)) before -= FIELDS;
  if (!stands(isEquals, cells, before) || !stands(isDefinition, cells, before - FIELDS)) return '';
  return text.slice(cells[before - FIELDS + 1], cells[before - FIELDS + 2]);
}

function exportedFrom({ text, cells }: Found, cell: number): readonly ImportSite[] {
  const statement = exportOf({ text, cells, grammar }, cell / FIELDS);
  if (statement?.from === undefined) return [];
  const { start, from, names } = statement;
  // A star is no import under a name: nothing of it is bound here.
  return names.map(({ name }) => ({
    start,
    level: 0,
    module: from,
    name: name === '*' ? '' : name,
    as: '',
    isType: false,
  }));
}
