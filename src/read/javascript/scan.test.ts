import { expect, test } from 'vitest';
import { scan } from './scan.ts';

/** What is called on objects of the language's own classes, as it is written there. */
const onBuiltins = (text: string): readonly string[] =>
  [...scan(text, 'a.ts').onBuiltins].map(at => text.slice(at, text.indexOf('(', at)));

test('notes methods of what a file makes of the language itself', () => {
  expect(onBuiltins('const seen = new Map<string, number>(); seen.get("a"); seen?.delete("a");')).toEqual([
    'get',
    'delete',
  ]);
  expect(onBuiltins('let found: Set<string> = new Set(); function f() { found.add("a"); }')).toEqual(['add']);
  expect(onBuiltins('class A { private readonly all = new Map(); f() { return this.all.get(1); } }')).toEqual(
    ['get'],
  );
  expect(onBuiltins('class A { #all = new Map(); f() { return this.#all.get(1); } }')).toEqual(['get']);
});

test('says nothing of a name that may be something else', () => {
  for (const text of [
    'import { app } from "./app"; app.get("/");',
    'const app = express(); app.get("/");',
    'const app = new Router(); app.get("/");',
    'let app = new Map(); app = express(); app.get("/");',
    'class A { app = new Map(); f(app) { this.app = app; this.app.get("/"); } }',
    'function f(app = new Map()) { app.get("/"); }',
    'const g = (app = new Map()) => app.get("/");',
    'const all = { app: new Map() }; function f() { const app = express(); app.get("/"); }',
    'function f() { const app = new Map(); } function g(app) { app.get("/"); }',
    'function f() { const app = new Map(); } function g({ app }) { app.get("/"); }',
    'function f() { const app = new Map(); } const g = ({ router: app }) => app.get("/");',
    'const app = new Map(); server.app.get("/");',
    'const app = new Map(); try {} catch (app) { app.get("/"); }',
    'const app = new Map(); for (const app of all) app.get("/");',
    'const app = new Map(); [app] = all; app.get("/");',
    'const app = new Map(); ({ app } = all); app.get("/");',
    'const app = new Map(); ({ router: app } = all); app.get("/");',
    'const app = new Map().set("a", express()).get("a"); app.get("/");',
  ])
    expect(onBuiltins(text), text).toEqual([]);
});
