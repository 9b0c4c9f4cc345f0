import { isSecretColumn } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import type { Step } from './chain.ts';
import { fieldsOfClass } from './models.ts';

/** A class whose objects are rows of a table, with its columns that hold secrets. */
export interface StoredClass {
  readonly record: string;
  readonly secrets: readonly string[];
}

const COLUMN = /^(Column|mapped_column)$/;

/** `__tablename__ = …`, `name = Column(…)`, `class User(SQLModel, table=True)`. */
const isStored = ({ definition }: ClassEntity): boolean =>
  definition.bases.some(({ name }) => name === 'table') ||
  definition.body.some(
    statement =>
      statement.kind === 'assign' &&
      (statement.targets.some(target => target.kind === 'name' && target.name === '__tablename__') ||
        (statement.value?.kind === 'call' && COLUMN.test(lastNameOf(statement.value.callee)))),
  );

const columnsOf = (python: PythonView, of: ClassEntity, left = 3): readonly string[] => [
  ...fieldsOfClass(of.definition),
  ...of.definition.bases.flatMap(({ value }) => {
    const base = left > 0 ? python.resolve(value, of.scope) : undefined;
    return base?.kind === 'class' ? columnsOf(python, base, left - 1) : [];
  }),
];

/** The class with secrets that an expression names: `User`, `models.User`, `Optional[User]`, `Annotated[User, …]`. */
export function storedClass(
  python: PythonView,
  expression: Expression,
  scope: Scope,
): StoredClass | undefined {
  for (const each of expressionsIn(expression)) {
    if (each.kind !== 'name' && each.kind !== 'attribute') continue;
    const entity = python.resolve(each, scope);
    if (entity?.kind !== 'class' || !isStored(entity)) continue;
    const secrets = columnsOf(python, entity).filter(isSecretColumn);
    return secrets.length > 0 ? { record: entity.definition.name, secrets } : undefined;
  }
  return undefined;
}

/** Steps after which there are no objects any more: single columns, numbers. */
const PROJECTS = new Set([
  'with_entities',
  'values',
  'count',
  'exists',
  'load_only',
  'defer',
  'dict',
  'delete',
  'update',
]);

/** The class whose objects a query asks for: `select(User)`, `db.query(User)`, `session.get(User, 1)`, `User.query`. */
export function askedClass(python: PythonView, steps: readonly Step[]): StoredClass | undefined {
  if (steps.some(({ name }) => PROJECTS.has(name))) return undefined;
  for (const { name, call, frame } of steps) {
    const first = call?.args[0]?.value;
    // `query(User.id)` asks for a column.
    if (/^(query|select|get)$/.test(name) && first?.kind === 'name') {
      const found =
        call?.args.length === 1 || name === 'get' ? storedClass(python, first, frame.scope) : undefined;
      if (found) return found;
    }
    if (/^[A-Z]\w*$/.test(name) && !call) {
      const found = storedClass(python, { kind: 'name', name, start: 0, end: 0 }, frame.scope);
      if (found) return found;
    }
  }
  return undefined;
}
