import type { ForeignKey, TableColumn } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import type { Argument, Call, ClassDefinition, Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const OWN = /^(sqlalchemy(\.\w+)*|flask_sqlalchemy(\.\w+)*\.SQLAlchemy\(\)|sqlmodel(\.\w+)*)\.\w+$/;

/** Names that nothing else has: also those of an own wrapper around the library's. */
const UNMISTAKABLE = /^(Column|mapped_column|ForeignKey|relationship)$/;

/** Whether a call makes something of this library, by its name. */
export function makes(
  python: PythonView,
  { callee }: Call,
  scope: Scope,
  ...words: readonly string[]
): boolean {
  const word = lastNameOf(callee);
  if (!words.includes(word)) return false;
  const name = python.nameOf(callee, scope);
  if (OWN.test(name)) return true;
  const isForeign =
    /^[a-z]\w*(\.|$)/i.test(name) && !name.includes('/') && !name.startsWith('functools.partial');
  return (
    !isForeign &&
    (UNMISTAKABLE.test(word) ||
      (callee.kind === 'attribute' && callee.object.kind === 'name' && callee.object.name === 'db'))
  );
}

export interface ModelColumn {
  readonly column: TableColumn;
  readonly foreignKeys: readonly ForeignKey[];
  readonly isIndexed: boolean;
}

const isTrue = (python: PythonView, args: readonly Argument[], name: string, scope: Scope): boolean => {
  const given = args.find(arg => arg.name === name);
  const term = given && python.evaluate(given.value, scope);
  return term?.kind === 'literal' && term.value === true;
};

/** A column as its call says it: `Column(Integer, ForeignKey("users.id", ondelete="CASCADE"), index=True)`. */
export function columnOf(
  python: PythonView,
  call: Call,
  scope: Scope,
  name: string,
  annotation?: Expression,
): ModelColumn {
  const at = python.at(scope, call);
  const inner = call.args.flatMap(({ value }) =>
    value.kind === 'call' && makes(python, value, scope, 'ForeignKey') ? [value] : [],
  );
  const inField = call.args.find(arg => arg.name === 'foreign_key');
  const foreignKeys = [
    ...inner.map(each =>
      foreignKeyOf(python, each, scope, name, each.args.find(arg => arg.spread === '')?.value),
    ),
    ...(inField ? [foreignKeyOf(python, call, scope, name, inField.value)] : []),
  ];
  return {
    column: { name, type: typeOf(call.args) || annotated(annotation), at },
    foreignKeys,
    isIndexed: ['index', 'unique', 'primary_key'].some(word => isTrue(python, call.args, word, scope)),
  };
}

/** `Mapped[bool]` */
function annotated(annotation: Expression | undefined): string {
  const names = annotation
    ? expressionsIn(annotation).flatMap(each => (each.kind === 'name' ? each.name : []))
    : [];
  return (names.at(-1) ?? '').toLowerCase();
}

function typeOf(args: readonly Argument[]): string {
  const type = args.find(
    arg => arg.name === '' && !isForeignKey(arg.value) && arg.value.kind !== 'string',
  )?.value;
  return (type?.kind === 'call' ? lastNameOf(type.callee) : type ? lastNameOf(type) : '').toLowerCase();
}

const isForeignKey = (expression: Expression): boolean =>
  expression.kind === 'call' && lastNameOf(expression.callee) === 'ForeignKey';

function foreignKeyOf(
  python: PythonView,
  call: Call,
  scope: Scope,
  column: string,
  target: Expression | undefined,
): ForeignKey {
  const rule = call.args.find(arg => arg.name === 'ondelete');
  const isOpen = call.args.some(arg => arg.spread !== '');
  return {
    at: python.at(scope, call),
    columns: [column],
    references: target ? tableIn(python, target, scope) : '',
    onDelete: rule || isOpen ? (rule && literalTexts(python.evaluate(rule.value, scope))[0]) || 'given' : '',
  };
}

/** `"auth.users.id"` points at the table `users`, `User.id` at that of the class, which is named as text says. */
function tableIn(python: PythonView, target: Expression, scope: Scope): string {
  const text = literalTexts(python.evaluate(target, scope))[0];
  if (text !== undefined) return text.split('.').at(-2) ?? text;
  return target.kind === 'attribute' ? `class ${lastNameOf(target.object)}` : '';
}

/** `ForeignKeyConstraint(["a", "b"], ["rates.a", "rates.b"], ondelete=…)`. */
export function constraintOf(python: PythonView, call: Call, scope: Scope): ForeignKey {
  const [own, target] = call.args
    .filter(arg => arg.name === '')
    .map(arg => {
      const term = python.evaluate(arg.value, scope);
      return term.kind === 'list' ? term.items.flatMap(literalTexts) : [];
    });
  const rule = call.args.find(arg => arg.name === 'ondelete');
  return {
    at: python.at(scope, call),
    columns: own ?? [],
    references: target?.[0]?.split('.').at(-2) ?? '',
    onDelete: rule ? (literalTexts(python.evaluate(rule.value, scope))[0] ?? 'given') : '',
  };
}

/** The columns of `Index("ix", "a", "b")`, `Index("ix", Order.a)` and `UniqueConstraint("a", "b")`. */
export function indexColumns(python: PythonView, call: Call, scope: Scope): readonly string[] {
  const given = call.args.filter(arg => arg.name === '' && arg.spread === '');
  return given
    .slice(lastNameOf(call.callee) === 'Index' ? 1 : 0)
    .map(({ value }) => literalTexts(python.evaluate(value, scope))[0] ?? lastNameOf(value));
}

const snake = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();

/** `__tablename__`, else what the library makes of the class. */
export function tableName(python: PythonView, definition: ClassDefinition, scope: Scope): string {
  for (const statement of definition.body)
    if (
      statement.kind === 'assign' &&
      statement.value &&
      statement.targets.some(target => target.kind === 'name' && target.name === '__tablename__')
    )
      return literalTexts(python.evaluate(statement.value, scope))[0] ?? snake(definition.name);
  return snake(definition.name);
}
