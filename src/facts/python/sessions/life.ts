import type { Truth } from '../../../model/index.ts';
import type { Expression, FunctionDefinition, Handler, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf, partsOf, statementsIn } from '../../../read/walk.ts';
import { lastNameOf } from '../../code/sites.ts';

/** What becomes of a thing that a function opens. */
export type Life =
  | { readonly kind: 'ends'; readonly onError: Truth; readonly because: string }
  /** It is given to those who call the function. */
  | { readonly kind: 'given' };

export const ends = (onError: Truth, because: string): Life => ({ kind: 'ends', onError, because });

const ENDS = /^(close|aclose|rollback|putconn|release|remove|dispose|invalidate|abort|terminate|__exit__)$/;
const ENDS_OTHER =
  /close|release|put_?conn|return_|rollback|dispose|cleanup|clean_up|end_|finish|discard|remove/i;
/** Contexts that end what they are given. */
const CLOSING = /^(closing|aclosing)$/;
/** Blocks of the thing itself after which it is rolled back when something fails. */
const BLOCKS = /^(begin|begin_nested|transaction)$/;
/** What takes any error of a database. */
const BROAD =
  /^(|Exception|BaseException|Error|DatabaseError|SQLAlchemyError|DBAPIError|PostgresError|PsycopgError|MySQLError|InterfaceError)$/;
/** What reads with a connection and does not keep it. */
const READERS = /^(read_sql|read_sql_query|read_sql_table|to_sql|print|len|repr|str|type|isinstance|id)$/;

const isName = (expression: Expression | undefined, name: string): boolean =>
  expression?.kind === 'name' && expression.name === name;

const mentions = (expression: Expression, name: string): boolean =>
  expressionsIn(expression).some(each => isName(each, name));

const headsOf = (body: readonly Statement[]): readonly Expression[] =>
  [...statementsIn(body)].flatMap(headOf);

/** `conn.close()`, `conn.rollback()`, `pool.putconn(conn)`, `self.release(conn)`. */
function isEnd(expression: Expression, name: string): boolean {
  if (expression.kind !== 'call') return false;
  const { callee, args } = expression;
  if (callee.kind === 'attribute' && isName(callee.object, name)) return ENDS.test(callee.name);
  return args.some(arg => isName(arg.value, name)) && ENDS_OTHER.test(lastNameOf(callee));
}

const endsIn = (body: readonly Statement[], name: string): boolean =>
  headsOf(body).some(head => expressionsIn(head).some(each => isEnd(each, name)));

const isBroad = ({ type }: Handler): boolean =>
  type === undefined ||
  (type.kind === 'collection' ? type.items : [type]).some(each => BROAD.test(lastNameOf(each)));

const leaves = ({ body }: Handler): boolean =>
  [...statementsIn(body)].some(each => each.kind === 'return' || each.kind === 'raise');

/** A `with`, a `finally` or a handler that ends it. */
function guardedBy(body: readonly Statement[], name: string): Life | undefined {
  for (const statement of statementsIn(body)) {
    if (statement.kind === 'with')
      for (const { context } of statement.items) {
        if (isName(context, name)) return ends('yes', 'a with block ends it');
        if (context.kind !== 'call') continue;
        const { callee, args } = context;
        if (CLOSING.test(lastNameOf(callee)) && args.some(arg => isName(arg.value, name)))
          return ends('yes', 'a with block closes it');
        if (callee.kind === 'attribute' && isName(callee.object, name) && BLOCKS.test(callee.name))
          return ends('yes', 'a with block rolls it back');
      }
    if (statement.kind !== 'try') continue;
    if (endsIn(statement.finally, name)) return ends('yes', 'finally ends it');
    const handler = statement.handlers.find(each => endsIn(each.body, name));
    if (handler)
      return isBroad(handler)
        ? ends('yes', 'an error closes it or rolls it back')
        : ends('unclear', 'it is ended after some errors only');
  }
  return undefined;
}

type Use = 'own' | 'given' | 'yielded' | 'elsewhere' | 'ended';

/** What one statement does with it. */
function usesIn(statement: Statement, name: string, opening: Expression): ReadonlySet<Use> {
  const uses = new Set<Use>();
  const visit = (expression: Expression, parent: Expression | undefined): void => {
    if (expression === opening) return;
    if (isEnd(expression, name)) {
      uses.add('ended');
      return;
    }
    if (isName(expression, name)) uses.add(useBy(parent, expression, statement));
    if (expression.kind === 'lambda' && mentions(expression, name)) uses.add('elsewhere');
    for (const part of partsOf(expression)) visit(part, expression);
  };
  if (statement.kind === 'function' || statement.kind === 'class') {
    if (headsOf(statement.body).some(head => mentions(head, name))) uses.add('elsewhere');
    return uses;
  }
  for (const head of headOf(statement)) visit(head, undefined);
  return uses;
}

/** `return connection.cursor()`, `self.cursor = connection.cursor()`: it lives on in its cursor. */
const isGivenCursor = (statement: Statement): boolean => {
  if (statement.kind === 'assign' && !statement.targets.some(target => target.kind === 'attribute'))
    return false;
  const value = statement.kind === 'return' || statement.kind === 'assign' ? statement.value : undefined;
  return value?.kind === 'call' && lastNameOf(value.callee) === 'cursor';
};

function useBy(parent: Expression | undefined, self: Expression, statement: Statement): Use {
  switch (parent?.kind) {
    case undefined:
      if (statement.kind === 'return') return 'given';
      return statement.kind === 'assign' && statement.value === self ? 'elsewhere' : 'own';
    case 'attribute':
      return parent.name === 'cursor' && isGivenCursor(statement) ? 'elsewhere' : 'own';
    case 'yield':
      return 'yielded';
    case 'call':
      return READERS.test(lastNameOf(parent.callee)) ? 'own' : 'elsewhere';
    case 'collection':
      return statement.kind === 'return' ? 'given' : 'elsewhere';
    case 'unary':
    case 'binary':
    case 'subscript':
      return 'own';
    case 'logical':
    case 'conditional':
      return statement.kind === 'if' ? 'own' : 'elsewhere';
    default:
      return 'elsewhere';
  }
}

/** Methods that are handed over and not called: `atexit.register(conn.close)`. */
const isHandedOver = (body: readonly Statement[], name: string): boolean =>
  headsOf(body).some(head =>
    expressionsIn(head).some(
      each =>
        each.kind === 'call' &&
        each.args.some(
          ({ value }) => value.kind === 'attribute' && isName(value.object, name) && ENDS.test(value.name),
        ),
    ),
  );

/** Errors end up in a handler after which the function goes on to its end. */
const goesOn = (body: readonly Statement[]): boolean =>
  [...statementsIn(body)].some(
    each => each.kind === 'try' && each.handlers.some(handler => isBroad(handler) && !leaves(handler)),
  );

/** What becomes of what stands under a name in a function. */
export function lifeOf({ body }: FunctionDefinition, name: string, opening: Expression): Life {
  const guarded = guardedBy(body, name);
  const uses = new Set<Use>();
  for (const statement of statementsIn(body))
    for (const use of usesIn(statement, name, opening)) uses.add(use);
  if (guarded) return guarded;
  if (uses.has('given')) return { kind: 'given' };
  if (isHandedOver(body, name)) return ends('unclear', 'something else is told to close it');
  if (uses.has('ended'))
    return goesOn(body)
      ? ends('unclear', 'errors are caught before it is closed')
      : uses.has('own') || uses.has('yielded') || uses.has('elsewhere')
        ? ends('no', 'it is closed only where nothing fails: no with, no finally')
        : ends('unclear', 'it is closed at once');
  if (uses.has('elsewhere')) return ends('unclear', 'it is handed on');
  if (uses.has('yielded')) return ends('no', 'it is given out and never closed');
  return uses.has('own') ? ends('no', 'nothing closes it') : ends('unclear', 'it is not used');
}
