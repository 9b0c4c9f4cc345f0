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
