import type { BodyRead } from '../../../model/index.ts';
import { known, routeName } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import { bodiesOf, expressionsOf, wordOf, type Body } from '../../code/bodies.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { defineExtractor, unread, type Unread } from '../../define.ts';
import { argumentOf, optionOf } from '../fastify/instances.ts';
import { readsFramework } from '../frameworks.ts';
import type { Handler } from '../handler.ts';
import { nodeRouting } from '../handlers.ts';
import { ownCheckOf, validatorOf, type Checked } from './validators.ts';

const WRITES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];
const READS = /\bbody\b|\.(json|formData|parseBody)\(/;
const CALLS = /^(json|formData|parseBody)$/;
/** How far a request is handed on before somebody takes its body. */
const HANDED_ON = 2;

/** A handler with the functions that stand inside of it. */
interface Inside {
  readonly bodies: readonly Body[];
  readonly expressions: readonly { readonly expression: Expression; readonly scope: Scope }[];
}

function insideOf(node: CodeView, of: FunctionEntity, depth: number): Inside {
  const bodies = bodiesOf(node, of, depth).filter(({ definition, scope }) =>
    READS.test(node.textOf(scope.parent ?? scope, definition)),
  );
  return {
    bodies,
    expressions: bodies.flatMap(body =>
      [...expressionsOf(body)].map(expression => ({ expression, scope: body.scope })),
    ),
  };
}

/** What is only written to a log is not used. */
const LOGS = /^(console|(this\.|req\.|request\.|ctx\.)?(logger|log))\.\w+$/i;

/** Reads of the body in the text of a handler: the part of the request, innermost. */
function readsIn(node: CodeView, { expressions }: Inside): Inside['expressions'] {
  const logged = new Set(
    expressions.flatMap(({ expression, scope }) =>
      expression.kind === 'call' && LOGS.test(node.textOf(scope, expression.callee))
        ? expression.args.flatMap(arg => expressionsIn(arg.value))
        : [],
    ),
  );
  const found = expressions.filter(({ expression, scope }) => {
    const mayBe =
      ((expression.kind === 'attribute' || expression.kind === 'name') && expression.name === 'body') ||
      (expression.kind === 'call' && CALLS.test(wordOf(expression)));
    if (!mayBe || logged.has(expression)) return false;
    const term = node.evaluate(expression, scope);
    return term.kind === 'input' && term.source === 'request body';
  });
  // `req.body.comment.body` holds two of them: the inner one is the body.
  return found.filter(
    ({ expression }) =>
      !found.some(
        each => each.expression !== expression && expressionsIn(expression).includes(each.expression),
      ),
  );
}

interface Parts {
  /** Names under which the body as a whole is kept. */
  readonly whole: ReadonlySet<string>;
  /** Names of single fields, and the fields. */
  readonly fields: ReadonlyMap<string, string>;
  readonly keys: ReadonlySet<string>;
}

/** `const { name, price } = req.body`, `req.body.name`, `const order = req.body` */
function partsOf({ bodies, expressions }: Inside, reads: ReadonlySet<Expression>): Parts {
  const whole = new Set<string>();
  const fields = new Map<string, string>();
  const keys = new Set<string>();
  const isWhole = (expression: Expression): boolean => {
    if (reads.has(expression)) return true;
    if (expression.kind === 'name') return whole.has(expression.name);
    if (expression.kind === 'await') return isWhole(expression.value);
    return expression.kind === 'logical' && isWhole(expression.left);
  };
  const takeApart = (target: Expression): void => {
    if (target.kind === 'name') whole.add(target.name);
    if (target.kind !== 'dictionary') return;
    for (const { key, value } of target.entries) {
      const name = nameIn(value);
      if (key?.kind !== 'string') whole.add(name);
      else keys.add(key.value);
      if (key?.kind === 'string' && name !== '') fields.set(name, key.value);
    }
  };
  for (const { definition } of bodies)
    for (const statement of statementsIn(definition.body))
      if (statement.kind === 'assign' && statement.value && isWhole(statement.value))
        statement.targets.forEach(takeApart);
  for (const { expression } of expressions) {
    if (expression.kind === 'attribute' && isWhole(expression.object)) keys.add(expression.name);
    if (expression.kind === 'subscript' && isWhole(expression.object) && expression.index.kind === 'string')
      keys.add(expression.index.value);
  }
  return { whole, fields, keys };
}

/** The name behind a part of a pattern, whatever its default. */
const nameIn = (target: Expression): string =>
  target.kind === 'name' ? target.name : target.kind === 'logical' ? nameIn(target.left) : '';

/** Tests that say what a value may be: its type, a length, a list, a pattern. */
const TESTS =
  /^(test|match|includes|has|isInteger|isSafeInteger|isFinite|isNaN|isArray|isEmail|isUUID|isURL|isMongoId|isValid|isValidObjectId|isLength|isInt|isFloat|isNumeric|isString|isDate)$/;

const isTest = (each: Expression): boolean =>
  (each.kind === 'binary' && /^(not in|in|<|>|<=|>=|instanceof)$/.test(each.operator)) ||
  (each.kind === 'unary' && each.operator === 'typeof') ||
  (each.kind === 'call' && TESTS.test(wordOf(each)));

/** Every field that is taken is held against something before it is used. */
function checkedByHand(node: CodeView, { expressions }: Inside, { keys, fields }: Parts): boolean {
  if (keys.size === 0) return false;
  const tests = expressions
    .filter(({ expression }) => isTest(expression))
    .map(({ expression, scope }) => node.textOf(scope, expression))
    .join('\n');
  const namesOf = (key: string): readonly string[] => [
    key,
    ...[...fields].flatMap(([name, of]) => (of === key ? [name] : [])),
  ];
  return [...keys].every(key =>
    namesOf(key).some(name => new RegExp(`\\b${name.replace(/\W/g, '.')}\\b`).test(tests)),
  );
}

/** What the options of a Fastify route say of its body; `unclear` where they cannot be followed. */
function routeSchema(node: CodeView, { registration }: Handler): Checked | undefined {
  if (!registration) return undefined;
  const { call, scope } = registration;
  if (!/^fastify\(\)/.test(node.nameOf(call.callee, scope))) return undefined;
  const options = [0, 1].map(position => argumentOf(registration, position));
  const schema = options.map(each => optionOf(node, each, 'schema')).find(each => each !== undefined);
  const described = optionOf(node, schema, 'body');
  if (!described) {
    const isOpen =
      schema && writtenAs(node, schema.expression, schema.scope).expression.kind !== 'dictionary';
    return isOpen ? { by: 'a schema that cannot be followed', validated: 'unclear' } : undefined;
  }
  const written = writtenAs(node, described.expression, described.scope).expression;
  const isEmpty = written.kind === 'dictionary' && written.entries.length === 0;
  return isEmpty ? undefined : { by: 'the schema of the route', validated: 'yes' };
}

function checkedOf(
  node: CodeView,
  handler: Handler,
  of: FunctionEntity,
  inside: Inside,
  reads: ReadonlySet<Expression>,
): Checked | undefined {
  const found = routeSchema(node, handler) ?? validatorOf(node, handler, of);
  if (found) return found;
  const { whole, fields, ...parts } = partsOf(inside, reads);
  const isWhole = (argument: Expression): boolean =>
    reads.has(argument) || (argument.kind === 'name' && whole.has(argument.name));
  const own = ownCheckOf(node, inside.bodies, isWhole);
  if (own) return { by: own, validated: 'yes' };
  const isPart = (part: Expression): boolean =>
    isWhole(part) || (part.kind === 'name' && fields.has(part.name));
  const byHand =
    checkedByHand(node, inside, { whole, fields, ...parts }) ||
    ownCheckOf(node, inside.bodies, argument => expressionsIn(argument).some(isPart)) !== '';
  return byHand ? { by: 'tests of its own', validated: 'unclear' } : undefined;
}

/** Handlers that take the body of a request, and what checks it before it is used. */
export default defineExtractor({
  id: 'javascript/bodies/reads',
  reads: [],
  produces: ['bodyRead'],
  understands: readsFramework,
  *extract({ node }): Generator<BodyRead | Unread<'bodyRead'>> {
    const { handlers, blind } = nodeRouting(node);
    for (const { path, because } of blind) yield unread('bodyRead', path, because);
    for (const handler of handlers) {
      const { route, function: of } = handler;
      const methods = known(route.methods);
      if (!of) continue;
      if (methods && !methods.some(method => WRITES.includes(method))) continue;
      const here = insideOf(node, of, 0);
      const own = readsIn(node, here);
      // `parse(request, schema)`: an own function may take it.
      const inside = own.length > 0 ? here : insideOf(node, of, HANDED_ON);
      const reads = own.length > 0 ? own : readsIn(node, inside);
      const [first] = reads;
      if (!first) continue;
      const isRead = new Set(reads.map(({ expression }) => expression));
      const checked = checkedOf(node, handler, of, inside, isRead);
      yield {
        kind: 'bodyRead',
        at: node.at(first.scope, first.expression),
        handler: of.definition.name,
        handlerAt: node.at(of.scope, of.definition.head),
        routeAt: route.at,
        route: routeName(route),
        what: node.textOf(first.scope, first.expression),
        validated: checked?.validated ?? 'no',
        by: checked?.by ?? '',
        reached: route.reached,
      };
    }
  },
});
