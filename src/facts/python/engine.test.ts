import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Term } from '../../model/index.ts';
import { repositoryOf } from '../../read/memory.ts';
import { parseCode } from '../../read/code/parse.ts';
import { codeOf, type Code } from '../code/code.ts';
import { modulesOf } from '../code/modules.ts';
import { python } from './language.ts';
import { reachFrom } from '../code/reach.ts';

async function codeIn(texts: Readonly<Record<string, string>>): Promise<Code> {
  return codeOf(
    modulesOf(await parseCode(repositoryOf(texts).files.filter(file => file.path.endsWith('.py')))),
    python,
  );
}

/** The value of a name of `app.py`, in words. */
async function valueOf(texts: Readonly<Record<string, string>>, name = 'value'): Promise<string> {
  const code = await codeIn(texts);
  const module = code.modules.at('app.py');
  if (!module) throw new Error('no app.py');
  const at = { path: 'app.py', startLine: 1, endLine: 1 };
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
    case 'call':
      return `${term.target}(…)`;
    case 'reference':
      return `@${term.target}`;
    default:
      return term.kind;
  }
}

describe('values', () => {
  test.each([
    ['os.environ.get', 'import os\nvalue = os.environ.get("K", "x")\n', '$K else "x"'],
    ['getenv or', 'from os import getenv as g\nvalue = g("K") or "x"\n', '$K else "x"'],
    ['an element', 'import os\nvalue = os.environ["K"]\n', '$K!'],
    ['environ by another name', 'from os import environ as e\nvalue = e.get("K")\n', '$K'],
    ['a comparison', 'import os\nvalue = os.getenv("D", "false").lower() == "true"\n', '$D else false'],
    ['in a list', 'import os\nvalue = os.getenv("D", "1") in ("1", "true")\n', '$D else true'],
    ['a number', 'import os\nvalue = int(os.getenv("N", "4"))\n', '$N else 4'],
    [
      'an f-string',
      'import os\nvalue = f"postgres://{os.environ[\'H\']}/shop"\n',
      'text("postgres://", $H!, "/shop")',
    ],
    ['percent', 'host = "h"\nvalue = "a %s b" % host\n', '"a h b"'],
    ['a decided condition', 'DEBUG = False\nvalue = "a" if DEBUG else "b"\n', '"b"'],
    ['an open condition', 'import os\nvalue = "a" if os.getenv("X") else "b"\n', '"a" | "b"'],
    ['decouple', 'from decouple import config\nvalue = config("K", default="x")\n', '$K else "x"'],
    ['decouple, required', 'from decouple import config\nvalue = config("K")\n', '$K!'],
    ['environs', 'from environs import Env\nenv = Env()\nvalue = env.bool("K", False)\n', '$K else false'],
    [
      'an own reader',
      'import os\n\n\ndef setting(name, default=None):\n    return os.environ.get(name, default)\n\n\nvalue = setting("K", "x")\n',
      '$K else "x"',
    ],
    [
      'a settings class',
      'import os\n\n\nclass Base:\n    KEY = os.getenv("K", "x")\n\n\nclass Prod(Base):\n    pass\n\n\nvalue = Prod.KEY\n',
      '$K else "x"',
    ],
    ['getattr with a default', 'class C:\n    pass\n\n\nvalue = getattr(C, "KEY", "x")\n', 'unclear | "x"'],
    ['a dictionary', 'value = {"a": 1, "b": 2}["b"]\n', '2'],
    [
      'pydantic',
      'from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    key: str\n    level: str = "info"\n\n\nsettings = Settings()\nvalue = settings.level\nother = settings.key\n',
      '$LEVEL else "info"',
    ],
    ['a re-assignment', 'value = 1\nvalue = 2\n', '2'],
    ['a circle', 'a = b\nb = a\nvalue = a\n', 'unclear'],
  ])('%s', async (_, text, expected) => {
    expect(await valueOf({ 'app.py': text })).toBe(expected);
  });

  test('are followed over modules, packages and renames', async () => {
    expect(
      await valueOf({
        'app.py': 'from shop import settings as s\nvalue = s.KEY\n',
        'shop/__init__.py': 'from .config import settings\n',
        'shop/config.py':
          'import os\n\n\nclass Settings:\n    def __init__(self):\n        self.KEY = os.environ.get("K", "x")\n\n\nsettings = Settings()\n',
      }),
    ).toBe('$K else "x"');
  });

  test('any text is parsed and evaluated without an exception, in bounded time', async () => {
    const piece = fc.constantFrom(
      'x',
      '=',
      '(',
      ')',
      '[',
      ']',
      ':',
      '\n',
      '    ',
      'def f',
      'class C',
      'import os',
      'os.environ',
      '"',
      "'",
      'f"{',
      '}',
      'yield',
      'with',
      'as',
      '*',
      '1.',
      ',',
      'lambda',
      'if',
      'else',
      '@',
      '\t',
      '\\',
      '#',
      'é',
      '\u0000',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async pieces => {
        const code = await codeIn({ 'app.py': pieces.join(' ') });
        for (const { call, scope } of code.callsEnding('f', 'x')) code.evaluator.evaluate(call, scope);
        expect(code.modules.all).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  test('deep nesting is cut, not followed to the end of the stack', async () => {
    expect(await valueOf({ 'app.py': `value = ${'('.repeat(5_000)}1${')'.repeat(5_000)}\n` })).toBe(
      'unclear',
    );
    expect(await valueOf({ 'app.py': `value = ${'a.'.repeat(5_000)}b\n` })).toBe('unclear');
  });
});

describe('canonical names', () => {
  test.each([
    ['from flask import Flask as F\napp = F(__name__)\napp.route("/x")\n', 'flask.Flask().route', 1],
    [
      'import flask\n\n\ndef make():\n    return flask.Flask(__name__)\n\n\nmake().route("/x")\n',
      'flask.Flask().route',
      1,
    ],
    [
      'import requests\n\n\nclass Client:\n    def __init__(self):\n        self.http = requests.Session()\n\n    def go(self):\n        return self.http.get("x")\n',
      'requests.Session().get',
      1,
    ],
    [
      'from fastapi import Depends\nfrom sqlalchemy.orm import Session, sessionmaker\n\nmake = sessionmaker()\n\n\ndef db():\n    s = make()\n    yield s\n\n\ndef route(session: Session = Depends(db)):\n    session.execute("x")\n',
      'sqlalchemy.orm.sessionmaker()().execute',
      1,
    ],
    ['def route():\n    return 1\n\n\nroute()\n', 'flask.Flask().route', 0],
  ])('%#', async (text, name, count) => {
    expect((await codeIn({ 'app.py': text })).calls(name)).toHaveLength(count);
  });
});

describe('reach', () => {
  const reached = async (texts: Readonly<Record<string, string>>, entry = 'app.py', isScript = false) => {
    const code = await codeIn(texts);
    const module = code.modules.at(entry);
    if (!module) throw new Error('no entry');
    const reach = reachFrom(code, [{ module, isScript, object: '' }]);
    return code.modules.all.filter(each => reach.reachesModule(each) === 'yes').map(each => each.path);
  };

  test('follows imports, also inside functions that are called, and packages above', async () => {
    expect(
      await reached({
        'app.py': 'from shop.orders import total\n\n\ndef later():\n    import late\n\n\nlater()\n',
        'shop/__init__.py': 'import first\n',
        'shop/orders.py': 'total = 1\n',
        'first.py': '',
        'late.py': '',
        'never.py': '',
      }),
    ).toEqual(['app.py', 'first.py', 'late.py', 'shop/__init__.py', 'shop/orders.py']);
  });

  test('loads a folder that is discovered by name', async () => {
    expect(
      await reached({
        'app.py':
          'import importlib, pkgutil\nimport routes\n\nfor m in pkgutil.iter_modules(routes.__path__):\n    importlib.import_module(f"routes.{m.name}")\n',
        'routes/__init__.py': '',
        'routes/orders.py': '',
        'other.py': '',
      }),
    ).toEqual(['app.py', 'routes/__init__.py', 'routes/orders.py']);
  });

  test('the main block counts only for the module that is started', async () => {
    const texts = { 'app.py': 'if __name__ == "__main__":\n    import tool\n', 'tool.py': '' };
    expect(await reached(texts)).toEqual(['app.py']);
    expect(await reached(texts, 'app.py', true)).toEqual(['app.py', 'tool.py']);
  });
});
