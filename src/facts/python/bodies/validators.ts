import type { Call, Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { Handler } from '../handler.ts';
import type { PythonView } from '../view.ts';
import { bodiesOf, expressionsOf, wordOf, type Body } from '../../code/bodies.ts';

const MODELS = [
  'pydantic.BaseModel',
  'pydantic.main.BaseModel',
  'sqlmodel.SQLModel',
  'msgspec.Struct',
  'pydantic.RootModel',
];
const SCHEMAS = [
  'marshmallow.Schema',
  'flask_marshmallow.Schema',
  'marshmallow_sqlalchemy.SQLAlchemyAutoSchema',
  'flask_marshmallow.Marshmallow().Schema',
  'flask_marshmallow.Marshmallow().SQLAlchemyAutoSchema',
];
const FORMS = [
  'flask_wtf.FlaskForm',
  'flask_wtf.form.FlaskForm',
  'flask_wtf.Form',
  'wtforms.Form',
  'wtforms.form.Form',
];

/** Decorators that check the body before the handler runs. */
const DECORATORS =
  /^(use_args|use_kwargs|arguments|expect|input|validate|validate_\w+|validated\w*|validates?_with|json_schema|schema|expects_json|parse_with|accepts|use_schema|\w*_schema|body)$/i;

/** Methods that check whatever they are given. */
const METHODS =
  /^(model_validate|model_validate_json|parse_obj|parse_raw|validate_on_submit|validate_python|validate_json|iter_errors|is_valid)$/;

const OWN = /(valid|schema|sanit|check_|clean_|parse_)/i;

const isKind = (
  python: PythonView,
  expression: Expression,
  body: Body,
  names: readonly string[],
): boolean => {
  const entity = python.resolve(expression, body.scope);
  const of = entity?.kind === 'object' ? entity.of : entity?.kind === 'class' ? entity : undefined;
  if (of) return python.isKindOf(of, ...names);
  return entity?.kind === 'external' && names.includes(entity.name.replace(/\(\)$/, ''));
};

/** What checks the body by a description of it; empty when the call does not. */
function checksBySchema(python: PythonView, call: Call, body: Body): string {
  const word = wordOf(call);
  const object = call.callee.kind === 'attribute' ? call.callee.object : undefined;
  const says = python.textOf(body.scope, call.callee).slice(0, 40);
  if (METHODS.test(word)) return says;
  if (word === 'parse_args' && /RequestParser\(\)/.test(python.nameOf(call.callee, body.scope))) return says;
  if (
    word === 'validate' &&
    (/^jsonschema\.|fastjsonschema/.test(python.nameOf(call.callee, body.scope)) ||
      (object && (isKind(python, object, body, FORMS) || /schema|validator|form/i.test(wordOf(object)))))
  )
    return says;
  if (
    (word === 'load' || word === 'loads' || word === 'validate') &&
    object &&
    (isKind(python, object, body, SCHEMAS) || /schema/i.test(wordOf(object)))
  )
    return says;
  // `Order(**data)` of a class whose fields are checked.
  const isSpread = call.args.some(arg => arg.spread === '**');
  return isSpread && isKind(python, call.callee, body, MODELS) ? says : '';
}

/** An own function that is called like a check and gets something of the body; empty without one. */
export function ownCheckOf(python: PythonView, body: Body, gets: (argument: Expression) => boolean): string {
  for (const expression of expressionsOf(body)) {
    if (expression.kind !== 'call' || !expression.args.some(arg => gets(arg.value))) continue;
    const entity = python.resolve(expression.callee, body.scope);
    if (entity?.kind === 'function' && OWN.test(entity.definition.name)) return entity.definition.name;
  }
  return '';
}

/** What checks the body of a request, seen from its handler; empty when nothing in sight does. */
export function validatorOf(python: PythonView, handler: Handler): string {
  const { function: of, decorators } = handler;
  for (const { expression: decorator } of decorators) {
    const callee = decorator.kind === 'call' ? decorator.callee : decorator;
    const word = wordOf(callee);
    const isOff =
      decorator.kind === 'call' && word === 'expect' && decorator.args.every(arg => arg.name !== 'validate');
    if (DECORATORS.test(word) && !isOff) return `@${word}`;
  }
  for (const body of bodiesOf(python, of, 2))
    for (const expression of expressionsOf(body)) {
      const found = expression.kind === 'call' ? checksBySchema(python, expression, body) : '';
      if (found) return found;
    }
  return '';
}

export const isModel = (python: PythonView, annotation: Expression, body: Body): boolean =>
  [...expressionsIn(annotation)].some(each => isKind(python, each, body, MODELS));
