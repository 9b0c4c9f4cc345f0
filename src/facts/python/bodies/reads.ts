import type { BodyRead, Location, Truth } from '../../../model/index.ts';
import { known, routeName } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';
import { expressionsOf, wordOf, type Body } from '../../code/bodies.ts';
import { isModel, ownCheckOf, validatorOf } from './validators.ts';

const FLASK = /^(flask|quart|apiflask)\.request\.(get_json|json|form|data|get_data|values)$/;
const STARLETTE = /^(fastapi|starlette\.requests|fastapi\.requests)\.Request\(\)\.(json|form|body|stream)$/;
const WRITES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Reads of the body in the text of a handler: the part of the request, innermost. */
function readsIn(python: PythonView, body: Body): readonly Expression[] {
  return [...expressionsOf(body)].filter(expression => {
    if (expression.kind !== 'attribute') return false;
    const name = python.nameOf(expression, body.scope);
    return FLASK.test(name) || STARLETTE.test(name);
  });
}

/** Names that hold the body or a part of it. */
function namesOf(body: Body, reads: readonly Expression[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of statementsIn(body.definition.body)) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    const inside = [...expressionsIn(statement.value)];
    const isBody = inside.some(
      each => reads.includes(each) || (each.kind === 'name' && names.has(each.name)),
    );
    if (!isBody) continue;
    for (const target of statement.targets)
      for (const each of expressionsIn(target)) if (each.kind === 'name') names.add(each.name);
  }
  return names;
}

/** The body as it was sent, and not a part of it. */
const isWhole = (
  expression: Expression,
  reads: readonly Expression[],
  names: ReadonlySet<string>,
): boolean => {
  switch (expression.kind) {
    case 'name':
      return names.has(expression.name);
    case 'attribute':
      return reads.includes(expression);
    case 'call':
      return reads.includes(expression.callee);
    case 'await':
      return isWhole(expression.value, reads, names);
    case 'logical':
      return isWhole(expression.left, reads, names);
    default:
      return false;
  }
};

/** Names that the whole body is kept under. */
const wholeNames = (body: Body, reads: readonly Expression[]): ReadonlySet<string> =>
  new Set(
    [...statementsIn(body.definition.body)].flatMap(statement =>
      statement.kind === 'assign' && statement.value && isWhole(statement.value, reads, new Set())
        ? statement.targets.flatMap(target => (target.kind === 'name' ? [target.name] : []))
        : [],
    ),
  );

/** Single fields go through checks of the service's own: how many of them, nobody can tell by reading. */
const checksParts = (
  python: PythonView,
  body: Body,
  reads: readonly Expression[],
  names: ReadonlySet<string>,
): boolean =>
  ownCheckOf(python, body, argument =>
    [...expressionsIn(argument)].some(
      each => reads.includes(each) || (each.kind === 'name' && names.has(each.name)),
    ),
  ) !== '';

/** Keys that are taken out of the body: `form["role"]`, `data.get("ids")`. */
function keysIn(
  body: Body,
  reads: readonly Expression[],
  names: ReadonlySet<string>,
): ReadonlyMap<string, Expression> {
  const isBody = (expression: Expression): boolean =>
    reads.includes(expression) ||
    (expression.kind === 'name' && names.has(expression.name)) ||
    (expression.kind === 'call' && isBody(expression.callee)) ||
    (expression.kind === 'await' && isBody(expression.value));
  const keys = new Map<string, Expression>();
  for (const expression of expressionsOf(body)) {
    const isElement = expression.kind === 'subscript' && isBody(expression.object);
    const isGet =
      expression.kind === 'call' &&
      expression.callee.kind === 'attribute' &&
      /^(get|getlist|pop)$/.test(expression.callee.name) &&
      isBody(expression.callee.object);
    const key = isElement ? expression.index : isGet ? expression.args[0]?.value : undefined;
    if (key?.kind === 'string') keys.set(key.value, expression);
  }
  return keys;
}

/** Tests that say what a value may be: a list of allowed ones, a type, a length, a pattern. */
function testsIn(python: PythonView, body: Body): string {
  return [...expressionsOf(body)]
    .filter(
      each =>
        (each.kind === 'binary' &&
          /^(not in|in|<|>|<=|>=)$/.test(each.operator) &&
          each.left.kind !== 'string') ||
        (each.kind === 'call' && /^(isinstance|match|fullmatch|isdigit|isalnum)$/.test(wordOf(each))),
    )
    .map(each => python.textOf(body.scope, each))
    .join('\n');
}

/** Every key that is taken is held against something before it is used. */
function checkedByHand(python: PythonView, body: Body, keys: ReadonlyMap<string, Expression>): boolean {
  const tests = testsIn(python, body);
  return (
    keys.size > 0 && [...keys.keys()].every(key => new RegExp(`\\b${key.replace(/\W/g, '.')}\\b`).test(tests))
  );
}

/** Types that say nothing of what is inside; a list of numbers does. */
const RAW_TYPES =
  /^(typing\.)?(dict|Dict|Any|Mapping|object|(list|List)(?!\[(int|float|bool|str|UUID|uuid|date|Literal)))\b/;

/** What the framework fills in from the body, by the types of the parameters. */
function* parametersRead(
  python: PythonView,
  handler: Handler,
  body: Body,
  parts: Parts,
): Generator<BodyRead> {
  for (const parameter of body.definition.params) {
    if (!parameter.annotation) continue;
    const text = python.textOf(handler.function.scope, parameter.annotation);
    const fallback = parameter.fallback ? python.textOf(handler.function.scope, parameter.fallback) : '';
    const isRaw =
      RAW_TYPES.test(text) &&
      !/Depends|Query|Header|Path\(|Cookie|File\(/.test(fallback) &&
      !/UploadFile/.test(text);
    const model = isModel(python, parameter.annotation, { ...body, scope: handler.function.scope });
    if (isRaw && !model) {
      const isBody = (argument: Expression) => argument.kind === 'name' && argument.name === parameter.name;
      const by = validatorOf(python, handler) || ownCheckOf(python, body, isBody);
      yield readFact(
        parts,
        python.at(body.scope, parameter),
        `${parameter.name}: ${text}`,
        by ? 'yes' : 'no',
        by,
      );
    } else if (model || /\b(Body|Form)\(/.test(fallback))
      yield readFact(
        parts,
        python.at(body.scope, parameter),
        `${parameter.name}: ${text}`,
        'yes',
        `the type ${text}`,
      );
  }
}

/** Decorators that check the body and hand it over as arguments. */
const HANDS_OVER =
  /^(flask_apispec(\.annotations)?\.use_kwargs|webargs\.flaskparser\.(parser\.)?use_(args|kwargs)|flask_smorest\.Blueprint\(\)\.arguments|apiflask\.(APIFlask|APIBlueprint)\(\)\.input|flask_pydantic\.validate)$/;

function* handedOver(python: PythonView, handler: Handler, parts: Parts): Generator<BodyRead> {
  for (const { expression, scope } of handler.decorators) {
    if (expression.kind !== 'call' || !HANDS_OVER.test(python.nameOf(expression.callee, scope))) continue;
    const place = expression.args.find(arg => arg.name === 'location')?.value;
    if (place?.kind === 'string' && !/^(json|form|json_or_form|files)$/.test(place.value)) continue;
    const by = `@${wordOf(expression.callee)}`;
    yield readFact(
      parts,
      python.at(scope, expression),
      python.textOf(scope, expression).slice(0, 60),
      'yes',
      by,
    );
  }
}

interface Parts {
  readonly handler: string;
  readonly handlerAt: Location;
  readonly routeAt: Location;
  readonly route: string;
  readonly reached: Truth;
}

const readFact = (parts: Parts, at: Location, what: string, validated: Truth, by: string): BodyRead => ({
  kind: 'bodyRead',
  at,
  ...parts,
  what,
  validated,
  by,
});

/** Handlers that take the body of a request, and what checks it before it is used. */
export default defineExtractor({
  id: 'python/bodies/reads',
  reads: [],
  produces: ['bodyRead'],
  understands: hasPython,
  *extract({ python }): Generator<BodyRead> {
    for (const handler of handlersOf(python)) {
      const { route, function: of } = handler;
      if (route.transport !== 'http') continue;
      const methods = known(route.methods);
      if (methods && !methods.some(method => WRITES.includes(method))) continue;
      const body: Body = { definition: of.definition, scope: of.scope.inner(of.definition) };
      const parts: Parts = {
        handler: of.definition.name,
        handlerAt: python.at(of.scope, of.definition.head),
        routeAt: route.at,
        route: routeName(route),
        reached: route.reached,
      };
      if (python.imports('fastapi')) yield* parametersRead(python, handler, body, parts);
      const reads = readsIn(python, body);
      const [first] = reads;
      if (!first) {
        yield* handedOver(python, handler, parts);
        continue;
      }
      const names = namesOf(body, reads);
      const keys = keysIn(body, reads, names);
      const by =
        validatorOf(python, handler) ||
        ownCheckOf(python, body, argument => isWhole(argument, reads, wholeNames(body, reads)));
      const byHand =
        by === '' && (checkedByHand(python, body, keys) || checksParts(python, body, reads, names));
      yield readFact(
        parts,
        python.at(body.scope, first),
        python.textOf(body.scope, first),
        by ? 'yes' : byHand ? 'unclear' : 'no',
        by || (byHand ? 'tests of its own' : ''),
      );
    }
  },
});
