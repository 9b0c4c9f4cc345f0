import type { ErrorAnswer } from '../../../model/index.ts';
import { isHealthRoute, routeName } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { defineExtractor } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { readsFramework } from '../frameworks.ts';
import { catchersOf } from '../errors/catchers.ts';
import { nodeHandlers } from '../handlers.ts';
import { answersJson } from './json.ts';
import { isAnswer, statusOf } from './sent.ts';

/** Members under which answers say what went wrong, the commonest first. */
const SAYS = ['error', 'errors', 'detail', 'message', 'msg', 'reason', 'title', 'description'];

/** The members that say what went wrong; none for an object without any. */
function membersOf(expression: Expression | undefined): readonly string[] {
  if (expression?.kind === 'string' || expression?.kind === 'template') return ['text'];
  if (expression?.kind === 'attribute' && expression.name === 'message') return ['text'];
  if (expression?.kind !== 'dictionary') return [];
  const keys = expression.entries.flatMap(({ key }) => (key?.kind === 'string' ? [key.value] : []));
  return SAYS.filter(name => keys.includes(name));
}

/** Methods of an answer that send nothing yet. */
const SETS =
  /^(status|code|type|header|headers|set|setHeader|append|vary|cookie|clearCookie|links?|location|attachment)$/;

interface Answer {
  readonly site: CallSite;
  readonly members: readonly string[];
}

/** `res.status(404).json({ error: "…" })`, and own helpers that do so. */
function* answersOf(node: CodeView, of: FunctionEntity, isHelper = false): Generator<Answer> {
  for (const site of node.callsWithin(of, 0)) {
    if (isAnswer(node, site)) {
      if (SETS.test(lastNameOf(site.call.callee))) continue;
      const status = statusOf(site.call) ?? (isHelper ? 500 : 200);
      const members = membersOf(site.call.args[0]?.value);
      if (status >= 400 && members.length > 0) yield { site, members };
      continue;
    }
    const own = isHelper ? undefined : node.resolve(site.call.callee, site.scope);
    if (
      own?.kind !== 'function' ||
      !/err|fail|bad|notFound|unauth|forbid|deny|problem/i.test(own.definition.name)
    )
      continue;
    const [made] = answersOf(node, own, true);
    if (made) yield { site, members: made.members };
  }
}

/** What handlers of errors answer, where they answer with JSON. */
function* byCatchers(node: CodeView): Generator<ErrorAnswer> {
  for (const { function: of, answers, wired } of catchersOf(node)) {
    if (answers === 'none' || wired === 'no') continue;
    const found = [...answersOf(node, of, true)];
    if (!found.some(({ members }) => !members.includes('text'))) continue;
    for (const { site, members } of found)
      yield {
        kind: 'errorAnswer',
        at: node.at(site.scope, site.call),
        route: 'the error handler',
        members,
        reached: wired,
      };
  }
}

/** The forms in which routes that answer with JSON say that something went wrong. */
export default defineExtractor({
  id: 'javascript/answers/errors',
  reads: [],
  produces: ['errorAnswer'],
  understands: readsFramework,
  *extract({ node }): Generator<ErrorAnswer> {
    for (const handler of nodeHandlers(node)) {
      const { route, function: of } = handler;
      if (!of || route.transport !== 'http' || route.reached === 'no' || !answersJson(node, handler))
        continue;
      // What asks whether a service is well reads the status only.
      if (isHealthRoute(route) === 'yes') continue;
      for (const { site, members } of answersOf(node, of))
        yield {
          kind: 'errorAnswer',
          at: node.at(site.scope, site.call),
          route: routeName(route),
          members,
          reached: route.reached,
        };
    }
    yield* byCatchers(node);
  },
});
