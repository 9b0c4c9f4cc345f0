import { describe, expect, test } from 'vitest';
import { repositoryOf } from '../../read/memory.ts';
import { parseCode } from '../../read/code/parse.ts';
import { codeOf } from '../code/code.ts';
import { reachFrom } from '../code/reach.ts';
import { viewOf, type CodeView } from '../code/view.ts';
import { serverFilesIn } from './files.ts';
import { nodeRouting } from './handlers.ts';
import { javascript } from './language.ts';
import { modulesOf } from './modules.ts';

type Texts = Readonly<Record<string, string>>;

async function viewIn(texts: Texts): Promise<CodeView> {
  const repository = repositoryOf({ 'package.json': '{}', ...texts });
  const code = codeOf(modulesOf(await parseCode(serverFilesIn(repository)), repository), javascript);
  const [path] = Object.keys(texts);
  const module = code.modules.at(path ?? '');
  if (!module) throw new Error(`no ${path ?? 'file'}`);
  return viewOf(code, reachFrom(code, [{ module, isScript: true, object: '' }]), () => true);
}

/** `GET /x list [auth]`: what runs before stands in brackets; what may, with a question mark. */
async function routesOf(texts: Texts): Promise<readonly string[]> {
  const node = await viewIn(texts);
  const { handlers, blind } = nodeRouting(node);
  return [
    ...handlers.map(({ route, before }) => {
      const methods = route.methods.state === 'unclear' ? '?' : route.methods.value.join('/');
      const path = route.path.state === 'unclear' ? '?' : route.path.value;
      const layers = before.map(
        ({ expression, scope, covers }) =>
          `${node.textOf(scope, expression).split('\n')[0] ?? ''}${covers === 'yes' ? '' : '?'}`,
      );
      const reached = route.reached === 'yes' ? '' : ` reached: ${route.reached}`;
      return `${methods} ${path} ${route.handler} [${layers.join(' ')}]${reached}`;
    }),
    ...blind.map(({ because }) => because),
  ];
}

const EXPRESS = "const express = require('express');\nconst app = express();\n";

describe('routes of Express', () => {
  test.each<[string, Texts, readonly string[]]>([
    [
      'middleware counts for what comes after it',
      {
        'app.js': `${EXPRESS}app.get('/a', list);\napp.use(auth);\napp.get('/b', check, list);\nfunction auth(req, res, next) {}\nfunction check(req, res, next) {}\nfunction list(req, res) {}`,
      },
      ['GET /a list []', 'GET /b list [auth check]'],
    ],
    ['a setting is no route', { 'app.js': `${EXPRESS}app.set('port', 1);\napp.get('port');` }, []],
    [
      'middleware on a path',
      {
        'app.js': `${EXPRESS}app.use('/admin', auth);\napp.get('/admin/users/:id', (req, res) => {});\napp.get('/other', (req, res) => {});\napp.get('/:any', (req, res) => {});`,
      },
      ['GET /admin/users/{id}  [auth]', 'GET /other  []', 'GET /{any}  [auth?]'],
    ],
    [
      'routers in routers, with what stands before them',
      {
        'app.js': `${EXPRESS}const api = require('./api');\napp.use(helmet());\napp.use('/api', limit, api);\napp.use(late);`,
        'api.js':
          "const { Router } = require('express');\nconst router = Router();\nrouter.use('/users', require('./users'));\nmodule.exports = router;",
        'users.js':
          "const router = require('express').Router();\nconst users = require('./controller');\nrouter.route('/:id').all((req, res, next) => next()).get(users.get).delete(admin, users.remove);\nmodule.exports = router;",
        'controller.js':
          'const get = wrap(async (req, res) => {});\nfunction wrap(fn) { return (req, res, next) => fn(req, res, next).catch(next); }\nmodule.exports = { get, remove: async (req, res) => {} };',
      },
      [
        'GET /api/users/{id} get [helmet() limit (req, res, next) => next() wrap(async (req, res) => {})]',
        'DELETE /api/users/{id} remove [helmet() limit (req, res, next) => next() admin]',
      ],
    ],
    [
      'a list of routers',
      {
        'app.js': `${EXPRESS}const users = require('./users');\nconst list = [{ path: '/users', route: users }];\nlist.forEach((each) => { app.use(each.path, each.route); });`,
        'users.js':
          "const router = require('express').Router();\nrouter.get('/', (req, res) => {});\nmodule.exports = router;",
      },
      ['GET /users  []'],
    ],
    [
      'a list that cannot be told',
      {
        'app.js': `${EXPRESS}for (const file of files()) app.use(require(file));`,
        'users.js':
          "const router = require('express').Router();\nrouter.get('/', (req, res) => {});\nmodule.exports = router;",
      },
      ['GET ?  [] reached: unclear', 'mounts routers that are loaded by a name'],
    ],
    [
      'a router that nobody mounts',
      {
        'app.js': `${EXPRESS}require('./users');`,
        'users.js':
          "const router = require('express').Router();\nrouter.get('/', (req, res) => {});\nmodule.exports = router;",
      },
      ['GET /  [] reached: no'],
    ],
    [
      'an app in a class, set up in methods',
      {
        'app.ts':
          "import express, { Application } from 'express';\nimport { Users } from './users';\nclass App {\n  public app: Application;\n  constructor() { this.app = express(); this.setUp(); this.routes(); }\n  private routes() { this.app.use('/users', new Users().router); }\n  private setUp() { this.app.use(express.json()); }\n}\nnew App().app.listen(1);",
        'users.ts':
          "import { Router } from 'express';\nimport { Control } from './control';\nexport class Users {\n  public router = Router();\n  private control = new Control();\n  constructor() { this.router.get('/', this.control.list.bind(this.control)); }\n}",
        'control.ts': 'export class Control { public list = async (req, res) => {}; }',
      },
      ['GET /users list [express.json()]'],
    ],
    [
      'an app that is handed on, with its type',
      {
        'app.ts':
          "import express from 'express';\nimport { routes, guards } from './routes';\nconst app = express();\nguards(app);\nroutes(app);",
        'routes.ts':
          "import type { Express } from 'express';\nexport function routes(app: Express) { app.get('/x', list); }\nexport const guards = (app: Express) => { app.use(auth); };\nfunction list() {}",
      },
      ['GET /x list [auth]'],
    ],
    [
      'handlers of a factory',
      {
        'app.js': `${EXPRESS}const all = (model) => wrap(async (req, res) => { model.find(); });\nconst wrap = (fn) => (req, res, next) => fn(req, res).catch(next);\napp.get('/x', all(User));`,
      },
      ['GET /x all [wrap(async (req, res) => { model.find(); })]'],
    ],
  ])('%s', async (_, texts, expected) => {
    expect(await routesOf(texts)).toEqual(expected);
  });
});

const FASTIFY = "import Fastify from 'fastify';\nconst app = Fastify();\n";

describe('routes of Fastify', () => {
  test.each<[string, Texts, readonly string[]]>([
    [
      'a hook counts for all routes of its plugin, wherever it stands in it',
      {
        'app.js': `${FASTIFY}app.get('/a', list);\napp.addHook('onRequest', auth);\napp.get('/b', { preHandler: [check, own] }, async () => {});\nasync function auth() {}\nasync function check() {}\nasync function own() {}\nasync function list() {}`,
      },
      ['GET /a list [auth]', 'GET /b  [auth check own]'],
    ],
    [
      'a plugin keeps its hooks to itself, and has a prefix',
      {
        'app.ts': `${FASTIFY}import { users } from './users.js';\napp.get('/', async () => 'ok');\nawait app.register(users, { prefix: '/v1/' });\nasync function later() {}\napp.addHook('preHandler', later);`,
        'users.ts':
          "import type { FastifyPluginAsync } from 'fastify';\nexport const users: FastifyPluginAsync = async app => {\n  app.addHook('onRequest', app.authenticate);\n  app.route({ method: ['GET', 'HEAD'], url: '/users/:id', handler: show });\n};\nasync function show() {}\n",
      },
      ['GET /  [later]', 'GET/HEAD /v1/users/{id} show [app.authenticate]'],
    ],
    [
      'a plugin that is not waited for gets hooks that come later in the text',
      {
        'app.js': `${FASTIFY}app.register(async scope => { scope.get('/a', async () => 1); });\napp.addHook('onRequest', auth);\nasync function auth() {}`,
      },
      ['GET /a  [auth]'],
    ],
    [
      'what fastify-plugin wraps acts on the instance around it, for what is registered after it',
      {
        'app.js': `${FASTIFY}import fp from 'fastify-plugin';\nimport guard from './guard.js';\nawait app.register(async scope => { scope.get('/open', async () => 1); });\nawait app.register(guard);\nawait app.register(async scope => { scope.get('/shut', async () => 1); });`,
        'guard.js':
          "import fp from 'fastify-plugin';\nexport default fp(async app => {\n  app.addHook('onRequest', async request => { await request.jwtVerify(); });\n});\n",
      },
      ['GET /open  []', 'GET /shut  [async request => { await request.jwtVerify(); }]'],
    ],
    [
      'decorators are the functions behind them, and what those give back',
      {
        'app.js': `${FASTIFY}app.decorate('allow', role => async request => role);\napp.decorate('sure', async () => {});\napp.get('/a', { onRequest: [app.sure, app.allow('admin')] }, list);\nfunction list() {}`,
      },
      ['GET /a list [async () => {} async request => role]'],
    ],
    [
      'a function that is called with the app',
      {
        'app.js': `${FASTIFY}import routes from './routes.js';\nroutes(app);`,
        'routes.js': "export default function routes(server) {\n  server.delete('/x', async () => {});\n}\n",
      },
      ['DELETE /x  []'],
    ],
    [
      'plugins that nobody registers, and those that cannot be told',
      {
        'app.js': `${FASTIFY}import './dead.js';\nimport autoload from '@fastify/autoload';\napp.register(autoload, { dir: 'routes' });`,
        'dead.js':
          "import fastify from 'fastify';\nexport async function dead(app = fastify()) {\n  app.get('/dead', async () => {});\n}\n",
      },
      ['GET /dead  [] reached: unclear', 'loads routes from a folder'],
    ],
    [
      'a plugin that nobody registers',
      {
        'app.js': `${FASTIFY}import { dead } from './dead.js';\napp.get('/a', async () => 1);`,
        'dead.js': "export async function dead(fastify) {\n  fastify.get('/dead', async () => {});\n}\n",
      },
      ['GET /a  []', 'GET /dead  [] reached: no'],
    ],
  ])('%s', async (_what, texts, expected) => {
    expect(await routesOf(texts)).toEqual(expected);
  });
});

const KOA = "const Koa = require('koa');\nconst Router = require('@koa/router');\nconst app = new Koa();\n";

describe('routes of Koa', () => {
  test.each<[string, Texts, readonly string[]]>([
    [
      'routers with a prefix, names, and what stands before them',
      {
        'app.js': `${KOA}const router = new Router({ prefix: '/users' });\nrouter.get('one', '/:id', show);\nrouter.use(auth);\nrouter.post('/', check, create);\napp.use(first);\napp.use(router.routes()).use(router.allowedMethods());\napp.use(late);\nfunction first(ctx, next) {}\nfunction late(ctx, next) {}\nfunction auth(ctx, next) {}\nfunction check(ctx, next) {}\nfunction show(ctx) {}\nfunction create(ctx) {}`,
      },
      ['GET /users/{id} show [first]', 'POST /users create [first auth check]'],
    ],
    [
      'apps and routers in others, and a list that is composed',
      {
        'app.js': `${KOA}const mount = require('koa-mount');\nconst compose = require('koa-compose');\nconst api = require('./api');\napp.use(compose([auth, mount('/api', api)]));\nasync function auth(ctx, next) {}`,
        'api.js':
          "const Koa = require('koa');\nconst Router = require('koa-router');\nconst api = new Koa();\nconst outer = new Router();\nconst inner = new Router();\ninner.del('/:id', async ctx => {});\nouter.use('/orders', inner.routes());\napi.use(outer.routes());\nmodule.exports = api;",
      },
      ['DELETE /api/orders/{id}  [auth]'],
    ],
    [
      'an app that is handed on',
      {
        'app.ts':
          "import Koa from 'koa';\nimport { routes } from './routes';\nconst app = new Koa();\napp.use(async (ctx, next) => next());\nroutes(app);",
        'routes.ts':
          "import Koa from 'koa';\nimport { Router } from '@koa/router';\nexport function routes(app: Koa) {\n  const router = new Router();\n  router.all('/x', async ctx => {});\n  app.use(router.routes());\n}",
      },
      ['GET/POST/PUT/PATCH/DELETE /x  [async (ctx, next) => next()]'],
    ],
  ])('%s', async (_, texts, expected) => {
    expect(await routesOf(texts)).toEqual(expected);
  });
});

const HONO = "import { Hono } from 'hono';\n";

describe('routes of Hono', () => {
  test.each<[string, Texts, readonly string[]]>([
    [
      'middleware for a path covers that path, and with a star all below',
      {
        'app.ts': `${HONO}const app = new Hono();\napp.use('/admin/*', auth);\napp.use('/x', exact);\napp.use(all);\napp.get('/admin/users/:id', c => c.json({}));\napp.get('/x/y', c => c.json({}));\nfunction auth(c, next) {}\nfunction exact(c, next) {}\nfunction all(c, next) {}`,
      },
      ['GET /admin/users/{id}  [auth all]', 'GET /x/y  [all]'],
    ],
    [
      'apps in apps, written in a row, with a base path',
      {
        'app.ts': `${HONO}import { books } from './books';\nconst app = new Hono().basePath('/api');\napp.use('*', auth);\napp.route('/books', books).on(['GET', 'POST'], '/both', c => c.json({}));\nexport default app;\nfunction auth(c, next) {}`,
        'books.ts': `${HONO}export const books = new Hono().get('/', c => c.json([])).post('/', check, c => c.json({}));\nconst check = async (c, next) => next();`,
      },
      ['GET/POST /api/both  [auth]', 'GET /api/books  [auth]', 'POST /api/books  [auth check]'],
    ],
    [
      'an app that only guards what comes after it under the same path',
      {
        'app.ts': `${HONO}const app = new Hono();\nconst guarded = new Hono();\nguarded.use('/posts/*', auth);\nconst api = new Hono();\napi.post('/posts', c => c.json({}));\napi.post('/open', c => c.json({}));\napp.post('/api/posts/early', c => c.json({}));\napp.route('/api', guarded);\napp.route('/api', api);\nfunction auth(c, next) {}`,
      },
      ['POST /api/posts/early  []', 'POST /api/posts  [auth]', 'POST /api/open  []'],
    ],
    [
      'routes with a description',
      {
        'app.ts':
          "import { OpenAPIHono, createRoute } from '@hono/zod-openapi';\nconst app = new OpenAPIHono();\nconst create = createRoute({ method: 'post', path: '/books/{id}', middleware: [auth], responses: {} });\napp.openapi(create, c => c.json({}));\nfunction auth(c, next) {}",
      },
      ['POST /books/{id}  [auth]'],
    ],
  ])('%s', async (_, texts, expected) => {
    expect(await routesOf(texts)).toEqual(expected);
  });
});

const NEST = {
  'main.ts':
    "import { NestFactory } from '@nestjs/core';\nimport { App } from './app';\nasync function start() {\n  const app = await NestFactory.create(App);\n  app.setGlobalPrefix('api', { exclude: ['health'] });\n  app.enableVersioning({ defaultVersion: ['1', '2'] });\n  app.use(logged);\n  await app.listen(3000);\n}\nvoid start();\nfunction logged(req, res, next) {}",
} as const;

const COMMON =
  "import { applyDecorators, Controller, Get, Module, Post, SetMetadata, UseGuards, VERSION_NEUTRAL, Version } from '@nestjs/common';\nimport { APP_GUARD, RouterModule } from '@nestjs/core';\n";

describe('routes of NestJS', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'prefixes, versions, and several paths of one method',
      "@Controller('a')\nclass A {\n  @Get(['x', 'y']) list() {}\n  @Version('3') @Post() create() {}\n}\n@Controller({ version: VERSION_NEUTRAL })\nclass B {\n  @Get('health') ok() {}\n}\n@Module({ controllers: [A, B] })\nexport class App {}",
      [
        'GET /api/v1/a/x list [logged]',
        'GET /api/v1/a/y list [logged]',
        'GET /api/v2/a/x list [logged]',
        'GET /api/v2/a/y list [logged]',
        'POST /api/v3/a create [logged]',
        'GET /health ok [logged]',
      ],
    ],
    [
      'modules that are imported, chosen and pushed; one that is not; one under a prefix',
      "@Controller({ path: 'a', version: VERSION_NEUTRAL })\nclass A { @Get() a() {} }\n@Controller({ path: 'b', version: VERSION_NEUTRAL })\nclass B { @Get() b() {} }\n@Controller({ path: 'c', version: VERSION_NEUTRAL })\nclass C { @Get() c() {} }\n@Module({ controllers: [A] })\nclass AModule {}\n@Module({ controllers: [B] })\nclass BModule {}\n@Module({ controllers: [C] })\nclass CModule {}\nconst more = [];\nif (process.env.NODE_ENV !== 'production') more.push(BModule);\n@Module({ imports: [AModule, ...more, RouterModule.register([{ path: 'in', children: [{ path: 'ner', module: AModule }] }])] })\nexport class App {}",
      ['GET /api/in/ner/a a [logged]', 'GET /b b [] reached: no', 'GET /c c [] reached: no'],
    ],
    [
      'a base class, and guards of class, method and app',
      "class One {}\nclass Two {}\nclass Three {}\nconst Both = (role) => applyDecorators(SetMetadata('role', role), UseGuards(Two, Three));\nclass Base {\n  @Both('x') @Get() list() {}\n  @Get('hidden') hidden() {}\n}\n@UseGuards(One)\n@Controller({ path: 'a', version: VERSION_NEUTRAL })\nclass A extends Base {\n  hidden() {}\n}\n@Module({ controllers: [A], providers: [{ provide: APP_GUARD, useClass: Three }] })\nexport class App {}",
      ["GET /api/a list [logged Three UseGuards(One) Both('x') Both('x')]"],
    ],
  ])('%s', async (_, app, expected) => {
    expect(await routesOf({ ...NEST, 'app.ts': `${COMMON}${app}` })).toEqual(expected);
  });
});
