import type { SwallowedError } from '../../../model/index.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

const CLOSES =
  /^(close|closeAll|disconnect|rollback|ROLLBACK|shutdown|terminate|kill|cancel|release|stop|quit|end|destroy|abort|unsubscribe|removeListener|off|unref|dispose|cleanup|clear|clearTimeout|unlink|unlinkSync|rm|rmSync|rmdir|rmdirSync|remove|unwatch|unlock|detach|flush|logout)$/;
/** What can fail in one way only, which is expected: text that is no JSON, a file that is not there. */
const NARROW =
  /^(parse|URL|RegExp|decodeURIComponent|decodeURI|atob|require|import|access|accessSync|stat|statSync|lstat|lstatSync|mkdir|mkdirSync|readFileSync|existsSync|toString|stringify|structuredClone|resolve|realpathSync|realpath|getItem|setItem|removeItem|toISOString)$/;

/** `continue`, or nothing at all: a comment is none. */
const doesNothing = (body: readonly Statement[]): boolean =>
  body.every(
    statement =>
      (statement.kind === 'simple' && statement.word !== 'break') ||
      (statement.kind === 'expression' && /^(string|constant)$/.test(statement.value.kind)),
  );

/** The one call that a block makes. */
function onlyCall(body: readonly Statement[]): Expression | undefined {
  const [only] = body;
  if (body.length !== 1 || !only) return undefined;
  return only.kind === 'expression' || only.kind === 'return' || only.kind === 'assign'
    ? awaited(only.value)
    : undefined;
}

const awaited = (value: Expression | undefined): Expression | undefined =>
  value?.kind === 'await' ? awaited(value.value) : value;

function isExpected(value: Expression | undefined): boolean {
  if (value?.kind === 'attribute') return isExpected(value.object);
  if (value?.kind === 'conditional') return isExpected(value.then) || isExpected(value.otherwise);
  if (value?.kind !== 'call') return false;
  const word = lastNameOf(value.callee);
  return CLOSES.test(word) || NARROW.test(word);
}

const isOwn = ({ module }: Scope): boolean => module.file.role === 'production';

/** `() => {}` and `function () {}`. */
const isIdle = (value: Expression | undefined): boolean =>
  value?.kind === 'function' && doesNothing(value.body);

const isNoop = (node: CodeView, given: Expression | undefined, scope: Scope): boolean =>
  given !== undefined && /(^|\.)noop$/.test(node.nameOf(given, scope));

/** Blocks that catch and do nothing, and promises whose failure is thrown away. */
export default defineExtractor({
  id: 'javascript/errors/swallowed',
  reads: [],
  produces: ['swallowedError'],
  understands: hasNode,
  *extract({ node }): Generator<SwallowedError> {
    for (const { statement, scope, conditions } of node.statements('catch')) {
      if (statement.kind !== 'try' || !isOwn(scope)) continue;
      for (const { body, start } of statement.handlers)
        if (doesNothing(body))
          yield {
            kind: 'swallowedError',
            at: node.at(scope, { start, end: start + 'catch'.length }),
            catches: 'everything',
            isCleanup: isExpected(onlyCall(statement.body)),
            reached: node.reached({ scope, conditions }),
          };
    }
    for (const site of node.callsEnding('catch')) {
      const { callee, args } = site.call;
      if (callee.kind !== 'attribute' || !isOwn(site.scope) || !node.modules().includes(site.scope.module))
        continue;
      const given = args[0]?.value;
      if (args.length !== 1 || !(isIdle(given) || isNoop(node, given, site.scope))) continue;
      yield {
        kind: 'swallowedError',
        at: node.at(site.scope, { start: callee.end - 'catch'.length, end: site.call.end }),
        catches: 'everything',
        isCleanup: isExpected(callee.object),
        reached: node.reached(site),
      };
    }
  },
});
