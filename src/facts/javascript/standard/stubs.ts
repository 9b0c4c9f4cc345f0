import type { Stub } from '../../../model/index.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import { stubOf, type StubSigns } from '../../code/stubs.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { nodeHandlers } from '../handlers.ts';

const UNWRITTEN = /\bnot (yet )?implemented\b|\bunimplemented\b|^todo\b/i;

const callsIn = (statement: Statement) =>
  headOf(statement)
    .flatMap(expressionsIn)
    .filter(each => each.kind === 'call');

/** `throw new Error("Not implemented")`, `throw new NotImplementedException()` */
function thrown(value: Expression | undefined): string {
  if (value?.kind !== 'call') return '';
  const name = lastNameOf(value.callee);
  if (/^NotImplemented(Error|Exception)?$/.test(name)) return `throws ${name}`;
  const [message] = value.args;
  return message?.value.kind === 'string' && UNWRITTEN.test(message.value.value)
    ? `throws "${message.value.value}"`
    : '';
}

/** `res.sendStatus(501)`, `reply.code(501).send()` */
const refuses = (statement: Statement): boolean =>
  callsIn(statement).some(
    ({ callee, args: [first] }) =>
      callee.kind === 'attribute' &&
      /^(status|sendStatus|code)$/.test(callee.name) &&
      first?.value.kind === 'constant' &&
      first.value.value === 501,
  );

/** `return {…}`, `res.json(…)`, `return reply.send(…)` */
function answersIn(statement: Statement): readonly Expression[] {
  const sent = callsIn(statement).flatMap(({ callee, args }) =>
    callee.kind === 'attribute' && /^(json|jsonp|send|end|render)$/.test(callee.name)
      ? args.map(({ value }) => value)
      : [],
  );
  const returned = statement.kind === 'return' ? statement.value : undefined;
  return sent.length === 0 && returned ? [returned] : sent;
}

/** Of `Math.random().toString(36)` a key is made, and `list[Math.floor(Math.random() * …)]` is a sample. */
function figuresIn(node: CodeView, answer: Expression, inside: Scope): readonly Expression[] {
  const all = expressionsIn(answer);
  const spared = all.flatMap(each => {
    if (each.kind === 'subscript') return [each.index];
    return each.kind === 'attribute' && /^(toString|substring|slice|substr)$/.test(each.name)
      ? [each.object]
      : [];
  });
  return all.filter(
    each =>
      each.kind === 'call' &&
      /^Math\.random$|^@faker-js\/faker\.|^faker\./.test(node.nameOf(each.callee, inside)) &&
      !spared.some(({ start, end }) => start <= each.start && each.end <= end),
  );
}

const signsIn = (node: CodeView, mayBeEmpty: boolean): StubSigns => ({
  unwritten: statement => {
    if (statement.kind === 'raise') return thrown(statement.value);
    return refuses(statement) ? 'answers 501, which says that it is not written' : '';
  },
  answers: answersIn,
  figures: (answer, inside) => figuresIn(node, answer, inside),
  plain:
    /^(json|jsonp|send|end|status|code|header|set|type|render|get|now|toISOString|Date|String|Number|parseInt|map|push|log|info|debug)$/,
  mayBeEmpty,
});

/** Routes that are reached and whose handlers do not do what they are for. */
export default defineExtractor({
  id: 'javascript/standard/stubs',
  reads: [],
  produces: ['stub'],
  understands: hasNode,
  *extract({ node }): Generator<Stub> {
    for (const { route, function: of, before } of nodeHandlers(node)) {
      if (!of || route.reached === 'no' || route.transport === 'event') continue;
      // `passport.authenticate("google")` before it sends the caller away; `@Render("index")` answers by itself.
      const isServed = before.some(({ level }) => level === 'route') || of.definition.decorators.length > 1;
      const stub = stubOf(node, route, of, signsIn(node, isServed));
      if (stub) yield stub;
    }
  },
});
