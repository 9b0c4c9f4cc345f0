import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Term } from '../../model/index.ts';
import { repositoryOf } from '../../read/memory.ts';
import { parseCode } from '../../read/code/parse.ts';
import { codeOf, type Code } from '../code/code.ts';
import { reachFrom } from '../code/reach.ts';
import { serverFilesIn } from './files.ts';
import { javascript } from './language.ts';
import { modulesOf } from './modules.ts';

type Texts = Readonly<Record<string, string>>;

async function codeIn(texts: Texts): Promise<Code> {
  const repository = repositoryOf({ 'package.json': '{}', ...texts });
  return codeOf(modulesOf(await parseCode(serverFilesIn(repository)), repository), javascript);
}

/** The value of an exported name of `app.ts`, in words. */
async function valueOf(texts: Texts, name = 'value'): Promise<string> {
  const code = await codeIn(texts);
  const module = code.modules.at('app.ts') ?? code.modules.at('app.js');
  if (!module) throw new Error('no app.ts');
  const at = { path: module.path, startLine: 1, endLine: 1 };
  const term = code.evaluator.memberOf({ kind: 'module', module }, name, at);
  return term ? words(term) : 'nothing';
}

function words(term: Term): string {
  switch (term.kind) {
    case 'literal':
      return JSON.stringify(term.value);
    case 'env':
      return `$${term.name}${term.required ? '!' : ''}${term.fallback ? ` else ${words(term.fallback)}` : ''}`;
    case 'oneOf':
      return term.options.map(option => words(option.term)).join(' | ');
    case 'text':
      return `text(${term.parts.map(words).join(', ')})`;
    case 'list':
      return `[${term.items.map(words).join(', ')}]`;
    case 'object':
      return `{${term.entries.map(([key, value]) => `${key}: ${words(value)}`).join(', ')}}`;
    case 'call':
      return `${term.target}(…)`;
    case 'reference':
      return `@${term.target}`;
    case 'input':
      return `input(${term.source})`;
    default:
      return term.kind;
  }
}

/** The canonical names of all calls in a file, in the order of the text. */
async function callsOf(texts: Texts, path: string): Promise<readonly string[]> {
  const code = await codeIn(texts);
  const module = code.modules.at(path);
  if (!module) throw new Error(`no ${path}`);
  return code.search.callsOf(module).map(({ call, scope }) => code.nameOf(call.callee, scope));
}

const app = (text: string): Texts => ({ 'app.ts': text });

describe('values', () => {
  test.each([
    ['a variable', 'export const value = process.env.K;', '$K'],
    ['in brackets', "export const value = process.env['K'];", '$K'],
    ['??', "export const value = process.env.K ?? 'x';", '$K else "x"'],
    ['||', "export const value = process.env.K || 'x';", '$K else "x"'],
    ['taken apart', 'export const { K: value } = process.env;', '$K'],
    ['taken apart with a default', "const { K = 'x' } = process.env; export const value = K;", '$K else "x"'],
    ['by a name', "const name = 'K'; export const value = process.env[name];", '$K'],
    ['env by another name', "import { env } from 'node:process'; export const value = env.K;", '$K'],
    ['process imported', "import p from 'process'; export const value = p.env.K;", '$K'],
    ['a number', 'export const value = Number(process.env.N ?? 4);', '$N else 4'],
    ['parseInt', "export const value = parseInt(process.env.N || '4', 10);", '$N else 4'],
    ['a sign', "export const value = +(process.env.N ?? '4');", '$N else "4"'],
    ['=== true', "export const value = process.env.D === 'true';", '$D else false'],
    [
      'a template',
      'export const value = `postgres://${process.env.H}/shop`;',
      'text("postgres://", $H, "/shop")',
    ],
    ['a template of known parts', "const h = 'h'; export const value = `a ${h} b`;", '"a h b"'],
    ['by environment', "export const value = process.env.NODE_ENV === 'production' ? 1 : 2;", '1 | 2'],
    ['import.meta.env', 'export const value = import.meta.env.VITE_URL;', '$VITE_URL'],
    ['as const', "const o = { a: 'x' } as const; export const value = o.a;", '"x"'],
    ['an enum', "enum E { A, B = 'x', C = 4, D } export const value = [E.A, E.B, E.D];", '[0, "x", 5]'],
    ['a spread', 'const base = { a: 1, b: 2 }; const o = { ...base, b: 3 }; export const value = o.b;', '3'],
    ['freeze', 'const o = Object.freeze({ a: 1 }); export const value = o.a;', '1'],
    ['a static', 'class C { static A = process.env.A; } export const value = C.A;', '$A'],
    [
      'a getter',
      "class C { get a() { return process.env.A ?? 'x'; } } export const value = new C().a;",
      '$A else "x"',
    ],
    [
      'a field',
      'class C { constructor(private readonly a = process.env.A) {} b = this.a; } const c = new C(); export const value = c.b;',
      '$A',
    ],
    [
      'an own reader',
      "const get = (name: string, other?: string) => process.env[name] ?? other;\nexport const value = get('K', 'x');",
      '$K else "x"',
    ],
    ['nothing is false', 'const o = { a: false }; export const value = o.a ?? true;', 'false'],
    ['a block', "const x = 'outer'; { const x = 'inner'; } export const value = x;", '"outer"'],
    [
      'a shadow',
      "const x = 'outer'; function f(x: string) { return x; } export const value = f('inner');",
      '"inner"',
    ],
    ['escapes', "export const value = 'a\\u0041\\n';", '"aA\\n"'],
    ['a list', "export const value = (process.env.L ?? 'a,b').split(',');", '$L else ["a", "b"]'],
    ['join', "import path from 'path'; export const value = path.join('a', 'b');", '"a/b"'],
    ['undefined', 'const u = undefined; export const value = u ?? 1;', '1'],
  ])('%s', async (_, text, expected) => {
    expect(await valueOf(app(text))).toBe(expected);
  });
});

describe('values of other modules', () => {
  test.each<[string, Texts, string]>([
    [
      'named',
      {
        'app.ts': "import { K } from './config';\nexport const value = K;",
        'config.ts': "export const K = process.env.K || 'x';",
      },
      '$K else "x"',
    ],
    [
      'default object',
      {
        'app.ts': "import config from './config';\nexport const value = config.db.host;",
        'config.ts': 'export default { db: { host: process.env.H } };',
      },
      '$H',
    ],
    [
      'module.exports',
      {
        'app.js': "const { K } = require('./config');\nexports.value = K;",
        'config.js': 'module.exports = { K: process.env.K };',
      },
      '$K',
    ],
    [
      'exports.x',
      {
        'app.js': "const config = require('./config');\nexports.value = config.K;",
        'config.js': 'exports.K = process.env.K;',
      },
      '$K',
    ],
    [
      '.js means .ts',
      {
        'app.ts': "import { K } from './config.js';\nexport const value = K;",
        'config.ts': 'export const K = 1;',
      },
      '1',
    ],
    [
      'a barrel',
      {
        'app.ts': "import { K } from './lib';\nexport const value = K;",
        'lib/index.ts': "export * from './a';\nexport * from './b';",
        'lib/a.ts': 'export const A = 0;',
        'lib/b.ts': 'export const K = 2;',
      },
      '2',
    ],
    [
      'barrels in a circle',
      {
        'app.ts': "import { K } from './a';\nexport const value = K;",
        'a.ts': "export * from './b';",
        'b.ts': "export * from './a';\nexport const K = 3;",
      },
      '3',
    ],
    [
      'passed on',
      {
        'app.ts': "import { B } from './a';\nexport const value = B;",
        'a.ts': "export { K as B } from './b';",
        'b.ts': 'export const K = 3;',
      },
      '3',
    ],
    [
      'a namespace',
      { 'app.ts': "import * as c from './c';\nexport const value = c.K;", 'c.ts': 'export const K = 3;' },
      '3',
    ],
    [
      'a namespace passed on',
      {
        'app.ts': "import { c } from './b';\nexport const value = c.K;",
        'b.ts': "export * as c from './c';",
        'c.ts': 'export const K = 3;',
      },
      '3',
    ],
    [
      'paths',
      {
        'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@lib/*": ["./src/lib/*"] } } }',
        'app.ts': "import { K } from '@lib/c';\nexport const value = K;",
        'src/lib/c.ts': 'export const K = 3;',
      },
      '3',
    ],
    [
      'paths of what is extended, in a circle',
      {
        'tsconfig.json': '{ "extends": "./base.json" }',
        'base.json':
          '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "@/*": ["./src/*"] } } } // x',
        'app.ts': "import { K } from '@/c';\nexport const value = K;",
        'src/c.ts': 'export const K = 3;',
      },
      '3',
    ],
    [
      'a workspace',
      {
        'app.ts': "import { K } from '@shop/db';\nexport const value = K;",
        'packages/db/package.json': '{ "name": "@shop/db", "main": "dist/index.js" }',
        'packages/db/src/index.ts': 'export const K = 3;',
      },
      '3',
    ],
    [
      'exports of a workspace',
      {
        'app.ts': "import { K } from '@shop/db/client';\nexport const value = K;",
        'packages/db/package.json':
          '{ "name": "@shop/db", "exports": { "./*": { "import": "./dist/*.js" } } }',
        'packages/db/src/client.ts': 'export const K = 3;',
      },
      '3',
    ],
    [
      'own imports',
      {
        'package.json': '{ "imports": { "#c": "./c.js" } }',
        'app.ts': "import { K } from '#c';\nexport const value = K;",
        'c.ts': 'export const K = 3;',
      },
      '3',
    ],
    [
      'import equals',
      {
        'app.ts': "import c = require('./c');\nexport const value = c.K;",
        'c.ts': 'const c = { K: 3 };\nexport = c;',
      },
      '3',
    ],
    [
      'default of CommonJS',
      { 'app.ts': "import c from './c';\nexport const value = c.K;", 'c.js': 'module.exports = { K: 3 };' },
      '3',
    ],
  ])('%s', async (_, texts, expected) => {
    expect(await valueOf(texts)).toBe(expected);
  });
});

describe('names', () => {
  test.each<[string, string, readonly string[]]>([
    ['default', "import jwt from 'jsonwebtoken'; jwt.sign();", ['jsonwebtoken.sign']],
    ['namespace', "import * as jwt from 'jsonwebtoken'; jwt.sign();", ['jsonwebtoken.sign']],
    ['named', "import { sign } from 'jsonwebtoken'; sign();", ['jsonwebtoken.sign']],
    ['renamed', "import { sign as s } from 'jsonwebtoken'; s();", ['jsonwebtoken.sign']],
    ['require', "const jwt = require('jsonwebtoken'); jwt.sign();", ['require', 'jsonwebtoken.sign']],
    [
      'require taken apart',
      "const { sign } = require('jsonwebtoken'); sign();",
      ['require', 'jsonwebtoken.sign'],
    ],
    [
      'member of require',
      "const sign = require('jsonwebtoken').sign; sign();",
      ['require', 'jsonwebtoken.sign'],
    ],
    [
      'default of require',
      "const jwt = require('jsonwebtoken').default; jwt.sign();",
      ['require', 'jsonwebtoken.sign'],
    ],
    ['node:', "import { readFile } from 'node:fs/promises'; readFile();", ['fs/promises.readFile']],
    [
      'an app',
      "import express from 'express'; const app = express(); app.get();",
      ['express', 'express().get'],
    ],
    [
      'a router',
      "import { Router } from 'express'; const r = Router(); r.use(); ",
      ['express.Router', 'express.Router().use'],
    ],
    [
      'in a row',
      "import express from 'express'; express().use().get();",
      ['express().get', 'express().use', 'express'],
    ],
    [
      'new',
      "import { PrismaClient } from '@prisma/client'; const p = new PrismaClient(); await p.user.findMany();",
      ['@prisma/client.PrismaClient', '@prisma/client.PrismaClient().user.findMany'],
    ],
    ['optional', "import a from 'a'; a?.b?.();", ['a.b']],
    ['a global', 'console.log(); globalThis.fetch();', ['console.log', 'fetch']],
    ['shadowed', "import { sign } from 'jsonwebtoken'; function f(sign: any) { sign(); }", ['']],
    [
      'in a function',
      "function f() { const jwt = require('jsonwebtoken'); jwt.sign(); }",
      ['require', 'jsonwebtoken.sign'],
    ],
    ['own require', "const require = (x: string) => x; require('y');", ['app.ts:require']],
    [
      'later',
      "import express from 'express'; let app; function f() { app = express(); } function g() { app.get(); }",
      ['express', 'express().get'],
    ],
    [
      'a type',
      "import type { FastifyInstance } from 'fastify'; export function f(app: FastifyInstance) { app.get(); }",
      ['fastify().get'],
    ],
    [
      'a handler',
      "import express from 'express'; const app = express(); app.get('/', (req, res) => { res.json(); });",
      ['express', 'express().get', 'express.Response().json'],
    ],
    [
      'a plugin',
      "import fastify from 'fastify'; fastify().register(async (f) => { f.get('/', async (request, reply) => { reply.send(); }); });",
      ['fastify().register', 'fastify', 'fastify().get', 'fastify.FastifyReply().send'],
    ],
    [
      'a member',
      "import { Pool } from 'pg'; class A { private pool = new Pool(); f() { this.pool.query(); } }",
      ['pg.Pool', 'pg.Pool().query'],
    ],
    [
      'injected',
      "import { ConfigService } from '@nestjs/config'; class A { constructor(private readonly config: ConfigService<X>) {} f() { this.config.get(); } }",
      ['@nestjs/config.ConfigService().get'],
    ],
    [
      'super',
      "import { Base } from 'b'; class A extends Base { f() { super.g(); this.h(); } }",
      ['b.Base().g', 'b.Base().h'],
    ],
    ['a tagged template', "import sql from 'sql-tag'; sql`a ${1}`;", ['sql-tag']],
    ['markup', "import { Page } from 'ui'; const x = <any>Page;", []],
  ])('%s', async (_, text, expected) => {
    expect(await callsOf(app(text), 'app.ts')).toEqual(expected);
  });
});

describe('objects that are handed on', () => {
  test.each<[string, Texts, string, readonly string[]]>([
    [
      'to a function',
      {
        'app.ts': "import express from 'express';\nimport routes from './routes';\nroutes(express());",
        'routes.ts': "export default function (app) { app.get('/'); }",
      },
      'routes.ts',
      ['express().get'],
    ],
    [
      'to a module',
      {
        'app.js': "const app = require('express')();\nrequire('./routes')(app);",
        'routes.js': "module.exports = (app) => { app.get('/'); };",
      },
      'routes.js',
      ['express().get'],
    ],
    [
      'to a named function',
      {
        'app.ts':
          "import express from 'express';\nimport { routes } from './routes';\nconst app = express();\nroutes(app);",
        'routes.ts': "export const routes = (server) => { server.get('/'); };",
      },
      'routes.ts',
      ['express().get'],
    ],
    [
      'a plugin of another file',
      {
        'app.ts':
          "import fastify from 'fastify';\nimport routes from './routes';\nfastify().register(routes);",
        'routes.ts': "export default async function (f, opts) { f.get('/'); }",
      },
      'routes.ts',
      ['fastify().get'],
    ],
    [
      'a plugin that is wrapped',
      {
        'app.ts': "import fastify from 'fastify';\nfastify().register(import('./routes'));",
        'routes.ts': "import fp from 'fastify-plugin';\nexport default fp(async f => { f.get('/'); });",
      },
      'routes.ts',
      ['fastify-plugin', 'fastify().get'],
    ],
    [
      'a factory',
      {
        'app.ts': "import { build } from './build';\nconst app = build();\napp.listen();",
        'build.ts':
          "import express from 'express';\nexport function build() { const app = express(); return app; }",
      },
      'app.ts',
      ['build.ts:build', 'express().listen'],
    ],
    [
      'a handler of another file',
      {
        'app.js':
          "const app = require('express')();\nconst users = require('./users');\napp.get('/', users.list);",
        'users.js': 'exports.list = async (a, b) => { b.json(a.body); };',
      },
      'users.js',
      ['express.Response().json'],
    ],
    [
      'a class of another file',
      {
        'app.ts': "import { Users } from './users';\nnew Users().list();",
        'users.ts': 'export class Users { list() {} }',
      },
      'app.ts',
      ['users.ts:Users.list', 'users.ts:Users'],
    ],
  ])('%s', async (_, texts, path, expected) => {
    expect(await callsOf(texts, path)).toEqual(expected);
  });
});

describe('what functions are given and made of', () => {
  test.each<[string, Texts, string, readonly string[]]>([
    [
      'a plugin by its type',
      {
        'app.ts':
          "import type { FastifyPluginAsync } from 'fastify';\nconst plugin: FastifyPluginAsync<X> = async f => { f.get('/'); };\nexport default plugin;",
      },
      'app.ts',
      ['fastify().get'],
    ],
    [
      'a handler by its type',
      {
        'app.ts':
          "import { type RequestHandler } from 'express';\nexport const list: RequestHandler = (a, b) => { b.json(); };",
      },
      'app.ts',
      ['express.Response().json'],
    ],
    [
      'a handler by the names of its parameters',
      { 'app.js': 'exports.list = wrap(async (req, res) => { res.json(); });' },
      'app.js',
      ['wrap', 'express.Response().json'],
    ],
    [
      'a handler with an own function around it',
      {
        'app.js':
          "const app = require('express')();\nconst wrap = fn => (req, res, next) => fn(req, res, next).catch(next);\nconst list = wrap(async (a, b) => { b.json(); });\nlist();",
      },
      'app.js',
      ['express', 'require', '', 'app.js:4@130', 'app.js:wrap', 'express.Response().json', 'app.js:8@130'],
    ],
    [
      'a member that is added',
      {
        'app.ts':
          "import fastify from 'fastify';\nimport { Users } from './users';\nconst app = fastify();\napp.decorate('users', new Users());\napp.users.list();",
        'users.ts': 'export class Users { list() {} }',
      },
      'app.ts',
      ['fastify', 'fastify().decorate', 'users.ts:Users', 'users.ts:Users.list'],
    ],
    [
      'a decorated class that is exported',
      {
        'app.ts': "import { C } from './c';\nnew C().f();",
        'c.ts':
          "import { Injectable } from '@nestjs/common';\ndeclare module 'x' { interface Y {} }\n@Injectable()\nexport class C { f() {} }",
      },
      'app.ts',
      ['c.ts:C.f', 'c.ts:C'],
    ],
  ])('%s', async (_, texts, path, expected) => {
    const found = await callsOf(texts, path);
    expect(found.map(name => name.replace(/:\d+@\d+$/, ':…'))).toEqual(
      expected.map(name => name.replace(/:\d+@\d+$/, ':…')),
    );
  });
});

describe('reach', () => {
  const reached = async (texts: Texts, entry: string, word: string): Promise<string> => {
    const code = await codeIn(texts);
    const module = code.modules.at(entry);
    if (!module) throw new Error(`no ${entry}`);
    const reach = reachFrom(code, [{ module, isScript: true, object: '' }]);
    return code
      .callsEnding(word)
      .map(site => reach.reaches(site.scope, site.conditions))
      .join(' ');
  };

  test.each<[string, Texts, string]>([
    ['what runs', { 'app.js': 'probe();' }, 'yes'],
    ['a function that nobody calls', { 'app.js': 'function f() { probe(); }' }, 'no'],
    ['an arrow that nobody calls', { 'app.js': 'const f = () => probe();' }, 'no'],
    ['an arrow that is handed on', { 'app.js': 'run(() => probe());' }, 'yes'],
    ['an arrow by its name', { 'app.js': 'const f = () => probe();\nrun(f);' }, 'yes'],
    ['a module that nobody imports', { 'app.js': '', 'other.js': 'probe();' }, 'no'],
    ['a module that is required', { 'app.js': "require('./other');", 'other.js': 'probe();' }, 'yes'],
    [
      'a module that is required in a function',
      { 'app.js': "function f() { require('./other'); }\nf();", 'other.js': 'probe();' },
      'yes',
    ],
    [
      'a module for its types',
      { 'app.ts': "import type { T } from './other';", 'other.ts': 'probe();' },
      'no',
    ],
    [
      'a module that is passed on',
      {
        'app.ts': "import { a } from './lib';\na();",
        'lib.ts': "export * from './other';",
        'other.ts': 'export const a = () => probe();',
      },
      'yes',
    ],
    [
      'a handler of another file',
      {
        'app.js': "const users = require('./users');\nroute(users.list);",
        'users.js': 'exports.list = () => probe();\nexports.other = () => 1;',
      },
      'yes',
    ],
    [
      'a handler that is not used',
      {
        'app.js': "const users = require('./users');\nroute(users.other);",
        'users.js': 'exports.list = () => probe();\nexports.other = () => 1;',
      },
      'no',
    ],
    [
      'a module called at once',
      { 'app.js': "require('./routes')(app);", 'routes.js': 'module.exports = app => { probe(); };' },
      'yes',
    ],
    [
      'a folder that is loaded',
      {
        'app.js': "fs.readdirSync(dir).forEach(file => require('./models/' + file));",
        'models/a.js': 'probe();',
      },
      'yes',
    ],
    [
      'a class that is made',
      { 'app.ts': "import { A } from './a';\nnew A();", 'a.ts': 'export class A { f = () => probe(); }' },
      'yes',
    ],
    ['the main guard', { 'app.js': 'if (require.main === module) probe();' }, 'yes'],
    [
      'the main guard elsewhere',
      { 'app.js': "require('./other');", 'other.js': 'if (require.main === module) probe();' },
      'no',
    ],
  ])('%s', async (_, texts, expected) => {
    expect(await reached(texts, 'app.js' in texts ? 'app.js' : 'app.ts', 'probe')).toBe(expected);
  });
});

describe('hostile input', () => {
  test.each<[string, string]>([
    ['a syntax error', 'const a = ;\nprobe(;'],
    ['deep parentheses', `x = ${'('.repeat(20_000)}`],
    ['deep arrays', `x = ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['deep functions', `${'f(() => {'.repeat(2_000)}${'})'.repeat(2_000)}`],
    ['a long chain', `x${'.a()'.repeat(5_000)}`],
    ['a huge line', `const x = '${'a'.repeat(500_000)}';`],
    ['markup that is not closed', 'const x = <a><b><c>'],
    ['a template that is not closed', 'const x = `${a'],
    [
      'names of objects',
      "toString(); constructor.__proto__.hasOwnProperty('x'); export const __proto__ = 1;",
    ],
  ])('%s ends', async (_, text) => {
    const code = await codeIn({ 'app.tsx': text, 'good.ts': "import { sign } from 'jsonwebtoken'; sign();" });
    for (const module of code.modules.all)
      for (const { call, scope } of code.search.callsOf(module)) {
        code.nameOf(call.callee, scope);
        code.evaluator.evaluate(call, scope);
      }
    expect(code.calls('jsonwebtoken.sign')).toHaveLength(1);
  });

  test('circles end', async () => {
    const code = await codeIn({
      'a.ts':
        "import { b } from './b'; export const a = b.x; export class A extends B {} export * from './b';",
      'b.ts':
        "import { a } from './a'; export const b = a.y; export * from './a'; const f = () => f(); f(f);",
    });
    for (const module of code.modules.all)
      for (const name of ['a', 'b', 'A', 'none'])
        code.evaluator.memberOf({ kind: 'module', module }, name, { path: '', startLine: 1, endLine: 1 });
  });

  test('any text is read the same twice, and all of it', async () => {
    const piece = fc.constantFrom(
      'const a = 1;',
      'export ',
      'import x from "y";',
      '{',
      '}',
      '(',
      ')',
      '=>',
      'class A { ',
      'f(',
      '`${',
      '<a>',
      '@D() ',
      'async ',
      'x ?? y',
      '\n',
      '"',
      'process.env.K',
      'require("z")',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async pieces => {
        const text = pieces.join(' ');
        const tell = async () => callsOf({ 'app.tsx': text }, 'app.tsx');
        expect(await tell()).toEqual(await tell());
      }),
      { numRuns: 60 },
    );
  });
});
