import type { Location, Truth } from '../../../model/index.ts';
import { isSecretColumn } from '../../../model/index.ts';
import type { Argument, ClassDefinition, Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Handler } from '../handler.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

interface Found {
  readonly at: Location;
  readonly record: string;
  readonly secrets: readonly string[];
}

export interface ModelsAnswered {
  /** Whether a model says what goes out; `unclear` for one that could not be followed. */
  readonly declared: Truth;
  readonly found: readonly Found[];
}

/** Models of people: that their secrets are left out proves something. */
const PERSON = /user|account|member|person|people|customer|profile|admin|employee|student|patient|author/i;

interface Field {
  readonly name: string;
  readonly at: Expression;
  readonly annotation: Expression | undefined;
  readonly value: Expression | undefined;
}

/** Names that a class body binds to values or types. */
export const fieldsOfClass = (definition: ClassDefinition): readonly string[] =>
  fieldsIn(definition).map(({ name }) => name);

function fieldsIn({ body }: ClassDefinition): readonly Field[] {
  return body.flatMap(statement => {
    if (statement.kind !== 'assign') return [];
    const [target] = statement.targets;
    return target?.kind === 'name'
      ? [{ name: target.name, at: target, annotation: statement.annotation, value: statement.value }]
      : [];
  });
}

/** What does not go out although it has a name: only read in, left out, or shown as stars. */
const HIDDEN =
  /\b(exclude|load_only|write_only)\s*=\s*True|\bSecret(Str|Bytes)\b|\bPrivateAttr\b|\brelationship\(/;

const CLASSES_DEEP = 3;

/** Secret fields of a model, of what it is made from, and of models that are its fields. */
function secretsOf(python: PythonView, of: ClassEntity, left = CLASSES_DEEP): readonly Found[] {
  const { definition, scope } = of;
  const inside = scope.inner(definition);
  const leftOut = metaOf(of);
  const own = fieldsIn(definition).flatMap((field): readonly Found[] => {
    const text = [field.annotation, field.value]
      .flatMap(each => (each ? [python.textOf(inside, each)] : []))
      .join(' ');
    if (isSecretColumn(field.name) && !HIDDEN.test(text) && !leftOut.has(field.name))
      return [{ at: python.at(inside, field.at), record: definition.name, secrets: [field.name] }];
    if (!field.annotation || left === 0) return [];
    return classesIn(python, field.annotation, inside).flatMap(each => secretsOf(python, each, left - 1));
  });
  if (left === 0) return own;
  const named = new Set(fieldsOfClass(definition));
  const inherited = definition.bases.flatMap(({ value }) => {
    const base = python.resolve(value, scope);
    return base?.kind === 'class'
      ? secretsOf(python, base, left - 1).filter(({ secrets }) => !secrets.some(name => named.has(name)))
      : [];
  });
  return [...own, ...inherited];
}

/** `class Meta: exclude = ("password",)`, `load_only = (…)`. */
function metaOf({ definition }: ClassEntity): ReadonlySet<string> {
  const meta = definition.body.find(each => each.kind === 'class' && each.name === 'Meta');
  if (meta?.kind !== 'class') return new Set();
  const names = fieldsIn(meta)
    .filter(({ name }) => /^(exclude|load_only)$/.test(name))
    .flatMap(({ value }) => (value ? expressionsIn(value) : []))
    .flatMap(each => (each.kind === 'string' ? [each.value] : []));
  return new Set(names);
}

/** `User`, `list[User]`, `Page[User] | None`: the classes of the repository that a type names. */
const classesIn = (python: PythonView, type: Expression, scope: Scope): readonly ClassEntity[] =>
  expressionsIn(type).flatMap(each => {
    const entity =
      each.kind === 'name' || each.kind === 'attribute' ? python.resolve(each, scope) : undefined;
    return entity?.kind === 'class' ? [entity] : [];
  });

const argument = (args: readonly Argument[], name: string): Expression | undefined =>
  args.find(arg => arg.name === name)?.value;

/** Classes whose fields are what is handed out, by the libraries that do so. */
const isModel = (python: PythonView, of: ClassEntity): boolean =>
  python.isKindOf(
    of,
    'pydantic.BaseModel',
    'pydantic.main.BaseModel',
    'sqlmodel.SQLModel',
    'pydantic_settings.BaseSettings',
  ) || python.isKindOf(of, 'marshmallow.Schema', 'marshmallow.schema.Schema', 'apiflask.Schema');

/** A type of which some name leads to nothing that can be read here. */
const isUnfollowed = (python: PythonView, type: Expression, scope: Scope): boolean =>
  expressionsIn(type).some(each => {
    const entity = each.kind === 'name' ? python.resolve(each, scope) : undefined;
    if (entity?.kind === 'external')
      return !/^(builtins|typing|typing_extensions|datetime|uuid)\./.test(entity.name);
    return each.kind === 'name' && entity === undefined;
  });

/** The model that a route declares for its answers: `response_model=`, the type that it returns, `@blp.response`. */
export function modelsAnswered(
  python: PythonView,
  { registration, decorators, function: of }: Handler,
): ModelsAnswered {
  const { call, scope } = registration;
  const declared = argument(call.args, 'response_model');
  const isOff = declared?.kind === 'constant' && declared.value === null;
  const leavesOut = /response_model_(exclude|include)\b(?!_)/.test(python.textOf(scope, call));
  const types: (readonly [Expression, Scope])[] = [];
  const answersByType = python.imports('fastapi') && !isOff;
  if (declared && !isOff) types.push([declared, scope]);
  else if (of.definition.returns && answersByType) types.push([of.definition.returns, of.scope]);
  for (const { expression, scope: around } of decorators) {
    if (
      expression.kind !== 'call' ||
      !/^(response|output|marshal_with|dump)$/.test(lastNameOf(expression.callee))
    )
      continue;
    for (const { value } of expression.args) types.push([value, around]);
  }
  const models = types.flatMap(([type, around]) =>
    classesIn(python, type, around).filter(each => isModel(python, each)),
  );
  const isOpen = declared !== undefined && !isOff && isUnfollowed(python, declared, scope);
  if (models.length === 0) return { declared: isOpen ? 'unclear' : 'no', found: [] };
  const found = models.flatMap((each): readonly Found[] => {
    const secrets = leavesOut ? [] : secretsOf(python, each);
    const { name, head } = each.definition;
    if (secrets.length > 0 || !PERSON.test(name)) return secrets;
    return [{ at: python.at(each.scope, head), record: name, secrets: [] }];
  });
  return { declared: 'yes', found };
}
