import type { Call, Expression } from '../../../read/syntax.ts';
import { bodiesOf, expressionsOf, wordOf, type Body } from '../../code/bodies.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import type { Handler, Layer } from '../handler.ts';

/** Packages that describe what data may look like. */
const LIBRARIES =
  /^(zod|joi|@hapi\/joi|yup|valibot|superstruct|io-ts|ajv|runtypes|arktype|@sinclair\/typebox|typebox|fastest-validator|validatorjs|class-validator|class-transformer-validator|jsonschema|is-my-json-valid|@vinejs\/vine|vine|myzod|ow|effect|@effect\/schema|validate\.js|@typeschema)\b/;
const CHECKS =
  /^(parse|safeParse|parseAsync|safeParseAsync|spa|validate|validateAsync|validateSync|validateOrReject|isValid|isValidSync|attempt|assert|is|check|Check|Parse|Decode|decode|decodeUnknown\w*|create|mask|transformAndValidate|tryValidate)$/;
/** Methods that check whatever they are given. */
const SURE =
  /^(safeParse|safeParseAsync|parseAsync|validateAsync|validateOrReject|constructEvent|transformAndValidate)$/;
const NAMED_SO = /schema|valid|\bdto\b|joi|zod|yup|rules/i;
const OWN = /(valid|schema|sanit|check[A-Z_]|clean[A-Z_]|parse[A-Z_]|assert|verify)/i;

/** Middleware of libraries that refuses what its description does not allow. */
const MIDDLEWARE =
  /^(celebrate(\.celebrate)?|express-joi-validation\b.*|zod-express-middleware\.(validateRequest|processRequest)\w*|express-zod-safe|express-validation\.validate|@hono\/(zod|valibot|typebox|standard)-validator\.\w+|hono\/validator\.validator|express-openapi-validator\.(middleware|OpenApiValidator\b.*)|express-json-validator-middleware\b.*|koa-joi-router\b.*|express-openapi-validate\b.*)$/;
/** Chains of express-validator refuse nothing before somebody asks for their result. */
const CHAIN =
  /^express-validator(\/check)?\.(body|check|checkSchema|checkExact|oneOf|buildCheckFunction\(\)|ExpressValidator\(\)\.\w+)\b/;
const ASKS_RESULT = /\bvalidationResult\b/;

/** Parts of a request that a description can be of. */
const PARTS = /^(params|query|headers|cookies|signedCookies|querystring|body)$/;

/** What checks data by a description of it; empty when the call does not. */
export function checksBySchema(node: CodeView, call: Call, { scope }: Body): string {
  const word = wordOf(call);
  const says = node.textOf(scope, call.callee).replace(/\s+/g, '').slice(0, 40);
  if (SURE.test(word)) return says;
  const name = node.nameOf(call.callee, scope);
  if (/^(ajv|jsonschema)\b.*\.compile\(\)$/.test(name)) return says;
  if (!CHECKS.test(word)) return '';
  if (LIBRARIES.test(name)) return says;
  const object = call.callee.kind === 'attribute' ? call.callee.object : undefined;
  const isKnown =
    name !== '' &&
    !/^[./]/.test(name) &&
    /^(JSON|path|url|qs|querystring|Date|assert|node:assert)\b/.test(name);
  return object && !isKnown && NAMED_SO.test(node.textOf(scope, object)) ? says : '';
}

/** An own function that is called like a check and gets something of the body; empty without one. */
export function ownCheckOf(
  node: CodeView,
  bodies: readonly Body[],
  gets: (argument: Expression) => boolean,
): string {
  for (const body of bodies)
    for (const expression of expressionsOf(body)) {
      if (expression.kind !== 'call' || !expression.args.some(arg => gets(arg.value))) continue;
      const entity = node.resolve(expression.callee, body.scope);
      const name = entity?.kind === 'function' ? entity.definition.name || wordOf(expression) : '';
      if (OWN.test(name)) return name;
    }
  return '';
}

/** What checks the body in a function or in what it calls. */
function checkWithin(node: CodeView, body: Body): string {
  for (const expression of expressionsOf(body)) {
    const found = expression.kind === 'call' ? checksBySchema(node, expression, body) : '';
    if (found) return found;
  }
  return '';
}

/** Options that describe parts of a request, and leave the body out: `validate({ params: … })`. */
function leavesBodyOut(node: CodeView, { expression, scope }: Written): boolean {
  const behind = writtenAs(node, expression, scope);
  const inner = behind.expression.kind === 'call' ? behind.expression.args[0]?.value : behind.expression;
  const options = inner && writtenAs(node, inner, behind.scope).expression;
  if (options?.kind !== 'dictionary' || options.entries.length === 0) return false;
  const keys = options.entries.map(({ key }) =>
    key?.kind === 'string' ? key.value : key?.kind === 'attribute' ? key.name.toLowerCase() : '',
  );
  return keys.every(key => PARTS.test(key)) && !keys.includes('body');
}

const argumentsOf = ({ expression, scope }: Written): readonly Written[] =>
  expression.kind === 'call' ? expression.args.map(({ value }) => ({ expression: value, scope })) : [];

/** What stands before the handler and checks the body; `unclear` where only a name says so. */
function checkedByLayer(node: CodeView, layer: Layer, handler: Handler): Checked | undefined {
  const written = writtenAs(node, layer.expression, layer.scope);
  const callee = written.expression.kind === 'call' ? written.expression.callee : written.expression;
  const name = node.nameOf(callee, written.scope);
  const by = node.textOf(layer.scope, layer.expression).replace(/\s+/g, ' ').slice(0, 40);
  if (CHAIN.test(name)) return asksForResult(node, handler) ? { by, validated: 'yes' } : undefined;
  if (argumentsOf(written).some(given => leavesBodyOut(node, given))) return undefined;
  if (MIDDLEWARE.test(name)) return { by, validated: 'yes' };
  if (!layer.function) return NAMED_SO.test(by) ? { by, validated: 'unclear' } : undefined;
  const found = bodiesOf(node, layer.function, 2)
    .map(body => checkWithin(node, body))
    .find(each => each !== '');
  return found === undefined ? undefined : { by, validated: 'yes' };
}

const asksForResult = (node: CodeView, { function: of, before }: Handler): boolean =>
  [of, ...before.map(layer => layer.function)].some(
    each => each && ASKS_RESULT.test(node.textOf(each.scope, each.definition)),
  );

export interface Checked {
  readonly by: string;
  readonly validated: 'yes' | 'unclear';
}

/** What checks the body of a request, seen from its handler. */
export function validatorOf(node: CodeView, handler: Handler, of: FunctionEntity): Checked | undefined {
  const layers = handler.before
    .filter(({ covers }) => covers !== 'no')
    .flatMap(layer => checkedByLayer(node, layer, handler) ?? []);
  const sure = layers.find(({ validated }) => validated === 'yes');
  if (sure) return sure;
  for (const body of bodiesOf(node, of, 2)) {
    const by = checkWithin(node, body);
    if (by) return { by, validated: 'yes' };
  }
  return layers[0];
}
