import type { Call, Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { functionAround } from '../../code/at-start.ts';
import { lastNameOf, type CallSite, type StatementSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { nodeHandlers } from '../handlers.ts';

/** Something that goes to the caller, and where it is sent. */
export interface Sent {
  readonly values: readonly Expression[];
  readonly site: Pick<CallSite, 'scope' | 'conditions'> & { readonly at: Expression };
  /** The status that is sent with it; `undefined` where none is written down. */
  readonly status: number | undefined;
}

const SENDS = ['json', 'jsonp', 'send', 'end', 'render'];
/** Those that only some frameworks have: they are common words elsewhere. */
const SENDS_OF: Readonly<Record<string, readonly string[]>> = {
  hono: ['text', 'html', 'body'],
  koa: ['throw'],
  '@nestjs/common': ['reply'],
};
/** What is made and thrown or returned, and becomes an answer. */
const MADE = ['Response', 'NextResponse', 'HTTPException', 'TRPCError'];
/** Errors of NestJS, whose text is the answer. */
const NEST =
  'HttpException BadRequestException UnauthorizedException NotFoundException ForbiddenException ConflictException InternalServerErrorException UnprocessableEntityException ServiceUnavailableException BadGatewayException NotAcceptableException GoneException ImATeapotException MethodNotAllowedException PreconditionFailedException'
    .split(' ')
    .map(name => `@nestjs/common.${name}`);

const OBJECT = /^(res|resp|response|reply|rep|ctx|context|c|NextResponse|Response|_res|_response|_reply)$/;
const KNOWN =
  /^(express\.Response\(\)|fastify\.FastifyReply\(\)|next\/server\.NextResponse|hono\.Context\(\)|Response)/;

/** The object at the beginning of `res.status(500).json`. */
function rootOf(callee: Expression): Expression {
  let each = callee;
  while (each.kind === 'attribute' || each.kind === 'call')
    each = each.kind === 'call' ? each.callee : each.object;
  return each;
}

/** Whether a call sends something to the caller. */
export function isAnswer(node: CodeView, { call: { callee }, scope }: CallSite): boolean {
  if (callee.kind !== 'attribute') return false;
  if (callee.name === 'reply') return /adapter$/i.test(lastNameOf(callee.object));
  const root = rootOf(callee);
  if (root.kind !== 'name') return false;
  if (callee.name === 'throw') return /^(ctx|context)$/.test(root.name);
  return (
    OBJECT.test(root.name) ||
    KNOWN.test(node.nameOf(root, scope)) ||
    // `host.switchToHttp().getResponse().status(500).json(…)`
    (root.name === 'host' && KNOWN.test(node.nameOf(callee, scope)))
  );
}

/** `res.status(404).json(…)`, `reply.code(500).send(…)`, `c.json(…, 500)`, `new Response(…, { status: 500 })`. */
export function statusOf({ callee, args }: Call): number | undefined {
  for (let each = callee; each.kind === 'attribute';) {
    const before: Expression = each.object;
    if (before.kind !== 'call') break;
    const [first] = before.args;
    if (/^(status|code)$/.test(lastNameOf(before.callee))) return first && numberOf(first.value);
    each = before.callee;
  }
  const [, second] = args;
  if (second?.value.kind !== 'dictionary') return second && numberOf(second.value);
  const entry = second.value.entries.find(({ key }) => key?.kind === 'string' && key.value === 'status');
  return entry && numberOf(entry.value);
}

const numberOf = (value: Expression): number | undefined => {
  if (value.kind === 'constant' && typeof value.value === 'number') return value.value;
  const name = value.kind === 'attribute' ? value.name : '';
  return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
};

/** `StatusCodes.BAD_REQUEST`, `httpStatus.NOT_FOUND`. */
const NAMED: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UNPROCESSABLE_ENTITY: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  BAD_GATEWAY: 502,
  SERVICE_UNAVAILABLE: 503,
};

/** Everything that is sent to a caller, by methods of an answer, by what is made, or by what a handler returns. */
export function* answersIn(node: CodeView): Generator<Sent> {
  const own = new Set(node.modules());
  const words = Object.entries(SENDS_OF).flatMap(([name, own]) => (node.imports(name) ? own : []));
  for (const site of node.callsEnding(...SENDS, ...words))
    if (own.has(site.scope.module) && isAnswer(node, site)) yield ofCall(site);
  for (const site of node.callsEnding(...MADE)) if (own.has(site.scope.module)) yield ofCall(site);
  for (const site of node.calls(...NEST)) yield ofCall(site);
  // What a message is answered with goes to another service.
  const handlers = new Set(
    nodeHandlers(node).flatMap(each =>
      each.route.transport === 'message' ? [] : (each.function?.definition ?? []),
    ),
  );
  for (const definition of handlers)
    for (const site of node.code.search.statementsInside(definition)) yield* returned(site, definition);
  if (node.imports('koa')) for (const site of node.statements('.body')) yield* assignedBody(site);
}

const ofCall = ({ call, scope, conditions }: CallSite): Sent => ({
  values: call.args.map(({ value }) => value),
  site: { scope, conditions, at: call },
  status: statusOf(call),
});

/** What a handler returns becomes the answer, where it is no call of its own. */
function* returned({ statement, scope, conditions }: StatementSite, of: FunctionDefinition): Generator<Sent> {
  if (statement.kind !== 'return' || !statement.value || functionAround(scope) !== of) return;
  if (/^(dictionary|template|string|attribute|name|conditional)$/.test(statement.value.kind))
    yield {
      values: [answerIn(statement.value)],
      site: { scope, conditions, at: statement.value },
      status: undefined,
    };
}

/** `return { response: …, error }`: what is around the handler sends the one and keeps the other. */
const answerIn = (value: Expression): Expression =>
  (value.kind === 'dictionary' &&
    value.entries.find(({ key }) => key?.kind === 'string' && key.value === 'response')?.value) ||
  value;

/** `ctx.body = { error: … }` */
function* assignedBody({ statement, scope, conditions }: StatementSite): Generator<Sent> {
  if (statement.kind !== 'assign' || !statement.value) return;
  const isBody = statement.targets.some(
    target =>
      target.kind === 'attribute' &&
      target.name === 'body' &&
      /^(ctx|context)$/.test(lastNameOf(rootOf(target))),
  );
  if (isBody)
    yield { values: [statement.value], site: { scope, conditions, at: statement.value }, status: undefined };
}
