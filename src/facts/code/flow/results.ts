import type { DataOrigin } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import { resultsIn } from '../results.ts';
import type { FunctionEntity } from '../entities.ts';
import type { Scope } from '../scopes.ts';
import type { CodeView } from '../view.ts';
import { givenBy, originOf, worstOf } from './flow.ts';
import { HARMLESS, PASSES, type Policy } from './policy.ts';
import { constantAt, elsewhere, ofAll, originOfTerm, saysOf, type Context, type Tracer } from './trace.ts';

export function originOfCall(tracer: Tracer, call: Call, context: Context): DataOrigin {
  const { view, calls, policy } = tracer;
  const { scope } = context;
  const at = view.at(scope, call);
  const word = call.callee.kind === 'name' || call.callee.kind === 'attribute' ? call.callee.name : '';
  if (policy.cleans.test(word)) return originOf('checked', `${word}()`, at);
  const callee = calls.functionOf(call, scope);
  if (callee) return originOfResult(tracer, call, callee, context);
  if (HARMLESS.test(word)) return originOf('checked', `${word}()`, at);
  const term = view.evaluate(call, scope);
  if (term.kind === 'input')
    return originOf('input', `${term.source} (${saysOf(tracer, call, context)})`, at);
  if (term.kind === 'env' || term.kind === 'literal')
    return originOfTerm(term) ?? constantAt(tracer, call, context);
  const mapped = originOfMapped(tracer, word, call, context);
  if (mapped) return mapped;
  const parts = partsOf(view, call, scope).filter(
    part => part.kind !== 'function' || !GIVES_ELEMENTS.test(word),
  );
  if (PASSES.test(word) || handsOn(view, call, scope, policy))
    return ofAll(tracer, passedBy(word, call, parts), call, context);
  const isPlain = parts.length > 0 && ofAll(tracer, parts, call, context).kind === 'constant';
  return originOf(isPlain ? 'own' : policy.results, saysOf(tracer, call, context), at);
}

/** Methods of lists that ask a function which elements to give. */
const GIVES_ELEMENTS = /^(filter|find|findLast|sort|toSorted|some|every)$/;

/** `names.map(name => …)` is a list of what the function gives. */
function originOfMapped(
  tracer: Tracer,
  word: string,
  { args }: Call,
  context: Context,
): DataOrigin | undefined {
  const made = args[0]?.value;
  if (!/^(map|flatMap)$/.test(word) || made?.kind !== 'function') return undefined;
  const inside = { ...context, scope: context.scope.inner(made) };
  const results = resultsIn(made).map(result => tracer.of(result, inside));
  const [first] = results;
  return first && worstOf(results, first);
}

/** Parsers of markup: what is found in a text is a part of it. */
const PARSERS =
  /^(bs4\.BeautifulSoup|lxml\.(html|etree)|html5lib|xml\.etree|defusedxml|parsel|pyquery|re\.(findall|finditer|search|match|sub|split)\b)/;

const handsOn = (view: CodeView, { callee }: Call, scope: Scope, policy: Policy): boolean =>
  (callee.kind === 'name' || callee.kind === 'attribute') &&
  (policy.passes.test(callee.name) || (policy.id === 'address' && PARSERS.test(view.nameOf(callee, scope))));

/** `table.get(key, otherwise)` is an entry or the fallback, whatever the key. */
const passedBy = (word: string, call: Call, parts: readonly Expression[]): readonly Expression[] =>
  /^(get|pop)$/.test(word) ? parts.filter(part => part !== call.args[0]?.value) : parts;

function originOfResult(tracer: Tracer, call: Call, callee: FunctionEntity, context: Context): DataOrigin {
  const frame = givenBy(call, callee, context.scope, context.frames);
  const inside = elsewhere(callee.scope.inner(callee.definition), context.depth, [...context.frames, frame]);
  const results = resultsIn(callee.definition)
    .slice(0, 8)
    .map(result => tracer.of(result, inside));
  const at = tracer.view.at(context.scope, call);
  return worstOf(results, originOf(tracer.policy.results, saysOf(tracer, call, context), at));
}

/** The object and the arguments, without modules and classes that only name the function. */
const partsOf = (view: CodeView, call: Call, scope: Scope): readonly Expression[] => [
  ...(call.callee.kind === 'attribute' && !isModule(view, call.callee.object, scope)
    ? [call.callee.object]
    : []),
  ...call.args.map(arg => arg.value),
];

const MODULES =
  /^(json|os|os\.path|urllib\.parse|pathlib|base64|copy|ast|textwrap|inspect|html|sqlalchemy|psycopg2?\.sql|typing|itertools|re|builtins\.\w+|JSON|Object|Array|String|Number|Math|Date|Buffer|path|util|lodash)$/;

/** `json` of `json.loads`, `os.path` of `os.path.join`. */
function isModule(view: CodeView, part: Expression, scope: Scope): boolean {
  if (part.kind !== 'name' && part.kind !== 'attribute') return false;
  const entity = view.resolve(part, scope);
  if (entity?.kind === 'module' || entity?.kind === 'folder') return true;
  return entity?.kind === 'external' && MODULES.test(entity.name);
}
