import type { FunctionDefinition } from '../../read/syntax.ts';
import { loadedByWord, type Names } from '../code/language.ts';
import { givenBy, givenByType, likelyParameters } from './given.ts';

/** What every program has without importing it. */
export const GLOBALS: ReadonlySet<string> = new Set(
  'process console fetch setTimeout setInterval setImmediate clearTimeout clearInterval queueMicrotask structuredClone JSON Object Array String Number Boolean Math Date Promise Symbol Reflect Proxy Map Set WeakMap WeakSet RegExp Error TypeError RangeError Buffer URL URLSearchParams Request Response Headers FormData Blob File AbortController AbortSignal TextEncoder TextDecoder crypto performance globalThis require import module exports __dirname __filename parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI eval Function Intl Bun Deno document window navigator localStorage sessionStorage atob btoa WebSocket EventSource'.split(
    ' ',
  ),
);

/** Types that are none of the objects that a program works with. */
const PLAIN_TYPES = new Set(
  'string number boolean object unknown any never void undefined null symbol bigint Array ReadonlyArray Record Function Object String Number Boolean Omit Pick Exclude Extract ReturnType Parameters Iterable Iterator AsyncIterable Generator AsyncGenerator T K V U'.split(
    ' ',
  ),
);

/** One thing that stands under several names, and the one by which extractors ask. */
const ALSO_UNDER: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^fs\.promises\b/, 'fs/promises'],
  [/^NodeJS\.ProcessEnv\(\)/, 'process.env'],
  [/^(globalThis|global|window|self)\.(?=.)/, ''],
  [/^express-serve-static-core\b/, 'express'],
  [/^express\.(Application|Express)\(\)/, 'express()'],
  [/^express\.(IRouter|Router)\(\)/, 'express.Router()'],
  [/^fastify\.fastify\b/, 'fastify'],
  [/^fastify\.FastifyInstance\(\)/, 'fastify()'],
  [
    /^@nestjs\/(common|core|platform-express|platform-fastify)\.(INestApplication|NestExpressApplication|NestFastifyApplication)\(\)/,
    '@nestjs/core.NestFactory.create()',
  ],
  [/^hono\/(tiny|quick)\.Hono\b/, 'hono.Hono'],
  [/^@hono\/zod-openapi\.z\b/, 'zod'],
  [/^@hono\/zod-openapi\b/, 'hono'],
  [/^hono\.OpenAPIHono\(\)/, 'hono.Hono()'],
  [/^koa-router\b|^@koa\/router\.(Router|RouterInstance)\b/, '@koa/router'],
  [/^koa\.(ParameterizedContext|DefaultContext|ExtendableContext|BaseContext)\(\)/, 'koa.Context()'],
  [/^@koa\/router\.(RouterContext|RouterParamContext)\(\)/, 'koa.Context()'],
  [
    /^@nestjs\/common\.(ExecutionContext|ArgumentsHost)\(\)\.switchToHttp\(\)\.getRequest\(\)/,
    'express.Request()',
  ],
  [
    /^@nestjs\/common\.(ExecutionContext|ArgumentsHost)\(\)\.switchToHttp\(\)\.getResponse\(\)/,
    'express.Response()',
  ],
  [/^sequelize(?=$|\(\))|^sequelize-typescript\.Sequelize\b/, 'sequelize.Sequelize'],
  // The package as a whole is its class, which has what it exports as members.
  [/^sequelize\.Sequelize\.(?=[A-Z])/, 'sequelize.'],
  [/^ioredis(?=$|\(\))/, 'ioredis.Redis'],
  [/^ioredis\.Redis\.(?=[A-Z])/, 'ioredis.'],
  [/^better-sqlite3(?=$|\(\))/, 'better-sqlite3.Database'],
  [/^knex\.(knex\b|Knex\(\))/, 'knex'],
  [/^zod\.z\b/, 'zod'],
  [/^(lodash|date-fns|ramda|lodash-es)\/(?=\w)/, '$1.'],
  [/^axios\.Axios(Static|Instance)\(\)/, 'axios.create()'],
];

/**
 * `express`, `jsonwebtoken.sign`, `@nestjs/common.Controller`, `fs/promises.readFile`: the specifier without
 * `node:`, then the members. A default import, a namespace, `require` and `.default` all mean the package itself.
 */
export function canonicalName(name: string): string {
  let canonical = name.replace(/^node:/, '');
  // Only the module itself has a default: `.default(…)` of a result is a method.
  const isResult = canonical.indexOf('(');
  const module = isResult === -1 ? canonical : canonical.slice(0, isResult);
  canonical = module.replace(/(\.default)+(?=\.|$)/, '') + canonical.slice(module.length);
  for (const [pattern, short] of ALSO_UNDER)
    if (pattern.test(canonical)) canonical = canonical.replace(pattern, short);
  return canonical;
}

/** Methods that give back the object that they are called on, so that they can be written in a row. */
const IN_A_ROW: readonly (readonly [object: RegExp, methods: RegExp])[] = [
  [
    /^express\.Response\(\)$/,
    /^(status|set|header|type|contentType|cookie|clearCookie|append|vary|links|location|attachment)$/,
  ],
  // A copy of a request holds what was sent.
  [/^(Request|next\/server\.NextRequest)\(\)$/, /^clone$/],
  [
    /^fastify\.FastifyReply\(\)$/,
    /^(code|status|header|headers|removeHeader|type|setCookie|clearCookie|cookie|charset|serializer)$/,
  ],
  [
    /^(express\(\)|express\.Router\(\)|express\(\)\.route\(\)|express\.Router\(\)\.route\(\)|elysia\.Elysia\(\)|koa\(\)|@koa\/router\(\))$/,
    /^(use|all|get|post|put|patch|delete|del|options|head|set|enable|disable|engine|param|prefix|on)$/,
  ],
  [
    /^hono\.Hono\(\)(\.basePath\(\))?$/,
    /^(use|all|get|post|put|patch|delete|options|on|route|mount|openapi|doc|doc31|onError|notFound)$/,
  ],
  [
    /^fastify\(\)$/,
    /^(register|addHook|decorate\w*|route|get|post|put|patch|delete|options|head|all|setErrorHandler|setNotFoundHandler|after|withTypeProvider|addSchema|addContentTypeParser|setValidatorCompiler|setSerializerCompiler|setSchemaErrorFormatter)$/,
  ],
];

function resultOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const object = name.slice(0, Math.max(0, dot));
  const method = name.slice(dot + 1);
  const isInARow = IN_A_ROW.some(([objects, methods]) => objects.test(object) && methods.test(method));
  return isInARow ? object : canonicalName(`${name}()`);
}

/** Calls that give back what they were given: a copy, the same frozen, or a function with something around it. */
const PASSES_ON = new Set([
  'Object.freeze',
  'Object.seal',
  'structuredClone',
  'fastify-plugin',
  'express-async-handler',
  'util.promisify',
  'react.memo',
  'react.cache',
  'server-only',
]);

/** Methods by which NestJS and containers for objects hand out what they hold. */
const CONTAINER =
  /^@nestjs\/core\.(NestFactory\.create(ApplicationContext|Microservice)?|ModuleRef)\(\)(\.select\(\))?\.(get|resolve)$|^typedi\.Container(\.of\(\))?\.get$|^tsyringe\.container\.resolve$|^inversify\.Container\(\)\.get$/;

/** The part of a name that is imported: `@nestjs/common`, `socket` of `socket.io.Server`; empty for what is always there. */
function packageOf(name: string): string {
  const found = /^(@[^/]+\/)?[^./([]*/.exec(name)?.[0] ?? '';
  return GLOBALS.has(found) ? '' : found;
}

export const names: Names = {
  canonical: canonicalName,
  global: name => name,
  resultOf,
  passesOn: name => PASSES_ON.has(name),
  givesObject: name => CONTAINER.test(name),
  isPlainType: name => PLAIN_TYPES.has(name),
  packageOf,
  importedPackage: module => /^(@[^/]+\/)?[^/]+/.exec(module.replace(/^node:/, ''))?.[0] ?? '',
  areHandedOn: true,
  given: (callee: string, position: number, definition: FunctionDefinition) =>
    givenBy(callee, position, definition),
  givenByType,
  addsMembers: name => (name === 'fastify()' ? 'decorate' : undefined),
  likely: likelyParameters,
  loadedBy: call => loadedByWord(call, ['require', 'import']),
};
