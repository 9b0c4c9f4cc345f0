import type { SwallowedError } from '../../../model/index.ts';
import type { Handler, Statement, Try } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { isMigration } from '../observe/own-code.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import { isBroad, typeName } from './types.ts';

const CLOSES =
  /^(close|aclose|disconnect|rollback|shutdown|terminate|kill|cancel|release|stop|quit|logout|unsubscribe|wait_closed|detach|dispose|join|flush|remove_handler)$/;

/** A text alone under `except`. */
const TEXT_ALONE = /except[^\n]*:\s*(#[^\n]*\s*)*[rbuf]?["']/;

/** What stands in a function with a handler that does nothing. */
const emptyWordsOf = (text: string): readonly string[] =>
  TEXT_ALONE.test(text) ? ['except'] : ['pass', 'continue', '...'];

/** `pass`, `continue`, `…`: nothing is done about it. */
const doesNothing = (body: readonly Statement[]): boolean =>
  body.every(
    statement =>
      (statement.kind === 'simple' && (statement.word === 'pass' || statement.word === 'continue')) ||
      // A text alone is a comment; `...` is no name, call or assignment either.
      (statement.kind === 'expression' && /^(string|constant|unreadable)$/.test(statement.value.kind)),
  );

/** One call that closes something, or an import of what may be missing. */
function isCleanup({ body }: Try): boolean {
  if (body.every(({ kind }) => kind === 'import' || kind === 'import-from')) return true;
  const [first] = body;
  const value = first?.kind === 'expression' ? first.value : undefined;
  const call = value?.kind === 'await' ? value.value : value;
  return body.length === 1 && call?.kind === 'call' && CLOSES.test(lastNameOf(call.callee));
}

const isOwn = ({ module }: Scope): boolean => module.file.role === 'production' && !isMigration(module);

/** Handlers that catch everything and do nothing, and `suppress(Exception)`. */
export default defineExtractor({
  id: 'python/errors/swallowed',
  reads: [],
  produces: ['swallowedError'],
  understands: hasPython,
  *extract({ python }): Generator<SwallowedError> {
    const candidates = python
      .modules()
      .flatMap(module => python.code.search.statementsOf(module, emptyWordsOf(module.file.text)));
    for (const { statement, scope, conditions } of candidates) {
      if (statement.kind !== 'try' || !isOwn(scope)) continue;
      for (const handler of statement.handlers) {
        if (!doesNothing(handler.body) || !isBroad(python, handler.type, scope)) continue;
        yield {
          kind: 'swallowedError',
          at: python.at(scope, headOfHandler(handler)),
          catches: typeName(python, handler.type, scope),
          isCleanup:
            isCleanup(statement) ||
            (scope.definition?.kind === 'function' && scope.definition.name === '__del__'),
          reached: python.reached({ scope, conditions }),
        };
      }
    }
    for (const site of python.calls('contextlib.suppress')) {
      const [broad] = site.call.args.filter(({ value }) => isBroad(python, value, site.scope));
      if (!broad || !isOwn(site.scope)) continue;
      yield {
        kind: 'swallowedError',
        at: python.at(site.scope, site.call),
        catches: typeName(python, broad.value, site.scope),
        isCleanup: false,
        reached: python.reached(site),
      };
    }
  },
});

/** Its first line; the body stands below. */
const headOfHandler = ({ start, type }: Handler) => ({
  start,
  end: type ? type.end : start + 'except'.length,
});
